/** The contents of the tarball, and what linters of published packages report. */

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

import { publint } from 'publint';

import { pack } from '../../support/tarball.js';
import { emptyFolder } from '../support/project.js';
import { installed, run } from '../support/run.js';

const tarball = pack(emptyFolder());

test('the tarball contains nothing but what users need', async (t) => {
  const files = (await run('tar', ['-tzf', tarball])).trim().split('\n');
  const size = statSync(tarball).size;
  t.diagnostic(`${files.length} files, ${size} B`);

  const dist = ['cli.js', 'guard.cjs', 'guard.js'];
  for (const entry of ['index', 'testing'])
    dist.push(...['cjs', 'd.cts', 'd.ts', 'js'].map((end) => `${entry}.${end}`));
  const expected = ['LICENSE', 'README.md', 'package.json', ...dist.map((file) => `dist/${file}`)];
  assert.deepEqual(files.sort(), expected.map((file) => `package/${file}`).sort());
  assert.ok(size <= 48_000);
});

test('publint reports only the top-level browser field', async () => {
  const bytes = await new Blob([readFileSync(tarball)]).arrayBuffer();
  const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
  // It suggests `exports`, which Parcel 2 ignores. An object would also replace files that `exports` picks for Workers.
  assert.deepEqual(
    messages.map(({ code }) => code),
    ['USE_EXPORTS_BROWSER'],
  );
});

test('attw finds no problems in any module resolution', async () => {
  const args = [installed('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'strict', '--format', 'ascii'];
  assert.match(await run(process.execPath, args), /No problems found/);
});

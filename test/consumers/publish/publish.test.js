/** Linters for published packages. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { publint } from 'publint';

import { pack } from '../../support/tarball.js';
import { emptyFolder } from '../support/project.js';
import { installed, run } from '../support/run.js';

const tarball = pack(emptyFolder());

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

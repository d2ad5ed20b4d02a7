/** What the package weighs in a bundle and on disk, what is in it, and what linters of published packages say of it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { pack } from '../../support/tarball.js';
import { emptyFolder, userProject } from '../support/project.js';
import { installed, run } from '../support/run.js';

const project = userProject();
const tarball = pack(emptyFolder());

/** Budgets in bytes, minified and gzipped: what they weigh today and 1.5 % at most. Half of it is checks and their messages. */
const budgets = [
  { what: 'createTokenBuilder', code: `export { createTokenBuilder } from '100ms-tokens';`, budget: 4060 },
  { what: 'verifyToken', code: `export { verifyToken } from '100ms-tokens';`, budget: 3260 },
  { what: 'signToken', code: `export { signToken } from '100ms-tokens';`, budget: 1475 },
  { what: '100ms-tokens', code: `export * from '100ms-tokens';`, budget: 4310 },
  { what: '100ms-tokens/testing', code: `export * from '100ms-tokens/testing';`, budget: 3180 },
];

for (const { what, code, budget } of budgets) {
  test(`${what} fits into ${budget} B`, async (t) => {
    const {
      outputFiles: [bundle],
    } = await build({
      stdin: { contents: code, resolveDir: project },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node18',
    });
    assert.ok(bundle);
    const size = gzipSync(bundle.contents, { level: 9 }).length;
    t.diagnostic(`${what}: ${size} B gzipped, ${bundle.contents.length} B minified`);
    assert.ok(size <= budget, `${size} B`);
  });
}

test('the tarball holds what a user needs, and no more', (t) => {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  t.diagnostic(`${files.length} files, ${statSync(tarball).size} B`);

  assert.deepEqual(files.sort(), [
    'package/LICENSE',
    'package/README.md',
    'package/dist/browser.cjs',
    'package/dist/browser.js',
    'package/dist/cli.js',
    'package/dist/edge.cjs',
    'package/dist/edge.js',
    'package/dist/index.cjs',
    'package/dist/index.d.cts',
    'package/dist/index.d.ts',
    'package/dist/index.js',
    'package/dist/testing.cjs',
    'package/dist/testing.d.cts',
    'package/dist/testing.d.ts',
    'package/dist/testing.js',
    'package/package.json',
  ]);
  assert.ok(statSync(tarball).size <= 48_000);
});

/** @type {Record<string, { args: string[]; says: RegExp }>} */
const linters = {
  'publint --strict': { args: [installed('publint/src/cli.js'), 'run', tarball, '--strict'], says: /All good!/ },
  'attw, node10 included': {
    // This profile ignores no resolution.
    args: [installed('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'strict', '--format', 'ascii'],
    says: /No problems found/,
  },
};

for (const [name, { args, says }] of Object.entries(linters)) {
  test(name, async () => {
    assert.match(await run(process.execPath, args), says);
  });
}

/** What the package weighs in a bundle and on disk, and that it has nothing in it that a user does not need. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { pack } from '../../support/tarball.js';
import { emptyFolder, packageFolder, userProject } from './support/project.js';

const project = userProject();

/** Budgets in bytes, minified and gzipped: 3 kB for createTokenBuilder, and what the others are today and a little room. */
const budgets = [
  { what: 'createTokenBuilder', code: `export { createTokenBuilder } from '100ms-tokens';`, budget: 3000 },
  { what: 'verifyToken', code: `export { verifyToken } from '100ms-tokens';`, budget: 2400 },
  { what: 'signToken', code: `export { signToken } from '100ms-tokens';`, budget: 1100 },
  { what: '100ms-tokens', code: `export * from '100ms-tokens';`, budget: 3300 },
  { what: '100ms-tokens/testing', code: `export * from '100ms-tokens/testing';`, budget: 2700 },
];

for (const { what, code, budget } of budgets) {
  test(`${what} fits into ${budget} B`, async (t) => {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: project },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node18',
    });
    const size = gzipSync(outputFiles[0].contents, { level: 9 }).length;
    t.diagnostic(`${what}: ${size} B gzipped, ${outputFiles[0].contents.length} B minified`);
    assert.ok(size <= budget, `${size} B`);
  });
}

test('the tarball holds what a user needs, and no more', (t) => {
  const tarball = pack(emptyFolder());
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  t.diagnostic(`${files.length} files, ${statSync(tarball).size} B`);

  // Names that tsup makes up for what two entries share.
  const shared = /^package\/dist\/(chunk-[A-Z0-9]{8}\.c?js|[a-z]+-[\w-]{8}\.d\.c?ts)$/;
  const named = files.filter((file) => !shared.test(file));
  assert.deepEqual(named.sort(), [
    'package/LICENSE',
    'package/README.md',
    'package/dist/browser.cjs',
    'package/dist/browser.js',
    'package/dist/cli.js',
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
  assert.ok(statSync(tarball).size <= 40_000);
});

test('every file of the package is one that the manifest or another file names', () => {
  const folder = packageFolder(project);
  const dist = readdirSync(path.join(folder, 'dist'));
  const texts = ['package.json', ...dist.map((file) => `dist/${file}`)].map((file) =>
    readFileSync(path.join(folder, file), 'utf8'),
  );
  for (const file of dist) {
    // Declarations name each other by the file that they declare: sign-….js for sign-….d.ts.
    const name = file.replace(/\.d\.(c?)ts$/, '.$1js');
    assert.ok(
      texts.some((text) => text.includes(`/${name}`) || text.includes(`/${file}`)),
      file,
    );
  }
});

test('nothing runs when the package is installed, and nothing is installed with it', () => {
  const manifest = JSON.parse(readFileSync(path.join(packageFolder(project), 'package.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(manifest).filter((key) => /dependencies$/i.test(key)),
    ['devDependencies'],
  );
  // prepare runs for a clone or a git dependency, not for what comes from the registry.
  assert.deepEqual(
    Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name)),
    [],
  );
});

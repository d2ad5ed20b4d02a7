/**
 * Bundled for a browser, every entry throws on import and says why, and what would sign is not in the bundle.
 * Runtimes and test runners whose tools ask for `browser` as well get the real thing.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundlers } from './support/bundlers.js';
import { brokenCopy, editManifest, emptyFolder, packageFolder, userProject, writeProgram } from './support/project.js';
import { run } from './support/run.js';
import { bundleWorker, withWorker } from './support/worker.js';

const project = userProject('probe.cjs', 'probe-esm.mjs', 'probe-cjs.cjs', 'worker.js');

/** Client code that somebody writes by mistake. */
const mistakes = {
  'a named import': `import { createTokenBuilder } from '100ms-tokens'; console.log(createTokenBuilder());`,
  'a namespace import': `import * as tokens from '100ms-tokens'; console.log(tokens.createTokenBuilder());`,
  'a namespace import as a value': `import * as tokens from '100ms-tokens'; console.log(tokens);`,
  'an import that is not used': `import { createTokenBuilder } from '100ms-tokens';`,
  'an import for its side effect': `import '100ms-tokens';`,
  'a re-export': `export { createTokenBuilder } from '100ms-tokens';`,
  'a re-export of everything': `export * from '100ms-tokens';`,
  'a dynamic import': `const { createTokenBuilder } = await import('100ms-tokens'); console.log(createTokenBuilder());`,
  'a named import of the fixtures': `import { createTokenFixtures } from '100ms-tokens/testing'; console.log(createTokenFixtures());`,
  'a namespace import of the fixtures': `import * as testing from '100ms-tokens/testing'; console.log(testing.testCredentials);`,
  'a re-export of the fixtures': `export { createTokenFixtures } from '100ms-tokens/testing';`,
  'a require': { commonjs: `const { createTokenBuilder } = require('100ms-tokens'); console.log(createTokenBuilder());` },
  'a require of the fixtures': { commonjs: `console.log(require('100ms-tokens/testing').testCredentials);` },
};

/** Builds client code, and asserts that the guard throws when it is loaded. */
async function assertGuarded(folder, client, mistake) {
  const entry =
    typeof mistake === 'string'
      ? writeProgram(folder, 'client.mjs', mistake)
      : writeProgram(folder, 'client.cjs', mistake.commonjs);
  const outdir = emptyFolder();
  const bundle = await client(entry, outdir, 'esm');

  await assert.rejects(import(pathToFileURL(bundle).href), isGuardError);
  for (const file of readdirSync(outdir)) {
    assert.doesNotMatch(readFileSync(path.join(outdir, file), 'utf8'), /createHmac|HS256|node:crypto/);
  }
}

function isGuardError(error) {
  assert.equal(error.constructor, Error);
  assert.match(error.message, /makes tokens on a server/);
  assert.match(error.message, /would get the app secret/);
  assert.match(error.message, /server code only/);
  return true;
}

for (const [name, { client }] of Object.entries(bundlers)) {
  describe(`a client bundle by ${name}`, () => {
    for (const [description, mistake] of Object.entries(mistakes)) {
      test(`is guarded against ${description}`, () => assertGuarded(project, client, mistake));
    }
  });
}

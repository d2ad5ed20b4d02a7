/** Bundled for a server, the package is all in the bundle, and makes tokens that verify. */

import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

import { bundlers } from '../support/bundlers.js';
import { emptyFolder, packageOf, userProject } from '../support/project.js';
import { home, run } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

/** @type {['lambda.mjs' | 'lambda.cjs', 'esm' | 'cjs'][]} */
const BUNDLES = [
  ['lambda.mjs', 'esm'],
  ['lambda.mjs', 'cjs'],
  ['lambda.cjs', 'cjs'],
];

const env = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };

const project = userProject('bundlers/lambda.mjs', 'bundlers/lambda.cjs');
const { createTokenBuilder } = packageOf(project);
const tokens = createTokenBuilder({ accessKey: env.HMS_ACCESS_KEY, secret: env.HMS_SECRET });

for (const [name, { server }] of Object.entries(bundlers)) {
  describe(name, () => {
    for (const [source, format] of BUNDLES) {
      test(`bundles ${source} as ${format}`, async () => {
        const folder = emptyFolder();
        const bundle = await server(path.join(project, source), folder, format);
        assert.deepEqual(readdirSync(folder), [path.basename(bundle)]);

        cpSync(path.join(home, 'bundlers/invoke.mjs'), path.join(folder, 'invoke.mjs'));
        // The oldest Node.js that the package promises: a bundler may have made newer syntax of it.
        const output = await run(runtime('Node.js 18').binary, ['invoke.mjs', bundle], { cwd: folder, env });
        const { statusCode, body } = JSON.parse(output);
        assert.equal(statusCode, 200);
        assert.equal(tokens.verifyAppToken(JSON.parse(body).token).user_id, 'José');
      });
    }
  });
}

/** Bundled for a server, or made one executable file, a program does what it does where the package is installed. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { bundlers } from '../support/bundlers.js';
import { emptyFolder, PROBES, reportOf, userProject, writeProgram } from '../support/project.js';
import { run } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

const env = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };

const project = userProject(...PROBES);
let expected = '';

before(async () => {
  expected = await reportOf(project, env);
});

for (const [name, { server }] of Object.entries(bundlers)) {
  describe(name, () => {
    for (const [program, format] of /** @type {const} */ ([
      ['probe-esm.mjs', 'esm'],
      ['probe-esm.mjs', 'cjs'],
      ['probe-cjs.cjs', 'cjs'],
    ])) {
      test(`bundles ${program} as ${format}`, async () => {
        const folder = emptyFolder();
        const bundle = await server(path.join(project, program), folder, format);
        assert.deepEqual(readdirSync(folder), [path.basename(bundle)]);
        // The oldest Node.js that the package promises: a bundler may have made newer syntax of it.
        assert.equal(await run(runtime('Node.js 18').binary, [bundle], { cwd: folder, env }), expected);
      });
    }
  });
}

/** @type {Record<string, (executable: string) => Promise<unknown>>} */
const makers = {
  'bun build --compile': (executable) =>
    run(runtime('Bun').binary, ['build', '--compile', 'probe-esm.mjs', '--outfile', executable], { cwd: project }),

  async 'node --build-sea'(executable) {
    const main = await bundlers.esbuild.server(path.join(project, 'probe-cjs.cjs'), emptyFolder(), 'cjs');
    const config = { main, output: executable, disableExperimentalSEAWarning: true };
    await run(runtime('Node.js 26').binary, ['--build-sea', writeProgram(project, 'sea.json', JSON.stringify(config))]);
  },
};

for (const [name, make] of Object.entries(makers)) {
  test(name, async () => {
    const folder = emptyFolder();
    const executable = path.join(folder, 'probe');
    await make(executable);
    assert.equal(await run(executable, [], { cwd: folder, env }), expected);
  });
}

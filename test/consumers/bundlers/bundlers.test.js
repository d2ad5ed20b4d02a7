/** A program bundled for a server, or compiled to an executable, does the same as with the installed package. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';

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

for (const [name, bundler] of Object.entries(bundlers)) {
  if (!('server' in bundler)) continue;
  for (const [program, format] of /** @type {const} */ ([
    ['probe-esm.mjs', 'esm'],
    ['probe-esm.mjs', 'cjs'],
    ['probe-cjs.cjs', 'cjs'],
  ])) {
    test(`${name} bundles ${program} as ${format}`, async () => {
      const folder = emptyFolder();
      const bundle = await bundler.server(path.join(project, program), folder, format);
      assert.deepEqual(readdirSync(folder), [path.basename(bundle)]);
      // The oldest supported Node.js, because bundlers can rewrite code to newer syntax.
      assert.equal(await run(runtime('Node.js 20').binary, [bundle], { cwd: folder, env }), expected);
    });
  }
}

/** @type {Record<string, (executable: string) => Promise<unknown>>} */
const compilers = {
  'bun build --compile': (executable) =>
    run(runtime('Bun').binary, ['build', '--compile', 'probe-esm.mjs', '--outfile', executable], { cwd: project }),

  async 'node --build-sea'(executable) {
    const main = await bundlers.esbuild.server(path.join(project, 'probe-cjs.cjs'), emptyFolder(), 'cjs');
    const config = { main, output: executable, disableExperimentalSEAWarning: true };
    await run(runtime('Node.js 26').binary, ['--build-sea', writeProgram(project, 'sea.json', JSON.stringify(config))]);
  },
};

for (const [name, compile] of Object.entries(compilers)) {
  test(name, async () => {
    const executable = path.join(emptyFolder(), 'probe');
    await compile(executable);
    assert.equal(await run(executable, [], { cwd: path.dirname(executable), env }), expected);
  });
}

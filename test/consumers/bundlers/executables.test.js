/** Made into one executable file, a program makes the same tokens where no package is installed. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { bundlers } from '../support/bundlers.js';
import { emptyFolder, userProject, writeProgram } from '../support/project.js';
import { run } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

const project = userProject('runtimes/probe.cjs', 'runtimes/probe-esm.mjs', 'runtimes/probe-cjs.cjs');
const expected = await run(process.execPath, ['probe-esm.mjs'], { cwd: project });

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
    const executable = path.join(folder, process.platform === 'win32' ? 'probe.exe' : 'probe');
    await make(executable);
    assert.equal(await run(executable, [], { cwd: folder }), expected);
  });
}

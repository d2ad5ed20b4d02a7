/** The package in the layouts of other installers: pnpm's links, and Yarn's Plug'n'Play, which unpacks nothing. */

import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import { before, describe, test } from 'node:test';

import { pack } from '../../support/tarball.js';
import { copyPrograms, emptyFolder, PROBES, reportOf, userProject, writeProgram } from '../support/project.js';
import { installed, run } from '../support/run.js';

const scratch = emptyFolder();
const tarball = pack(scratch);
const env = { HOME: scratch }; // no settings but those below, and nothing outside is written

const pnpm = installed(`@pnpm/exe.${process.platform}-${process.arch}/pnpm`);
const yarn = installed('@yarnpkg/cli-dist/bin/yarn.js');
const yarnSettings = ['enableGlobalCache', 'enableImmutableInstalls', 'enableNetwork', 'enableTelemetry'];

/** @type {{ name: string; files?: Record<string, string>; install: string[]; node: string[] }[]} */
const installers = [
  {
    name: 'pnpm 12',
    install: [pnpm, 'install', '--offline', '--store-dir', path.join(scratch, 'store')],
    node: [process.execPath],
  },
  {
    name: "Yarn 4, Plug'n'Play",
    files: {
      'yarn.lock': '', // says that this is a project of its own
      '.yarnrc.yml': yarnSettings.map((name) => `${name}: false\n`).join(''),
    },
    install: [process.execPath, yarn, 'install'],
    node: [process.execPath, yarn, 'node'],
  },
];

for (const { name, files = {}, install, node } of installers) {
  describe(name, () => {
    const folder = emptyFolder();
    /** @param {string[]} command */
    const here = ([binary = '', ...args]) => run(binary, args, { cwd: folder, env });

    before(async () => {
      const manifest = { private: true, type: 'module', dependencies: { '100ms-tokens': `file:${tarball}` } };
      writeProgram(folder, 'package.json', JSON.stringify(manifest));
      for (const [file, text] of Object.entries(files)) writeProgram(folder, file, text);
      copyPrograms(folder, ...PROBES, 'runtimes/formats.mjs');
      await here(install);
    });

    for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
      test(`${program} reports what it does under npm`, async () => {
        assert.equal(await here([...node, program]), await reportOf(userProject(...PROBES)));
      });
    }

    test('either module format knows a TokenError of the other', async () => {
      await here([...node, 'formats.mjs']);
    });
  });
}

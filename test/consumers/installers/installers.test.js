/** The package in the layouts of other installers: pnpm's links, and Yarn's Plug'n'Play, which unpacks nothing. */

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { pack } from '../../support/tarball.js';
import { emptyFolder, writeProgram } from '../support/project.js';
import { home, installed, run } from '../support/run.js';

const PROGRAMS = ['probe.cjs', 'probe-esm.mjs', 'probe-cjs.cjs', 'formats.mjs'];

const scratch = emptyFolder();
const tarball = pack(scratch);
const env = { HOME: scratch, USERPROFILE: scratch }; // no settings but those below, and nothing outside is written

const exe = `@pnpm/exe.${process.platform}-${process.arch}/pnpm${process.platform === 'win32' ? '.exe' : ''}`;
const yarn = installed('@yarnpkg/cli-dist/bin/yarn.js');

/**
 * @type {{
 *   name: string;
 *   files: Record<string, string>;
 *   install: [binary: string, args: string[]];
 *   node: [binary: string, args: string[]];
 * }[]}
 */
const installers = [
  {
    name: 'pnpm 12',
    files: {},
    install: [installed(exe), ['install', '--offline', '--store-dir', path.join(scratch, 'store')]],
    node: [process.execPath, []],
  },
  {
    name: "Yarn 4, Plug'n'Play",
    files: {
      'yarn.lock': '', // says that this is a project of its own
      '.yarnrc.yml':
        'enableGlobalCache: false\nenableImmutableInstalls: false\nenableNetwork: false\nenableTelemetry: false\n',
    },
    install: [process.execPath, [yarn, 'install']],
    node: [process.execPath, [yarn, 'node']],
  },
];

for (const { name, files, install, node } of installers) {
  describe(name, () => {
    const folder = emptyFolder();

    before(async () => {
      const manifest = { private: true, type: 'module', dependencies: { '100ms-tokens': `file:${tarball}` } };
      writeProgram(folder, 'package.json', JSON.stringify(manifest));
      for (const [file, text] of Object.entries(files)) writeProgram(folder, file, text);
      for (const program of PROGRAMS) cpSync(path.join(home, 'runtimes', program), path.join(folder, program));
      await run(install[0], install[1], { cwd: folder, env });
    });

    for (const program of PROGRAMS.slice(1)) {
      test(`${program} reports what it does under npm`, async () => {
        const expected = await run(process.execPath, [path.join(home, 'runtimes', program)]);
        assert.equal(await run(node[0], [...node[1], program], { cwd: folder, env }), expected);
      });
    }
  });
}

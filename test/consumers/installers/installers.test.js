/** The package installed by pnpm, which links packages, and by Yarn Plug'n'Play, which doesn't unpack them. */

import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import { test } from 'node:test';

import { pack } from '../../support/tarball.js';
import { copyPrograms, emptyFolder, PROBES, reportOf, userProject, writeProgram } from '../support/project.js';
import { installed, run } from '../support/run.js';

const scratch = emptyFolder();
const tarball = pack(scratch);
const env = { HOME: scratch }; // so that only the settings below count, and nothing is written elsewhere

const { execPath, platform, arch } = process;
const pnpm = [installed(`@pnpm/exe.${platform}-${arch}/pnpm`), 'install', '--offline', '--store-dir'];
const yarn = [execPath, installed('@yarnpkg/cli-dist/bin/yarn.js')];
const yarnSettings = ['enableGlobalCache', 'enableImmutableInstalls', 'enableNetwork', 'enableTelemetry'];
// The lock file marks a project root.
const yarnFiles = { 'yarn.lock': '', '.yarnrc.yml': yarnSettings.map((name) => `${name}: false\n`).join('') };

/** @type {[name: string, files: Record<string, string>, install: string[], node: string[]][]} */
const installers = [
  ['pnpm', {}, [...pnpm, path.join(scratch, 'store')], [execPath]],
  ["Yarn Plug'n'Play", yarnFiles, [...yarn, 'install'], [...yarn, 'node']],
];

for (const [name, files, install, node] of installers) {
  test(`${name} installs a package that works in both module formats`, async () => {
    const folder = emptyFolder();
    /** @param {string[]} command */
    const here = ([binary = '', ...args]) => run(binary, args, { cwd: folder, env });
    const manifest = { private: true, type: 'module', dependencies: { '100ms-tokens': `file:${tarball}` } };
    writeProgram(folder, 'package.json', JSON.stringify(manifest));
    for (const [file, text] of Object.entries(files)) writeProgram(folder, file, text);
    copyPrograms(folder, ...PROBES, 'runtimes/formats.mjs');
    await here(install);

    const expected = await reportOf(userProject(...PROBES));
    for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) assert.equal(await here([...node, program]), expected);
    await here([...node, 'formats.mjs']);
  });
}

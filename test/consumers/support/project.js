/** Folders of imaginary users, with only the packed package in `node_modules`. */

import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after } from 'node:test';

import { home, installed, run } from './run.js';

/** Programs that print what the package does, in both module formats, and the file that they share. */
export const PROBES = ['runtimes/probe.cjs', 'runtimes/probe-esm.mjs', 'runtimes/probe-cjs.cjs'];

/**
 * Runs such a program with the Node.js that runs the tests.
 *
 * @param {string} project @param {import('./run.js').Env} [env]
 */
export function reportOf(project, env = {}) {
  return run(process.execPath, ['probe-esm.mjs'], { cwd: project, env });
}

/** Creates an empty folder, outside the repository, so that no `node_modules` further up is found. */
export function emptyFolder() {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), '100ms-tokens-consumer-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Creates a folder with the packed package. @param {string[]} programs files to copy, as for `copyPrograms` */
export function userProject(...programs) {
  const folder = emptyFolder();
  cpSync(installed('100ms-tokens'), path.join(folder, 'node_modules/100ms-tokens'), { recursive: true });
  // Deno resolves only dependencies listed in package.json.
  writeProgram(folder, 'package.json', JSON.stringify({ type: 'module', dependencies: { '100ms-tokens': '*' } }));
  copyPrograms(folder, ...programs);
  return folder;
}

/** @param {string} folder @param {string[]} programs as paths below `test/consumers` */
export function copyPrograms(folder, ...programs) {
  for (const name of programs) cpSync(path.join(home, name), path.join(folder, path.basename(name)));
}

/** @param {string} folder @param {string} name @param {string} text */
export function writeProgram(folder, name, text) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

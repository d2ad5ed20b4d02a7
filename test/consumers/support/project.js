/** Folders of an imaginary user, with nothing in `node_modules` but the package as it is published. */

import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after } from 'node:test';

import { home, installed, run } from './run.js';

/** The programs that report what the package does, in both module formats, and what they share. */
export const PROBES = ['runtimes/probe.cjs', 'runtimes/probe-esm.mjs', 'runtimes/probe-cjs.cjs'];

/**
 * What such a program reports when it is run as it is, by the Node.js that runs the tests.
 *
 * @param {string} project
 * @param {import('./run.js').Env} [env]
 */
export function reportOf(project, env = {}) {
  return run(process.execPath, ['probe-esm.mjs'], { cwd: project, env });
}

/**
 * Makes an empty folder, removed when the tests of the file are over. It lies outside of the repository:
 * what is not in it must not be found in a `node_modules` further up.
 *
 * @returns {string}
 */
export function emptyFolder() {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), '100ms-tokens-consumer-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Makes a folder in which the packed package is installed.
 *
 * @param {string[]} programs files to copy into it, as paths below `test/consumers`
 * @returns {string}
 */
export function userProject(...programs) {
  const folder = emptyFolder();
  cpSync(installed('100ms-tokens'), path.join(folder, 'node_modules/100ms-tokens'), { recursive: true });
  // Deno resolves only what a package.json asks for.
  writeProgram(folder, 'package.json', JSON.stringify({ type: 'module', dependencies: { '100ms-tokens': '*' } }));
  copyPrograms(folder, ...programs);
  return folder;
}

/**
 * @param {string} folder
 * @param {string[]} programs as paths below `test/consumers`
 */
export function copyPrograms(folder, ...programs) {
  for (const name of programs) cpSync(path.join(home, name), path.join(folder, path.basename(name)));
}

/**
 * @param {string} project
 * @param {string} name
 * @param {string} text
 * @returns {string} the path of the file
 */
export function writeProgram(project, name, text) {
  const file = path.join(project, name);
  writeFileSync(file, text);
  return file;
}

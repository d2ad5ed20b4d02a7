/** Folders of an imaginary user, with nothing in `node_modules` but the package as it is published. */

import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

import { home, installed } from './run.js';

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
 * @param {string[]} programs files and folders to copy into it, as paths below `test/consumers`
 * @returns {string}
 */
export function userProject(...programs) {
  const folder = emptyFolder();
  cpSync(installed('100ms-tokens'), packageFolder(folder), { recursive: true });
  // Deno resolves only what a package.json asks for.
  writeProgram(folder, 'package.json', JSON.stringify({ type: 'module', dependencies: { '100ms-tokens': '*' } }));
  for (const name of programs)
    cpSync(path.join(home, name), path.join(folder, path.basename(name)), { recursive: true });
  return folder;
}

/**
 * Copies a project, and breaks the package in the copy: what protects it must then be seen to fail.
 *
 * @param {string} project
 * @param {(packageFolder: string) => void} breakIt
 * @returns {string}
 */
export function brokenCopy(project, breakIt) {
  const folder = emptyFolder();
  cpSync(project, folder, { recursive: true });
  breakIt(packageFolder(folder));
  return folder;
}

/**
 * Loads the package of a project, to judge with it what a program of the project made.
 *
 * @param {string} project
 * @returns {typeof import('100ms-tokens')}
 */
export function packageOf(project) {
  return createRequire(path.join(project, 'package.json'))('100ms-tokens');
}

/** @param {string} project */
export function packageFolder(project) {
  return path.join(project, 'node_modules', '100ms-tokens');
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

/**
 * Changes the `package.json` in a folder.
 *
 * @param {string} folder
 * @param {(manifest: any) => void} change
 */
export function editManifest(folder, change) {
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest, null, 2));
}

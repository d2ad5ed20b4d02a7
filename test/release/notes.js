/**
 * Prints the notes in CHANGELOG.md for the version in package.json: `npm run --silent release:notes -- v1.2.3`. Fails
 * unless the tag names that version and the notes have a date.
 */

import { readFileSync } from 'node:fs';
import process from 'node:process';

import { releaseNotes } from '../support/release.js';

/** @param {string} file relative to the root of the repository */
function read(file) {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

/** @type {(text: string) => { version: string }} */
const parse = JSON.parse;
const { version } = parse(read('package.json'));
process.stdout.write(releaseNotes(read('.github/CHANGELOG.md'), version, process.argv[2]));

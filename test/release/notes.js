/**
 * Prints what CHANGELOG.md says of the version in package.json: `npm run --silent release:notes -- v1.2.3`. Fails
 * unless the tag is that version's, and the version has notes and a date.
 */

import { readFileSync } from 'node:fs';
import process from 'node:process';

import { releaseNotes } from '../support/release.js';

/** @param {string} file from the top of the tree */
function read(file) {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

/** @type {(text: string) => { version: string }} */
const parse = JSON.parse;
const { version } = parse(read('package.json'));
process.stdout.write(releaseNotes(read('.github/CHANGELOG.md'), version, process.argv[2]));

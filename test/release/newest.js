/**
 * Moves what the consumers' tests install to the newest versions, so that the weekly run meets a break of the world's
 * before users do: `npm run newest`, then `npm run test:consumers`. It changes a package.json and a lock file;
 * `git restore test/consumers` takes that back.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { npm } from '../support/npm.js';
import { newest } from '../support/release.js';

const folder = new URL('../consumers/', import.meta.url);
/** @type {(text: string) => { devDependencies: Record<string, string> }} */
const parse = JSON.parse;
const { devDependencies } = parse(readFileSync(new URL('package.json', folder), 'utf8'));
npm(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', ...newest(devDependencies)], {
  cwd: fileURLToPath(folder),
  stdio: 'inherit',
});

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
// A newest tool may ask for newer types than those that the oldest TypeScript reads: its wish does not count.
const flags = ['--package-lock-only', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
npm(['install', ...flags, ...newest(devDependencies)], { cwd: fileURLToPath(folder), stdio: 'inherit' });

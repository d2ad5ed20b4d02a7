/**
 * Updates the dependencies of the consumer tests to their newest versions, so that the weekly run finds breaking
 * changes before users do: `npm run newest`, then `npm run test:consumers`. Undo with `git restore test/consumers`.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { npm } from '../support/npm.js';
import { newest } from '../support/release.js';

const folder = new URL('../consumers/', import.meta.url);
/** @type {(text: string) => { devDependencies: Record<string, string> }} */
const parse = JSON.parse;
const { devDependencies } = parse(readFileSync(new URL('package.json', folder), 'utf8'));
// Ignores peer dependencies, because new tools want newer types than the oldest TypeScript can read.
const flags = ['--package-lock-only', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
npm(['install', ...flags, ...newest(devDependencies)], { cwd: fileURLToPath(folder), stdio: 'inherit' });

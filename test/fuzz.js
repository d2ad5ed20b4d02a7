/**
 * Fuzzes the built package: `npm run fuzz -- --runs 1000000 --seed 1`. Without a seed it takes a new one,
 * and prints it, so that what it finds can be found again.
 */

import console from 'node:console';
import process from 'node:process';
import { inspect, parseArgs } from 'node:util';

import * as subject from '100ms-tokens';

import { fuzz } from './support/fuzz.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  throw new TypeError('--runs and --seed are whole numbers');
}

console.log(`${String(runs)} runs, seed ${String(seed)}`);
const { verdicts, milliseconds, failure } = fuzz(subject, { runs, seed });
for (const [verdict, count] of verdicts) console.log(`${verdict.padEnd(20)} ${String(count).padStart(10)}`);
console.log(`${(milliseconds / 1000).toFixed(1)} s`);
if (failure === undefined) {
  console.log('no token was taken that should not be, none refused that should not be, and no error is undocumented');
} else {
  console.error(`FAILED: ${inspect(failure, { maxStringLength: null })}`);
  process.exitCode = 1;
}

/**
 * Fuzzes the built package: `npm run fuzz -- --runs 1000000 --seed 1`. Without a seed it chooses and prints one, so you
 * can repeat what it finds.
 */

import { Buffer } from 'node:buffer';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';

import * as subject from '100ms-tokens';
import { buildSync } from 'esbuild';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed))
  throw new TypeError('--runs and --seed must be whole numbers');

// Compiled here, because Node.js 20 can't run TypeScript.
const source = fileURLToPath(new URL('support/fuzz.ts', import.meta.url));
const { outputFiles } = buildSync({
  entryPoints: [source],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
/** @type {unknown} */
const compiled = await import(`data:text/javascript;base64,${code}`);
const { fuzz } = /** @type {typeof import('./support/fuzz.js')} */ (compiled);

console.log(`${String(runs)} runs, seed ${String(seed)}`);
const { verdicts, milliseconds, failure } = fuzz(subject, { runs, seed });
for (const [verdict, count] of verdicts) console.log(`${verdict.padEnd(20)} ${String(count).padStart(10)}`);
console.log(`${(milliseconds / 1000).toFixed(1)} s`);
if (failure === undefined) {
  console.log('every token was accepted or rejected as it should be');
} else {
  console.error(`FAILED: ${inspect(failure, { maxStringLength: null })}`);
  process.exitCode = 1;
}

/** What a cold start costs: whole fresh processes, from start to exit, in turn. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { compare } from './compare.js';

const programs = fileURLToPath(new URL('programs', import.meta.url));

/**
 * @param {import('./contenders.js').Contender[]} contenders which to start
 * @param {number} imports how often the two that only import are started: a few per cent are between them
 * @param {number} rounds how often the others are
 * @returns {Promise<import('./results.js').ColdStart>}
 */
export async function measureColdStart(contenders, imports, rounds) {
  return {
    importing: await compare(
      [
        ['node:crypto alone', () => timeOfProcess('import-node-crypto.js')],
        ['100ms-tokens', () => timeOfProcess('import-100ms-tokens.js')],
      ],
      imports,
    ),
    minting: await compare(
      contenders.map(({ name, file }) => [name, () => timeOfProcess('mint.js', file)]),
      rounds,
    ),
  };
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function timeOfProcess(program, ...args) {
  const start = performance.now();
  execFileSync(process.execPath, [program, ...args], { cwd: programs });
  return (performance.now() - start) * 1e6;
}

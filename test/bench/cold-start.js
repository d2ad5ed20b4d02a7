/** What a cold start costs: whole fresh processes, from start to exit, in turn. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { compareBy } from './compare.js';

const programs = fileURLToPath(new URL('programs', import.meta.url));

/**
 * @param {import('./contenders.js').Contender[]} contenders which to start
 * @param {number} imports how often the two that only import are started: a few per cent are between them
 * @param {number} rounds how often the others are
 * @returns {Promise<import('./results.js').Results['coldStart']>}
 */
export async function measureColdStart(contenders, imports, rounds) {
  const mintOne = ({ name, file }) => [name, ['mint.js', file]];
  return {
    importing: await compareProcesses(
      { 'node:crypto alone': ['import-node-crypto.js'], '100ms-tokens': ['import-100ms-tokens.js'] },
      imports,
    ),
    minting: await compareProcesses(Object.fromEntries(contenders.map(mintOne)), rounds),
  };
}

function compareProcesses(commands, rounds) {
  const run = (name) => {
    const start = performance.now();
    execFileSync(process.execPath, commands[name], { cwd: programs });
    return (performance.now() - start) * 1e6;
  };
  return compareBy(run, Object.keys(commands), rounds);
}

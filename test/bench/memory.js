/** What stays in memory: after many tokens, and for each builder. Measured in a process of its own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('programs/memory.js', import.meta.url));

/**
 * @param {number} tokens how many to make
 * @returns {import('./results.js').Results['memory']}
 */
export function measureMemory(tokens) {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', program, String(tokens)], { encoding: 'utf8' }));
}

/** What a cold start costs: whole fresh processes, from start to exit, in turn. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { compareBy } from './compare.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {import('./contenders.js').Contender[]} contenders which to start
 * @param {number} rounds how often each is started
 * @returns times in nanoseconds: of importing this package against importing node:crypto alone, and of
 * importing each contender and making one token with it
 */
export async function measureColdStart(contenders, rounds) {
  const mintOne = ({ name, file }) => [
    name,
    `import { mintApp } from './contenders/${file}'; import { asciiUserId } from './subject.js'; await mintApp(asciiUserId);`,
  ];
  return {
    importing: await compareProcesses({ 'node:crypto': `import 'node:crypto'`, '100ms-tokens': `import '100ms-tokens'` }, rounds),
    minting: await compareProcesses(Object.fromEntries(contenders.map(mintOne)), rounds),
  };
}

function compareProcesses(programs, rounds) {
  const run = (name) => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', programs[name]], { cwd: folder });
    const time = (performance.now() - start) * 1e6;
    if (status !== 0) throw new Error(`${name} did not start: ${stderr}`);
    return time;
  };
  return compareBy(run, Object.keys(programs), rounds);
}

/**
 * How fast, how small, how steady: this package against its rivals and against what the platform itself takes.
 *
 *     npm run bench                 prints tables
 *     npm run bench -- --quick      the same in a short time, less exact
 *     npm run bench -- --update     also writes the performance section of README.md
 *
 * To measure under another Node.js, run this file with it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { prepare } from './prepare.js';
import { formatReport } from './report.js';
import { replaceSection } from './section.js';

const FULL = { rounds: 31, imports: 151, processes: 61, tokens: 10_000_000, seconds: 2 };
const QUICK = { rounds: 5, imports: 15, processes: 7, tokens: 1_000_000, seconds: 0.5 };

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, update: { type: 'boolean' } } });

prepare();
const results = await measureAll(values.quick ? QUICK : FULL);
console.log(formatReport(results));
if (values.update) updateReadme(results);

/** @returns {Promise<import('./results.js').Results>} */
async function measureAll({ rounds, imports, processes, tokens, seconds }) {
  // Not there before `prepare`: the rivals, and what imports them.
  const { loadContenders } = await import('./contenders.js');
  const { checkAgreement } = await import('./agree.js');
  const { measureSpeed } = await import('./speed.js');
  const { measureColdStart } = await import('./cold-start.js');
  const { measureSizes } = await import('./sizes.js');
  const { measureMemory } = await import('./memory.js');
  const { measureGrowth } = await import('./growth.js');

  const contenders = await loadContenders();
  await checkAgreement(contenders);
  return {
    machine: { cpu: cpus()[0].model.trim(), cores: availableParallelism(), node: process.version },
    speed: await measureSpeed(contenders, rounds),
    coldStart: await measureColdStart(contenders, imports, processes),
    sizes: await measureSizes(contenders),
    memory: measureMemory(tokens),
    growth: await measureGrowth(rounds, seconds),
  };
}

function updateReadme(results) {
  const readme = new URL('../../README.md', import.meta.url);
  writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), results));
}

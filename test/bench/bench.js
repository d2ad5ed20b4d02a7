/**
 * How fast and how small: this package against its rivals and against what the platform itself takes.
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

import { checkAgreement } from './agree.js';
import { measureColdStart } from './cold-start.js';
import { CONTENDERS } from './contenders.js';
import { formatReport } from './report.js';
import { replaceSection } from './section.js';
import { measureSizes } from './sizes.js';
import { measureSpeed } from './speed.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, update: { type: 'boolean' } } });
const { rounds, imports, processes } = values.quick
  ? { rounds: 5, imports: 15, processes: 7 }
  : { rounds: 31, imports: 151, processes: 61 };

await checkAgreement(CONTENDERS);
const results = {
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.version },
  ...(await measureSpeed(CONTENDERS, rounds)),
  ...(await measureColdStart(CONTENDERS, imports, processes)),
  ...(await measureSizes(CONTENDERS)),
};
console.log(formatReport(results));

if (values.update) {
  const readme = new URL('../../README.md', import.meta.url);
  writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), results));
}

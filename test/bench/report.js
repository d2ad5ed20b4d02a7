/** The results as a terminal shows them. */

import { facts } from './facts.js';
import { formatCount, formatRatio, formatSize, formatTime } from './units.js';

/** @import { Comparison, Results } from './results.js' */

/**
 * @param {Results} results
 * @returns {string}
 */
export function formatReport(results) {
  const { machine, speed, coldStart, sizes, growth } = results;
  return [
    `${machine.cpu}, ${machine.cores} cores, Node.js ${machine.node}`,
    formatTable('An app token', speed.appAscii, formatTime),
    formatTable('An app token, user id not ASCII', speed.appNonAscii, formatTime),
    formatTable('A management token', speed.management, formatTime),
    formatTable('A cached management token', speed.cached, formatTime),
    formatTable('Verifying an app token', speed.verify, formatTime),
    formatTable('Cold start: a process that imports', coldStart.importing, formatTime),
    formatTable('Cold start: a process that makes one token', coldStart.minting, formatTime),
    formatTable('Bundle, minified and compressed by gzip', sizes.bundled, formatSize),
    formatTable('Installed size', sizes.installed, formatSize),
    formatTable('Installed packages', sizes.packages, String),
    formatTable('An app token, by bytes of the user id', growth.bytes, formatTime),
    formatTable('An app token, by number of builders in turn', growth.builders, formatTime),
    formatTable('App tokens per second, by number of threads', growth.threads, formatCount),
    formatTable('HMACs per second, by number of threads', growth.hmacThreads, formatCount),
    facts(results).join('\n'),
  ].join('\n\n');
}

/**
 * @param {string} title
 * @param {Comparison} comparison
 * @param {(value: number) => string} format
 */
function formatTable(title, comparison, format) {
  const rows = Object.entries(comparison).map(([name, { value, ratio, spread }]) => [
    `  ${name}`.padEnd(24),
    format(value).padStart(10),
    `x ${formatRatio(ratio)}`.padStart(10),
    spread === undefined ? '' : `   half of all from ${spread.map(format).join(' to ')}`,
  ]);
  return [title, ...rows.map((cells) => cells.join('').trimEnd())].join('\n');
}

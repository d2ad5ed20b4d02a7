/** The results as a terminal shows them. */

import { COLUMNS } from './section.js';
import { formatRatio, formatTime } from './units.js';

/** @import { Comparison, Results } from './results.js' */

/** @type {typeof COLUMNS} */
const TABLES = [
  ...COLUMNS,
  { title: 'cached management token', key: 'cached', format: formatTime },
  { title: 'a process that only imports', key: 'importing', format: formatTime },
  { title: 'app token, by bytes of the user id', key: 'bytes', format: formatTime },
];

/**
 * @param {Results} results
 * @returns {string}
 */
export function formatReport(results) {
  const { cpu, cores, node } = results.machine;
  const tables = TABLES.map(({ title, key, format }) => formatTable(title, results[key], format));
  return [`${cpu}, ${String(cores)} cores, Node.js ${node}`, ...tables].join('\n\n');
}

/**
 * @param {string} title
 * @param {Comparison} comparison
 * @param {(value: number) => string} format
 */
function formatTable(title, comparison, format) {
  const rows = Object.entries(comparison).map(
    ([
      name,
      {
        value,
        ratio,
        spread: [low, high],
      },
    ]) => [
      `  ${name}`.padEnd(24),
      format(value).padStart(10),
      `x ${formatRatio(ratio)}`.padStart(10),
      low === high ? '' : `   half of all from ${format(low)} to ${format(high)}`,
    ],
  );
  return [title, ...rows.map((cells) => cells.join(''))].join('\n');
}

/** Formats the results, and writes them to README.md in this folder. */

/** @import { Comparison } from './compare.js' */
/** @import { measure } from './measure.js' */

const TIME = { ms: 1e6, µs: 1e3, ns: 1 };
const SIZE = { kB: 1e3, bytes: 1 };

/** @type {[title: string, key: Exclude<keyof Results, 'machine'>, units: Record<string, number>][]} */
const COLUMNS = [
  ['create', 'ascii', TIME],
  ['create for “José”', 'nonAscii', TIME],
  ['verify', 'verify', TIME],
  ['cold start', 'coldStart', TIME],
  ['bundle', 'bundle', SIZE],
  ['packages', 'packages', { '': 1 }],
];

/**
 * Times in nanoseconds. Sizes in bytes, minified and gzipped.
 *
 * @typedef {{ cpu: string, cores: number, node: string }} Machine
 * @typedef {{ machine: Machine } & Record<keyof Awaited<ReturnType<typeof measure>>, Comparison>} Results
 */

/**
 * Replaces the section for the measured version of Node.js.
 *
 * @param {string} readme
 * @param {Results} results
 */
export function replaceSection(readme, results) {
  const major = /\d+/.exec(results.machine.node)?.[0] ?? '';
  const section = new RegExp(`(?<=<!-- node ${major} -->\n).*?(?=<!-- end -->)`, 's');
  if (!section.test(readme))
    throw new Error(`test/bench/README.md has no section <!-- node ${major} --> … <!-- end -->`);
  return readme.replace(section, () => `${formatSection(results)}\n`);
}

/** @param {Results} results */
export function formatSection(results) {
  const { cpu, cores, node } = results.machine;
  const [first = '', ...others] = Object.keys(results.ascii);
  const rows = [
    ['', ...COLUMNS.map(([title]) => title)],
    ['---', ...COLUMNS.map(() => '--:')],
    [first, ...COLUMNS.map(([, key, units]) => formatValue(results[key][first]?.value ?? NaN, units))],
    ...others.map((name) => [name, ...COLUMNS.map(([, key]) => formatRatio(results[key][name]?.ratio))]),
  ];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `Node.js ${node}, ${cpu}, ${String(cores)} ${cores === 1 ? 'core' : 'cores'}:\n\n${table}\n`;
}

/** @param {number} [ratio] a dash if nothing was measured */
function formatRatio(ratio) {
  return ratio === undefined ? '–' : `${ratio.toFixed(ratio < 2 ? 2 : 0)}×`;
}

/**
 * Formats two or three digits, with the largest unit that fits.
 *
 * @param {number} value
 * @param {Record<string, number>} units the largest first
 */
function formatValue(value, units) {
  const [unit, scale] = Object.entries(units).find(([, scale]) => value >= scale) ?? ['', 1];
  return `${String(Number((value / scale).toPrecision(value / scale < 100 ? 2 : 3)))} ${unit}`.trim();
}

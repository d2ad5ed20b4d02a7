/** The performance section of README.md. */

/** @import { Comparison, Measured, Results } from './results.js' */

const SECTION = /(?<=<!-- bench:start -->\n).*(?=<!-- bench:end -->)/s;

/** @type {{ title: string, key: Exclude<keyof Results, 'machine'>, format: (value: number) => string }[]} */
const COLUMNS = [
  { title: 'app token', key: 'app', format: formatTime },
  { title: 'user id not ASCII', key: 'appNonAscii', format: formatTime },
  { title: 'management token', key: 'management', format: formatTime },
  { title: 'verifying', key: 'verify', format: formatTime },
  { title: 'cold start', key: 'minting', format: formatTime },
  { title: 'bundle', key: 'bundle', format: formatSize },
  { title: 'packages', key: 'packages', format: String },
];

/**
 * Writes the section into a README, in place of the one that it has.
 *
 * @param {string} readme
 * @param {Results} results
 */
export function replaceSection(readme, results) {
  if (!SECTION.test(readme)) throw new Error('README.md lacks <!-- bench:start --> or <!-- bench:end -->');
  return readme.replace(SECTION, () => formatSection(results));
}

/**
 * @param {Results} results
 * @returns {string}
 */
export function formatSection(results) {
  const { cpu, cores, node } = results.machine;
  return [
    `Measured on ${cpu}, ${String(cores)} ${cores === 1 ? 'core' : 'cores'}, with Node.js ${node}, by \`npm run bench -- --update\`.`,
    'Numbers are ratios to the first line, so less is better; the last line says what 1.00 is.',
    '',
    ...formatTable(results),
    '',
    ...formatFacts(results),
    '',
  ].join('\n');
}

/** @param {Results} results */
function formatTable(results) {
  const rows = [
    ['', ...COLUMNS.map(({ title }) => title)],
    ['---', ...COLUMNS.map(() => '--:')],
    ...Object.keys(results.app).map((name) => [name, ...COLUMNS.map(({ key }) => formatCell(results[key][name]))]),
    ['1.00 is', ...COLUMNS.map(({ key, format }) => format(ends(results[key])[0].value))],
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`);
}

/** @param {Measured | undefined} measured */
const formatCell = (measured) => (measured ? formatRatio(measured.ratio) : '–');

/**
 * What is one number each, in words.
 *
 * @param {Results} results
 */
function formatFacts({ cached, importing, bytes }) {
  const [own, sdk] = ends(cached);
  const [, imported] = ends(importing);
  const [short, long] = ends(bytes);
  const perKilobyte = ((long.value - short.value) / (Number(long.name) - Number(short.name))) * 1000;
  return [
    `- A cached management token takes ${formatTime(own.value)}; ${sdk.name}'s takes ${formatRatio(sdk.ratio)} times as long.`,
    `- A process that only imports it takes ${formatRatio(imported.ratio)} times as long as one that imports \`node:crypto\`.`,
    `- Each kB of a user id adds ${formatTime(perKilobyte)}, up to ${formatSize(Number(long.name))} at least.`,
  ];
}

/**
 * The first and the last of a comparison.
 *
 * @param {Comparison} comparison
 */
function ends(comparison) {
  const entries = Object.entries(comparison).map(([name, measured]) => ({ name, ...measured }));
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was compared');
  return /** @type {const} */ ([first, last]);
}

/** @param {number} nanoseconds */
function formatTime(nanoseconds) {
  return withUnit(nanoseconds, { s: 1e9, ms: 1e6, µs: 1e3, ns: 1 });
}

/** @param {number} bytes */
function formatSize(bytes) {
  return withUnit(bytes, { MB: 1e6, kB: 1e3, bytes: 1 });
}

/** @param {number} ratio */
function formatRatio(ratio) {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}

/**
 * Three digits, and the largest unit that it is at least one of.
 *
 * @param {number} value
 * @param {Record<string, number>} units the largest first
 */
function withUnit(value, units) {
  const [unit, scale] = Object.entries(units).find(([, scale]) => value >= scale) ?? ['', 1];
  return `${String(Number((value / scale).toPrecision(3)))} ${unit}`;
}

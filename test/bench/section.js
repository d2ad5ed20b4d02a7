/** The performance section of README.md: how it is written, and how it is read again to check it. */

import { facts } from './facts.js';
import { formatRatio, formatSize, formatTime } from './units.js';

/** @import { Comparison, Results } from './results.js' */

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

export const NONE = '–';
const CHART_TITLE = 'App tokens made while 100ms-tokens makes 100';

const SECTION = new RegExp(`^(.*)${START}\n(.*)${END}(.*)$`, 's');
const MACHINE = /^Measured on (.+), (\d+) cores?, with Node\.js (v\d+\.\d+\.\d+),/m;
const CHART =
  /^```mermaid\nxychart-beta horizontal\n {2}title ".+"\n {2}x-axis \[(.+)\]\n {2}y-axis 0 --> 100\n {2}bar \[(.+)\]\n```$/m;

/** @type {readonly { title: string, of: (results: Results) => Comparison, format: (value: number) => string }[]} */
export const COLUMNS = [
  { title: 'app token', of: ({ speed }) => speed.appAscii, format: formatTime },
  { title: 'user id not ASCII', of: ({ speed }) => speed.appNonAscii, format: formatTime },
  { title: 'management token', of: ({ speed }) => speed.management, format: formatTime },
  { title: 'verifying', of: ({ speed }) => speed.verify, format: formatTime },
  { title: 'cold start', of: ({ coldStart }) => coldStart.minting, format: formatTime },
  { title: 'bundle', of: ({ sizes }) => sizes.bundled, format: formatSize },
  { title: 'installed', of: ({ sizes }) => sizes.installed, format: formatSize },
  { title: 'packages', of: ({ sizes }) => sizes.packages, format: String },
];

/**
 * Writes the section into a README, in place of the one that it has.
 *
 * @param {string} readme
 * @param {Results} results
 */
export function replaceSection(readme, results) {
  const { before, after } = cut(readme);
  return `${before}${START}\n${formatSection(results)}\n${END}${after}`;
}

/**
 * Reads the section of a README again, and throws where it is not as {@link replaceSection} writes it.
 *
 * @param {string} readme
 */
export function readSection(readme) {
  const { section } = cut(readme);
  const [, cpu, cores, node] = match(section, MACHINE, 'machine');
  const [, names, bars] = match(section, CHART, 'chart');
  const [head = [], , ...lines] = (section.match(/^\|.*\|$/gm) ?? []).map((line) => line.slice(2, -2).split(' | '));
  return {
    machine: { cpu, cores: Number(cores), node },
    head,
    rows: lines.slice(0, -1),
    units: lines.at(-1) ?? [],
    chart: { names: parseList(names), bars: parseList(bars).map(Number) },
    facts: section.match(/^- .+$/gm) ?? [],
  };
}

/** @param {string} readme */
function cut(readme) {
  const [, before = '', section = '', after = ''] = match(readme, SECTION, 'markers');
  return { before, section, after };
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} what
 */
function match(text, pattern, what) {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`the performance section lacks its ${what}: ${pattern}`);
  return found;
}

/**
 * @param {string | undefined} list
 * @returns {unknown[]}
 */
function parseList(list) {
  return JSON.parse(`[${list}]`);
}

/** @param {Results} results */
function formatSection(results) {
  const { cpu, cores, node } = results.machine;
  return [
    `Measured on ${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, with Node.js ${node}, by \`npm run bench -- --update\`.`,
    'Numbers are ratios to the first line, so less is better; the last line says what 1.00 is.',
    '',
    formatTable(results),
    '',
    formatChart(results),
    '',
    ...facts(results).map((fact) => `- ${fact}`),
  ].join('\n');
}

/** @param {Results} results */
function formatTable(results) {
  const columns = COLUMNS.map(({ title, of, format }) => ({ title, format, comparison: of(results) }));
  const names = Object.keys(results.speed.appAscii);
  const ratios = (/** @type {string} */ name) =>
    columns.map(({ comparison }) => formatCell(comparison[name]?.ratio, formatRatio));
  const units = columns.map(({ comparison, format }) => formatCell(Object.values(comparison)[0]?.value, format));
  const rows = [
    ['', ...columns.map(({ title }) => title)],
    ['---', ...columns.map(() => '--:')],
    ...names.map((name) => [name, ...ratios(name)]),
    ['1.00 is', ...units],
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {number | undefined} value
 * @param {(value: number) => string} format
 */
function formatCell(value, format) {
  return value === undefined ? NONE : format(value);
}

/** @param {Results} results */
function formatChart({ speed, sizes }) {
  const libraries = Object.keys(sizes.packages); // the floors have no packages
  const bars = libraries.map((name) => Math.round(100 / (speed.appAscii[name]?.ratio ?? NaN)));
  return [
    '```mermaid',
    'xychart-beta horizontal',
    `  title "${CHART_TITLE}"`,
    `  x-axis [${libraries.map((name) => JSON.stringify(name)).join(', ')}]`,
    '  y-axis 0 --> 100',
    `  bar [${bars.join(', ')}]`,
    '```',
  ].join('\n');
}

import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { Comparison, Results } from './bench/results.js';
import { COLUMNS, NONE, readSection, replaceSection } from './bench/section.js';

const RATIO = /^\d+(\.\d\d)?$/;
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const EMPTY = 'before\n<!-- bench:start -->\n<!-- bench:end -->\nafter\n';

const comparison = (entries: Record<string, number>): Comparison =>
  Object.fromEntries(Object.entries(entries).map(([name, ratio]) => [name, { value: 4000 * ratio, ratio }]));

const speed = comparison({ '100ms-tokens': 1, 'a rival': 1.234, 'another rival': 123.4, 'a floor': 0.9 });
const size = comparison({ '100ms-tokens': 1, 'a rival': 5, 'another rival': 0.5 });
const results: Results = {
  machine: { cpu: 'Some CPU @ 3.00GHz', cores: 4, node: 'v20.1.2' },
  speed: { appAscii: speed, appNonAscii: speed, management: speed, cached: speed, verify: speed },
  coldStart: { importing: comparison({ 'node:crypto alone': 1, '100ms-tokens': 1.04 }), minting: speed },
  sizes: { bundled: size, installed: size, packages: size },
  memory: { tokens: 10_000_000, growth: -1200, builder: 660 },
  growth: {
    bytes: comparison({ '1': 1, '65536': 40 }),
    builders: comparison({ '1': 1, '10000': 1.02 }),
    threads: comparison({ '1': 1, '4': 3.9 }),
    hmacThreads: comparison({ '1': 1, '4': 3.8 }),
  },
};

describe.each([
  ['of README.md', README],
  ['that is written now', replaceSection(EMPTY, results)],
])('the performance section %s', (_, readme) => {
  const { machine, head, rows, units, chart, facts } = readSection(readme);

  it('names the CPU and the version of Node.js', () => {
    expect(machine.cpu).toMatch(/\w/);
    expect(machine.cores).toBeGreaterThan(0);
    expect(machine.node).toMatch(/^v\d+\.\d+\.\d+$/);
  });

  it('has a table with a ratio, or none, in every column', () => {
    expect(head).toEqual(['', ...COLUMNS.map(({ title }) => title)]);
    expect(rows.length).toBeGreaterThan(2);
    for (const [name, ...ratios] of rows) {
      expect(name).toMatch(/\w/);
      expect(ratios).toHaveLength(COLUMNS.length);
      for (const ratio of ratios) if (ratio !== NONE) expect(ratio).toMatch(RATIO);
    }
  });

  it('measures all by this package, and says what that took', () => {
    expect(rows[0]?.[0]).toBe('100ms-tokens');
    expect(rows[0]?.slice(1).every((ratio) => Number(ratio) === 1)).toBe(true);
    expect(units).toHaveLength(head.length);
    for (const unit of units.slice(1)) expect(unit).toMatch(/^[\d.]+( (ns|µs|ms|s|bytes|kB|MB))?$/);
  });

  it('has a chart with a bar for every library', () => {
    const names = rows.filter((cells) => cells.at(-1) !== NONE).map(([name]) => name); // a floor has no packages
    expect(chart.names).toEqual(names);
    expect(chart.bars).toHaveLength(names.length);
    expect(chart.bars[0]).toBe(100);
    for (const bar of chart.bars) expect(bar).toBeGreaterThan(0);
  });

  it('says in words what is one number', () => {
    expect(facts.length).toBeGreaterThan(0);
    for (const fact of facts) expect(fact).toMatch(/\d.*\.$/);
  });
});

describe('replaceSection', () => {
  it('keeps what stands before and after, and replaces what it wrote before', () => {
    const once = replaceSection(EMPTY, results);
    expect(once.startsWith('before\n<!-- bench:start -->\n')).toBe(true);
    expect(once.endsWith('\n<!-- bench:end -->\nafter\n')).toBe(true);
    expect(replaceSection(once, results)).toBe(once);
  });

  it('stops where there is no section', () => {
    expect(() => replaceSection('nothing', results)).toThrow('<!-- bench:start -->');
  });
});

describe('readSection', () => {
  const written = replaceSection(EMPTY, results);

  it.each([
    ['markers', '<!-- bench:end -->'],
    ['machine', 'Node.js v20'],
    ['chart', 'xychart-beta'],
  ])('stops where the %s is missing', (what, text) => {
    expect(() => readSection(written.replace(text, ''))).toThrow(what);
  });
});

/** The benchmark writes its table to the section of test/bench/README.md for the version of Node.js that it measured. */

import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { Comparison } from './bench/compare.js';
import { replaceSection, type Results } from './bench/section.js';

const README = readFileSync(new URL('bench/README.md', import.meta.url), 'utf8');

const comparison = (ratios: Record<string, number>): Comparison =>
  Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, { value: 4321 * ratio, ratio }]));

const all = comparison({ '100ms-tokens': 1, 'by hand': 0.9, 'a library': 12.34 });
const libraries = comparison({ '100ms-tokens': 1, 'a library': 2.5 });
const resultsOn = (node: string): Results => ({
  machine: { cpu: 'Some CPU @ 3.00GHz', cores: 4, node },
  ...{ ascii: all, nonAscii: all, verify: all, coldStart: comparison({ '100ms-tokens': 12345 }) },
  ...{ bundle: libraries, packages: { '100ms-tokens': { value: 1, ratio: 1 } } },
});

describe('replaceSection', () => {
  it('replaces the section for this version, and nothing else', () => {
    const sections = '<!-- node 20 -->\nold\n<!-- end -->\n\n<!-- node 24 -->\nold\n<!-- end -->\nafter\n';
    expect(replaceSection(sections, resultsOn('v24.1.2'))).toMatchInlineSnapshot(`
      "<!-- node 20 -->
      old
      <!-- end -->

      <!-- node 24 -->
      Node.js v24.1.2, Some CPU @ 3.00GHz, 4 cores:

      |  | create | create for “José” | verify | cold start | bundle | packages |
      | --- | --: | --: | --: | --: | --: | --: |
      | 100ms-tokens | 4.3 µs | 4.3 µs | 4.3 µs | 53 ms | 4.3 kB | 1 |
      | by hand | 0.90× | 0.90× | 0.90× | – | – | – |
      | a library | 12× | 12× | 12× | – | 3× | – |

      <!-- end -->
      after
      "
    `);
  });

  it.each(['v20.1.2', 'v24.1.2'])('replaces its own output in test/bench/README.md, on Node.js %s', (node) => {
    const once = replaceSection(README, resultsOn(node));
    expect(once).not.toBe(README);
    expect(replaceSection(once, resultsOn(node))).toBe(once);
  });

  it.each(['v2.0.0', 'v240.0.0'])('throws if there is no section for Node.js %s', (node) => {
    expect(() => replaceSection(README, resultsOn(node))).toThrow('test/bench/README.md has no section <!-- node 2');
  });
});

import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { Comparison, Results } from './bench/results.js';
import { replaceSection } from './bench/section.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const comparison = (ratios: Record<string, number>): Comparison =>
  Object.fromEntries(
    Object.entries(ratios).map(([name, ratio]) => [name, { value: 4000 * ratio, ratio, spread: [0, 0] }]),
  );

const all = comparison({ '100ms-tokens': 1, 'a rival': 12.34, 'a floor': 0.9 });
const libraries = comparison({ '100ms-tokens': 1, 'a rival': 5 });
const results: Results = {
  machine: { cpu: 'Some CPU @ 3.00GHz', cores: 4, node: 'v20.1.2' },
  ...{ app: all, appNonAscii: all, management: all, verify: all, minting: all },
  ...{ bundle: libraries, packages: libraries, cached: libraries },
  importing: comparison({ 'node:crypto alone': 1, '100ms-tokens': 1.04 }),
  bytes: comparison({ 1: 1, 4096: 4, 65_536: 40 }),
};

describe('replaceSection', () => {
  it('writes ratios and what they are to, and keeps what stands before and after', () => {
    expect(replaceSection('before\n<!-- bench:start -->\nold\n<!-- bench:end -->\nafter\n', results))
      .toMatchInlineSnapshot(`
        "before
        <!-- bench:start -->
        Measured on Some CPU @ 3.00GHz, 4 cores, with Node.js v20.1.2, by \`npm run bench -- --update\`.
        Numbers are ratios to the first line, so less is better; the last line says what 1.00 is.

        |  | app token | user id not ASCII | management token | verifying | cold start | bundle | packages |
        | --- | --: | --: | --: | --: | --: | --: | --: |
        | 100ms-tokens | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 |
        | a rival | 12 | 12 | 12 | 12 | 12 | 5.00 | 5.00 |
        | a floor | 0.90 | 0.90 | 0.90 | 0.90 | 0.90 | – | – |
        | 1.00 is | 4 µs | 4 µs | 4 µs | 4 µs | 4 µs | 4 kB | 4000 |

        - A cached management token takes 4 µs; a rival's takes 5.00 times as long.
        - A process that only imports it takes 1.04 times as long as one that imports \`node:crypto\`.
        - Each kB of a user id adds 2.38 µs, up to 65.5 kB at least.
        <!-- bench:end -->
        after
        "
      `);
  });

  it('finds the section of README.md, and replaces what it wrote before', () => {
    const once = replaceSection(README, results);
    expect(once).not.toBe(README);
    expect(replaceSection(once, results)).toBe(once);
  });

  it('stops where there is no section', () => {
    expect(() => replaceSection('nothing', results)).toThrow('<!-- bench:start -->');
  });
});

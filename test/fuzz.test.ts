/** `npm run fuzz` with a small budget; and does it find what it is for? */

import { describe, expect, it } from 'vitest';

import * as subject from '../src/index.js';
import { DOCUMENTED, fuzz } from './support/fuzz.js';

const budget = { runs: 20_000, seed: 1 };

describe('fuzz', () => {
  it('finds every token taken or refused as it should be', () => {
    const { failure, runs, verdicts } = fuzz(subject, budget);
    expect(failure).toBeUndefined();
    expect(runs).toBe(budget.runs);
    // It is no good if it never gets past the first check.
    for (const verdict of ['taken', ...DOCUMENTED]) expect(verdicts.get(verdict)).toBeGreaterThan(50);
    expect([...verdicts.values()].reduce((sum, count) => sum + count)).toBe(budget.runs);
  });

  it('does the same again with the same seed, and something else with another', () => {
    const { verdicts } = fuzz(subject, budget);
    expect(fuzz(subject, budget).verdicts).toEqual(verdicts);
    expect(fuzz(subject, { ...budget, seed: 2 }).verdicts).not.toEqual(verdicts);
  });

  const { decodeToken, TokenError, verifyToken } = subject;
  const repaired: typeof verifyToken = (token: unknown, ...rest) =>
    verifyToken(typeof token === 'string' ? token.replace(/=+$|\s/g, '') : '', ...rest);

  it.each<[string, Partial<typeof subject>, got: string]>([
    ['takes padding', { verifyToken: repaired }, 'taken'],
    ['checks nothing', { verifyToken: (token) => decodeToken(token).claims as never }, 'taken'],
    [
      'throws something else',
      {
        decodeToken: () => {
          throw new TypeError('no token');
        },
      },
      'TypeError: no token',
    ],
    [
      'refuses everything',
      {
        verifyToken: () => {
          throw new TokenError('ERR_TOKEN_SIGNATURE', 'no');
        },
      },
      'ERR_TOKEN_SIGNATURE',
    ],
  ])('finds out what %s, and says how to see it again', (_, broken, got) => {
    const { failure, runs } = fuzz({ ...subject, ...broken }, budget);
    expect(failure).toMatchObject({ got, seed: budget.seed, run: runs - 1 });
    expect(failure?.expected).not.toBe(got);
    expect(runs).toBeLessThan(budget.runs);
  });
});

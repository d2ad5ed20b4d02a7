/** `npm run fuzz` with a small budget; and does it find what it is for? */

import { describe, expect, it } from 'vitest';

import * as subject from '../src/index.js';
import { DOCUMENTED, fuzz } from './support/fuzz.js';
import { untyped } from './support/untyped.js';

const budget = { runs: 20_000, seed: 1 };
const { decodeToken, TokenError, verifyToken } = subject;

describe('fuzz', () => {
  it('finds every token taken or refused as it should be, and does so again with the same seed', () => {
    const { failure, runs, verdicts } = fuzz(subject, budget);
    expect(failure).toBeUndefined();
    expect(runs).toBe(budget.runs);
    // It is no good if it never gets past the first check.
    for (const verdict of ['taken', ...DOCUMENTED]) expect(verdicts.get(verdict)).toBeGreaterThan(50);
    expect([...verdicts.values()].reduce((sum, count) => sum + count)).toBe(budget.runs);

    expect(fuzz(subject, budget).verdicts).toEqual(verdicts);
    expect(fuzz(subject, { ...budget, seed: 2 }).verdicts).not.toEqual(verdicts);
  });

  const throwing = (error: Error) => () => {
    throw error;
  };

  it.each<[broken: string, Partial<typeof subject>, got: string]>([
    ['takes padding', { verifyToken: (token, ...rest) => verifyToken(untyped(trimmed(token)), ...rest) }, 'taken'],
    ['checks nothing', { verifyToken: () => untyped({}) }, 'taken'],
    ['throws something else', { decodeToken: throwing(new TypeError('no token')) }, 'TypeError: no token'],
    [
      'refuses everything',
      { verifyToken: throwing(new TokenError('ERR_TOKEN_SIGNATURE', 'no')) },
      'ERR_TOKEN_SIGNATURE',
    ],
    [
      'parses before it verifies',
      { verifyToken: (token, ...rest) => untyped([decodeToken(token), verifyToken(token, ...rest)][1]) },
      'ERR_TOKEN_MALFORMED',
    ],
  ])('finds a verifier that %s, and says how to see it again', (_, broken, got) => {
    const { failure, runs } = fuzz({ ...subject, ...broken }, budget);
    expect(failure).toMatchObject({ got, seed: budget.seed, run: runs - 1 });
    expect(failure?.expected).not.toBe(got);
    expect(runs).toBeLessThan(budget.runs);
  });

  function trimmed(token: unknown): unknown {
    return typeof token === 'string' ? token.replace(/=+$|\s/g, '') : token;
  }
});

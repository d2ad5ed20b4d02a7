/** `npm run fuzz` with a small budget, and proof that it finds broken verifiers. */

import { describe, expect, it } from 'vitest';

import * as subject from '../src/index.js';
import { DOCUMENTED, fuzz } from './support/fuzz.js';
import { untyped } from './support/untyped.js';

const budget = { runs: 20_000, seed: 1 };
const { decodeToken, TokenError, verifyToken } = subject;

describe('fuzz', () => {
  it('finds no token that is wrongly accepted or rejected, and the same results with the same seed', () => {
    const { failure, runs, verdicts } = fuzz(subject, budget);
    expect(failure).toBeUndefined();
    expect(runs).toBe(budget.runs);
    // Fuzzing is useless if it never gets past the first check.
    for (const verdict of ['accepted', ...DOCUMENTED]) expect(verdicts.get(verdict)).toBeGreaterThan(50);
    expect([...verdicts.values()].reduce((sum, count) => sum + count)).toBe(budget.runs);

    expect(fuzz(subject, budget).verdicts).toEqual(verdicts);
    expect(fuzz(subject, { ...budget, seed: 2 }).verdicts).not.toEqual(verdicts);
  });

  const throwing = (error: Error) => () => {
    throw error;
  };
  const trimmed = (token: unknown) => (typeof token === 'string' ? token.replace(/=+$|\s/g, '') : token);
  const shortened = (token: unknown) =>
    typeof token === 'string' && token.length > 65_536 ? subject.signToken({}, 'x') : token;

  it.each<[broken: string, Partial<typeof subject>, got: string]>([
    ['accepts padding', { verifyToken: (token, ...rest) => verifyToken(untyped(trimmed(token)), ...rest) }, 'accepted'],
    ['checks nothing', { verifyToken: () => untyped({}) }, 'accepted'],
    ['has no length limit', { decodeToken: (token) => decodeToken(untyped(shortened(token))) }, 'accepted'],
    ['throws another error', { decodeToken: throwing(new TypeError('no token')) }, 'TypeError: no token'],
    [
      'rejects everything',
      { verifyToken: throwing(new TokenError('ERR_TOKEN_SIGNATURE', 'no')) },
      'ERR_TOKEN_SIGNATURE',
    ],
    [
      'parses before it verifies',
      { verifyToken: (token, ...rest) => untyped([decodeToken(token), verifyToken(token, ...rest)][1]) },
      'ERR_TOKEN_MALFORMED',
    ],
  ])('finds a verifier that %s, and reports how to repeat the failure', (_, broken, got) => {
    const { failure, runs } = fuzz({ ...subject, ...broken }, budget);
    expect(failure).toMatchObject({ got, seed: budget.seed, run: runs - 1 });
    expect(failure?.expected).not.toBe(got);
    expect(runs).toBeLessThan(budget.runs);
  });
});

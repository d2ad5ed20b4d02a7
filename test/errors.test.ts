import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { asTokenError, TokenError } from '../src/errors.js';

describe('TokenError', () => {
  it('is an Error with a name, a code and, where there is one, a field', () => {
    const error = new TokenError('ERR_TOKEN_EXPIRED', 'exp has passed', 'exp');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'TokenError',
      code: 'ERR_TOKEN_EXPIRED',
      message: 'exp has passed',
      field: 'exp',
    });
    expect(String(error)).toBe('TokenError: exp has passed');
    expect(inspect(error)).toContain("code: 'ERR_TOKEN_EXPIRED'");
  });

  it('has no field where nothing is named', () => {
    expect('field' in new TokenError('ERR_TOKEN_MALFORMED', 'x')).toBe(false);
  });
});

describe('asTokenError', () => {
  it('passes a TokenError on, and throws everything else again', () => {
    const error = new TokenError('ERR_TOKEN_MALFORMED', 'x');
    expect(asTokenError(error)).toBe(error);
    const other = new RangeError('other');
    expect(() => asTokenError(other)).toThrow(other);
  });
});

/** TokenError: its members, how it prints, and instanceof across copies of the module. */

import { inspect } from 'node:util';

import { describe, expect, it, vi } from 'vitest';

import { TokenError } from '../src/errors.js';
import { decodeToken } from '../src/jwt.js';

/** Loads the module a second time, like a process that loads both the ESM and the CommonJS build. */
async function anotherCopy() {
  vi.resetModules();
  return { ...(await import('../src/errors.js')), ...(await import('../src/jwt.js')) };
}

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('TokenError', () => {
  const error = new TokenError('ERR_TOKEN_EXPIRED', 'exp has passed', 'exp');

  it('is an Error with a code and an optional field', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_TOKEN_EXPIRED', message: 'exp has passed', field: 'exp' });
    expect('field' in new TokenError('ERR_TOKEN_MALFORMED', 'x')).toBe(false);
  });

  it('prints its name, which bundlers can’t change, its code and its field', () => {
    expect(error.name).toBe('TokenError');
    const name = { value: 'TokenError', configurable: true, enumerable: false, writable: true };
    expect(Object.getOwnPropertyDescriptor(TokenError.prototype, 'name')).toEqual(name);
    expect(error.stack).toMatch(/^TokenError: exp has passed\n/);
    expect(String(error)).toBe('TokenError: exp has passed');
    expect(inspect(error)).toMatch(/^TokenError: exp has passed\n[^]*code: 'ERR_TOKEN_EXPIRED'[^]*field: 'exp'/);
    expect(Object.keys(error)).toEqual(['code', 'field']);
  });

  it('is an instance of the TokenError of every copy of the module', async () => {
    const other = await anotherCopy();
    expect(other.TokenError).not.toBe(TokenError);
    const theirs = errorOf(() => other.decodeToken('x'));
    const ours = errorOf(() => decodeToken('x'));
    expect(Object.getPrototypeOf(theirs)).toBe(other.TokenError.prototype);
    expect(theirs instanceof TokenError).toBe(true);
    expect(ours instanceof other.TokenError).toBe(true);
    // Releases share the mark, too.
    expect(Reflect.get(Object(theirs) as object, Symbol.for('100ms-tokens/TokenError'))).toBe(true);
  });

  it('has no other instances: not even a copy, or an error with the same name, class name and code', () => {
    const named = Object.assign(new Error('x'), { name: 'TokenError', code: error.code });
    const copies = [Object.assign({ name: error.name }, error), Object.assign(new Error('x'), error)];
    const others = [undefined, null, 'TokenError', 1, {}, new Error('x'), Object.create(null) as unknown, TokenError];
    for (const value of [named, ...copies, new (class TokenError extends Error {})('x'), ...others])
      expect(value instanceof TokenError, inspect(value)).toBe(false);
  });

  it('can be subclassed', async () => {
    class MyError extends TokenError {}
    class Further extends MyError {}
    const mine = new MyError('ERR_TOKEN_MALFORMED', 'x');
    const other = await anotherCopy();
    expect(mine).toBeInstanceOf(MyError);
    expect(mine instanceof TokenError).toBe(true);
    expect(mine instanceof other.TokenError).toBe(true);
    expect(new Further('ERR_TOKEN_MALFORMED', 'x') instanceof MyError).toBe(true);
    expect(mine instanceof Further).toBe(false);
    for (const value of [error, {}]) expect(value instanceof MyError).toBe(false);
  });
});

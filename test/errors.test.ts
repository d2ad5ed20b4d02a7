import { inspect } from 'node:util';

import { describe, expect, it, vi } from 'vitest';

import { assertTokenError, TokenError } from '../src/errors.js';
import { decodeToken } from '../src/jwt.js';

/** The module once more, as the CommonJS build is to the ES module in one process. */
async function anotherCopy() {
  vi.resetModules();
  return { ...(await import('../src/errors.js')), ...(await import('../src/jwt.js')) };
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('TokenError', () => {
  const error = new TokenError('ERR_TOKEN_EXPIRED', 'exp has passed', 'exp');

  it('is an Error with a code and, where there is one, a field', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_TOKEN_EXPIRED', message: 'exp has passed', field: 'exp' });
    expect('field' in new TokenError('ERR_TOKEN_MALFORMED', 'x')).toBe(false);
  });

  it('is printed by its name, which no bundler changes', () => {
    expect(error.name).toBe('TokenError');
    expect(error.stack).toMatch(/^TokenError: exp has passed\n/);
    expect(String(error)).toBe('TokenError: exp has passed');
    expect(inspect(error)).toMatch(/^TokenError: exp has passed\n[^]*code: 'ERR_TOKEN_EXPIRED'[^]*field: 'exp'/);
    expect(Object.keys(error)).toEqual(['code', 'field']);
  });

  it('of one copy of the module is a TokenError of another, in both directions', async () => {
    const other = await anotherCopy();
    expect(other.TokenError).not.toBe(TokenError);
    const theirs = thrownBy(() => other.decodeToken('x'));
    const ours = thrownBy(() => decodeToken('x'));
    expect(Object.getPrototypeOf(theirs)).toBe(other.TokenError.prototype);
    expect(theirs instanceof TokenError).toBe(true);
    // The mark joins releases, too.
    expect(Reflect.get(Object(theirs) as object, Symbol.for('100ms-tokens/TokenError'))).toBe(true);
    expect(ours instanceof other.TokenError).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an Error with its name and code', Object.assign(new Error('x'), { name: 'TokenError', code: error.code })],
    ['a copy by JSON', JSON.parse(JSON.stringify(Object.assign({ name: error.name }, error)))],
    ['a copy of its members', Object.assign({}, error)],
    ['a class of the same name', new (class TokenError extends Error {})('x')],
    ...[undefined, null, 'TokenError', 1, {}, new Error('x'), Object.create(null), TokenError].map(
      (value): [string, unknown] => [inspect(value).split('\n')[0] ?? '', value],
    ),
  ])('is not %s', (_, value) => {
    expect(value instanceof TokenError).toBe(false);
  });

  it('has subclasses that behave as ever', async () => {
    class MyError extends TokenError {}
    class Further extends MyError {}
    const mine = new MyError('ERR_TOKEN_MALFORMED', 'x');
    const other = await anotherCopy();
    expect(mine).toBeInstanceOf(MyError);
    expect(mine instanceof TokenError).toBe(true);
    expect(mine instanceof other.TokenError).toBe(true);
    expect(new Further('ERR_TOKEN_MALFORMED', 'x') instanceof MyError).toBe(true);
    expect(mine instanceof Further).toBe(false);
    expect(error instanceof MyError).toBe(false);
    expect({} instanceof MyError).toBe(false);
  });
});

it('assertTokenError throws everything but a TokenError again', () => {
  const check = (error: unknown) => () => {
    assertTokenError(error);
  };
  expect(check(new TokenError('ERR_TOKEN_MALFORMED', 'x'))).not.toThrow();
  const other = new RangeError('other');
  expect(check(other)).toThrow(other);
});

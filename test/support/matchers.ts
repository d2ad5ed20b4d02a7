/** `expect(act).toThrowTokenError(code, field?, message?)`: the one way in which tests look at a `TokenError`. */

import { expect } from 'vitest';

// Of errors.ts alone, since what is loaded here no test can mock.
import { TokenError, type TokenErrorCode } from '../../src/errors.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- must be declared as vitest declares it
  interface Matchers<T = any> {
    /** That a call throws a `TokenError` of this code, with just this field, and, where it is given, this message. */
    toThrowTokenError(code: TokenErrorCode, field?: string, message?: string): T;
  }
}

expect.extend({
  toThrowTokenError(act: () => unknown, code: TokenErrorCode, field?: string, message?: string) {
    const expected = { code, field, ...(message === undefined ? {} : { message }) };
    let actual: unknown = 'no error';
    try {
      act();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      actual = { code: error.code, field: error.field, ...(message === undefined ? {} : { message: error.message }) };
    }
    return {
      pass: this.equals(actual, expected),
      actual,
      expected,
      message: () => `not the TokenError that was expected`,
    };
  },
});

/** `expect(act).toThrowTokenError(code, field?, message?)`: how tests check a `TokenError`. */

import { expect } from 'vitest';

// Imports only errors.ts, because tests can't mock modules that are loaded here.
import { TokenError, type TokenErrorCode } from '../../src/errors.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- must match vitest's own declaration
  interface Matchers<T = any> {
    /** Expects a call to throw a `TokenError` with this code, exactly this field, and, if given, this message. */
    toThrowTokenError(code: TokenErrorCode, field?: string, message?: string): T;
  }
}

expect.extend({
  toThrowTokenError(act: () => unknown, code: TokenErrorCode, field?: string, message?: string) {
    const expected = { code, field, message };
    let actual: unknown = 'no error';
    try {
      act();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      actual = { code: error.code, field: error.field, message: message && error.message };
    }
    return { pass: this.equals(actual, expected), actual, expected, message: () => 'expected another TokenError' };
  },
});

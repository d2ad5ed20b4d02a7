/** Turns the library's errors into values. */

import { TokenError } from '../errors.js';

/** Returns what an action returns, or the library's error. */
export function attempt<Result>(action: () => Result): Result | TokenError {
  try {
    return action();
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
}

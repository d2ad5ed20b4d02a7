/** What a call throws, in the forms in which tests compare it. */

import { TokenError, type TokenErrorCode } from '../../src/index.js';

export interface Fault {
  code: TokenErrorCode;
  field?: string | undefined;
}

/** The `TokenError` that `act` throws. Other errors pass, and so does not throwing at all. */
export function faultOf(act: () => unknown): TokenError {
  try {
    act();
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The code and the field of the `TokenError` that `act` throws; nothing if it returns. Other errors pass. */
export function fault(act: () => unknown): Fault | undefined {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { code: error.code, field: error.field };
  }
  return undefined;
}

/** What a call throws, in the form in which tests compare it. */

import { TokenError, type TokenErrorCode } from '../../src/index.js';

export interface Fault {
  code: TokenErrorCode;
  field?: string | undefined;
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

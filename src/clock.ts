/** The clock. Asked each time, since a test may put another one in place of it. */

import { TokenError } from './errors.js';
import { MAX_NUMERIC_DATE } from './time.js';

/** Seconds since 1970, with their fraction. Throws where the clock gives no time: nothing is made or verified by guess. */
export function currentTime(): number {
  const now: unknown = Date.now(); // a broken mock gives null, say, and null / 1000 is 0
  if (typeof now === 'number' && now >= 0 && now <= MAX_NUMERIC_DATE * 1000) return now / 1000;
  throw new TokenError('ERR_INVALID_ARGUMENT', 'Date.now() must give milliseconds since 1970; is it mocked?');
}

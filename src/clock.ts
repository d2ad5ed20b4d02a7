/** The clock. Asked each time, since a test may put another one in place of it. */

import { TokenError } from './errors.js';
import { MAX_NUMERIC_DATE } from './time.js';

/** Seconds since 1970, with their fraction. Throws where the clock gives no time: nothing is made or verified by guess. */
export function currentTime(): number {
  const now = Date.now() / 1000;
  if (now >= 0 && now <= MAX_NUMERIC_DATE) return now;
  throw new TokenError('ERR_INVALID_ARGUMENT', 'Date.now() must give milliseconds since 1970; is it mocked?');
}

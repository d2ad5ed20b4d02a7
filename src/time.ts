/**
 * Durations, NumericDate (RFC 7519 §2: whole seconds since 1970) and every comparison of times.
 */

import { isDate } from 'node:util/types';

import { TokenError } from './errors.js';
import { type InputErrorCode, typeName } from './input.js';

/**
 * A length of time: a number of whole seconds, or decimal digits with a unit, such as `'30s'`, `'15m'`,
 * `'24h'` or `'90d'`. At most 90 days, the longest that 100ms takes.
 */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

/** The times of a token, each a NumericDate. */
export interface Validity {
  iat: number;
  nbf: number;
  exp: number;
}

export const MAX_DURATION = 90 * 86_400;

const DIGITS = /^\d+$/;
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

// The end of the year 9999. Later "seconds" are milliseconds: as such, the bound is a day of 1978.
export const MAX_NUMERIC_DATE = 253_402_300_799;

/** Whole seconds of a {@link Duration} between `minimum` and 90 days. */
export function durationSeconds(
  value: unknown,
  field: string,
  minimum: 0 | 1 = 1,
  code: InputErrorCode = 'ERR_INVALID_ARGUMENT',
): number {
  const fault = (problem: string) => new TokenError(code, `${field} ${problem}`, field);
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw fault(`is ${typeName(value)}, not a duration; pass whole seconds or a string such as '24h'`);
  }
  const seconds = typeof value === 'number' ? value : parseDuration(value);
  if (seconds === undefined) {
    throw fault(
      DIGITS.test(String(value))
        ? "is a string without a unit; write '3600s', '1h' or the number 3600"
        : "is not a duration; write whole digits and one unit, such as '30s', '15m', '24h' or '90d'",
    );
  }
  if (seconds > MAX_DURATION) throw fault('is over 90 days (7776000 seconds), the longest that 100ms takes');
  if (!Number.isInteger(seconds)) throw fault('is not a whole number of seconds; use Math.floor');
  if (seconds < minimum) throw fault(minimum === 0 ? 'must not be negative' : 'must be at least one second');
  return seconds;
}

function parseDuration(text: string): number | undefined {
  const digits = text.slice(0, -1);
  const unit = UNIT_SECONDS[text.slice(-1)];
  return unit !== undefined && DIGITS.test(digits) ? Number(digits) * unit : undefined;
}

/** Milliseconds since 1970 of a `Date`, of whatever realm (Jest runs tests in one of their own). */
export function dateMilliseconds(value: unknown, field: string): number {
  if (!isDate(value)) {
    throw new TokenError('ERR_INVALID_ARGUMENT', `${field} is ${typeName(value)}; pass a Date`, field);
  }
  const milliseconds = Date.prototype.getTime.call(value); // a patched getTime must not decide
  if (Number.isNaN(milliseconds)) {
    throw new TokenError('ERR_INVALID_ARGUMENT', `${field} is an invalid Date; check what it was made from`, field);
  }
  return milliseconds;
}

/** The NumericDate of a `Date` (floored to its second) or of whole seconds since 1970. */
export function numericDate(value: unknown, field: string): number {
  const fault = (problem: string) => new TokenError('ERR_INVALID_ARGUMENT', `${field} ${problem}`, field);
  if (typeof value !== 'number' && !isDate(value)) {
    throw fault(`is ${typeName(value)}; pass a Date or whole seconds since 1970`);
  }
  const seconds = typeof value === 'number' ? value : Math.floor(dateMilliseconds(value, field) / 1000);
  if (seconds > MAX_NUMERIC_DATE) {
    throw fault('is past the year 9999, so it is most likely in milliseconds; pass seconds: Math.floor(ms / 1000)');
  }
  if (seconds < 0) throw fault('is before 1970; pass a Date or whole seconds since 1970');
  if (!Number.isInteger(seconds)) throw fault('is not a whole number of seconds; use Math.floor');
  return seconds + 0; // -0 is written as 0, and read as it
}

/** The times of a token: `nbf` is `iat` unless given, and `exp` counts from `nbf`. */
export function validity(issuedAt: unknown, notBefore: unknown, expiresIn: unknown): Validity {
  const iat = numericDate(issuedAt, 'issuedAt');
  const nbf = notBefore === undefined ? iat : numericDate(notBefore, 'notBefore');
  return { iat, nbf, exp: nbf + durationSeconds(expiresIn, 'expiresIn') };
}

/** Whether `time` is still to come for a clock that may be up to `tolerance` seconds behind. */
export function isFuture(time: number, now: number, tolerance: number): boolean {
  return time > now + tolerance;
}

/**
 * Whether `exp` has come, `tolerance` seconds late (RFC 7519 §4.1.4: "on or after which" a token is refused).
 * A negative tolerance asks whether that much or less of the lifetime is left.
 */
export function isExpired(exp: number, now: number, tolerance: number): boolean {
  return now >= exp + tolerance;
}

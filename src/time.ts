/** Durations, NumericDates (RFC 7519 §2: Unix timestamps in seconds), the clock, and when a token is valid. */

import { fieldError, TokenError } from './errors.js';
import type { InputErrorCode } from './input.js';

/** A length of time with its unit: `'30s'`, `'15m'`, `'24h'` or `'90d'`. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/** The times in a token's claims, each a NumericDate. */
export interface Validity {
  iat: number;
  nbf: number;
  exp: number;
}

/** The status of a token at a point in time, judging only by its times. */
export type TimeStatus = 'not yet active' | 'active' | 'expired';

// In seconds.
export const HOUR = 3600;
export const DEFAULT_LIFETIME = 24 * HOUR; // as in the 100ms sample code
export const MAX_LIFETIME = 90 * 24 * HOUR; // 100ms rejects tokens with a longer lifetime

// In milliseconds. A Date from SECONDS_START to SECONDS_END was probably created from seconds, for a time in 2001 to 2969.
const SECONDS_START = 1_000_000_000;
const SECONDS_END = 31_536_000_000; // the end of 1970
const MAX_MILLISECONDS = 253_402_300_799_999; // the end of 9999

const DATE_ADVICE = 'for a Unix timestamp in seconds, write new Date(seconds * 1000)';
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: HOUR, d: 24 * HOUR };

/** Converts a {@link Duration} to seconds. Throws unless it's `min` to `max` seconds long. */
export function durationSeconds(
  value: unknown,
  field: string,
  min: 0 | 1 = 1,
  max = MAX_LIFETIME,
  code?: InputErrorCode,
): number {
  const isDuration = typeof value === 'string' && /^\d+[smhd]$/.test(value);
  const seconds = isDuration ? parseInt(value) * Number(UNIT_SECONDS[value.slice(-1)]) : NaN;
  if (seconds >= min && seconds <= max) return seconds;
  const range = `from ${String(min)}s to ${max === HOUR ? '1h' : '90d'}`;
  throw fieldError(field, `must be a string ${range} with a unit (s, m, h, d), such as '3600s'`, code);
}

/** Returns the time of a `Date` as a Unix timestamp in seconds, including its fraction, or throws. */
export function dateSeconds(value: unknown, field: string): number {
  if (value === undefined) throw fieldError(field, 'is missing');
  let milliseconds = NaN;
  try {
    // Works for a Date of any realm (Jest runs tests in its own), even if its getTime was replaced.
    milliseconds = Date.prototype.getTime.call(value as Date);
  } catch {
    // Not a Date.
  }
  if (milliseconds >= SECONDS_START && milliseconds < SECONDS_END)
    throw fieldError(field, `is in 1970; ${DATE_ADVICE}`);
  if (milliseconds >= 0 && milliseconds <= MAX_MILLISECONDS) return milliseconds / 1000;
  throw fieldError(field, `must be a valid Date from 1970 to 9999; ${DATE_ADVICE}`);
}

/** Returns the NumericDate of a `Date`, rounded down, or throws. */
export function numericDate(value: unknown, field: string): number {
  return Math.floor(dateSeconds(value, field));
}

/**
 * Reads the clock as a Unix timestamp in seconds, including its fraction. Throws if the clock is broken (a mock may
 * return `undefined`), because nothing may be signed or verified then. Reads the clock on every call, so fake timers work.
 */
export function currentTime(): number {
  const now: unknown = Date.now();
  if (typeof now === 'number' && now >= 0 && now <= MAX_MILLISECONDS) return now / 1000;
  throw new TokenError('ERR_INVALID_ARGUMENT', 'Date.now() must return milliseconds since 1970; is it mocked?');
}

export type TimeOptions = ReturnType<typeof readTimes>;

/** Reads the times that options set: NumericDates, and a lifetime in seconds. */
export function readTimes(given: Readonly<Record<'issuedAt' | 'notBefore' | 'expiresIn', unknown>>) {
  return {
    issuedAt: given.issuedAt === undefined ? undefined : numericDate(given.issuedAt, 'issuedAt'),
    notBefore: given.notBefore === undefined ? undefined : numericDate(given.notBefore, 'notBefore'),
    lifetime: given.expiresIn === undefined ? undefined : durationSeconds(given.expiresIn, 'expiresIn'),
  };
}

/**
 * Returns the times of a token that is valid from `notBefore` for `lifetime` seconds. Throws if it would be expired when
 * it's issued or at `now`, because such a token is never valid. `field` names the option to blame in that case.
 */
export function validity(
  issuedAt: number,
  notBefore: number,
  lifetime: number,
  field: 'issuedAt' | 'notBefore' = 'notBefore',
  now = issuedAt,
): Validity {
  const exp = notBefore + lifetime;
  if (exp > issuedAt && exp > now) return { iat: issuedAt, nbf: notBefore, exp };
  throw fieldError(field, 'is too early: the token is never valid; for tests, see 100ms-tokens/testing');
}

/**
 * Returns the claim that makes a token invalid at `now` (with `tolerance` seconds of leeway), or `undefined`. A token
 * is expired from `exp` on (RFC 7519 §4.1.4: "on or after which"). NaN is never valid.
 */
export function failedTime(
  { iat, nbf, exp }: Readonly<Validity>,
  now: number,
  tolerance = 0,
): keyof Validity | undefined {
  if (!(nbf <= now + tolerance)) return 'nbf';
  if (!(iat <= now + tolerance)) return 'iat';
  return now < exp + tolerance ? undefined : 'exp';
}

/** Returns the status of a token at `now`. */
export function statusAt(times: Readonly<Validity>, now: number, tolerance?: number): TimeStatus {
  const failed = failedTime(times, now, tolerance);
  return failed === undefined ? 'active' : failed === 'exp' ? 'expired' : 'not yet active';
}

/** Durations, NumericDate (RFC 7519 §2: whole seconds since 1970), and where a token's time is. */

import { fieldError } from './errors.js';
import type { InputErrorCode } from './input.js';

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

/** Where a token's time is. */
export type TimeStatus = 'not yet active' | 'active' | 'expired';

/** The lifetime of a token that does not say otherwise, as in 100ms's samples. */
export const DEFAULT_LIFETIME: Duration = '24h';

/** 90 days, the longest lifetime that 100ms takes. */
export const MAX_DURATION = 7_776_000;

export const HOUR = 3600;

// The end of the year 9999. Later "seconds" are milliseconds: as such, the bound is a day of 1978.
export const MAX_NUMERIC_DATE = 253_402_300_799;

const TIME = 'a valid Date or whole seconds since 1970';

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of a {@link Duration} from `min` to `max`, in seconds too. */
export function durationSeconds(
  value: unknown,
  field: string,
  min: 0 | 1 = 1,
  code?: InputErrorCode,
  max: typeof HOUR | typeof MAX_DURATION = MAX_DURATION,
): number {
  const seconds = typeof value === 'string' ? parseDuration(value) : value;
  if (isWhole(seconds) && seconds >= min && seconds <= max) return seconds;
  const most = max === HOUR ? '1h' : '90d';
  throw fieldError(
    field,
    `must be whole seconds or digits with a unit, such as '15m'; from ${String(min)} to '${most}'`,
    code,
  );
}

function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(digits) * (UNIT_SECONDS[unit] ?? NaN);
}

/** The NumericDate of a `Date` (floored to its second) or of whole seconds since 1970. */
export function numericDate(value: unknown, field: string): number {
  const seconds = typeof value === 'number' ? value : Math.floor(dateSeconds(value, field, TIME));
  if (isWhole(seconds) && seconds >= 0 && seconds <= MAX_NUMERIC_DATE) return seconds + 0; // of -0, 0
  const isLate = seconds > MAX_NUMERIC_DATE;
  throw fieldError(field, `must be ${isLate ? 'in seconds since 1970, not milliseconds' : TIME}`);
}

/** Seconds since 1970, with their fraction, of a `Date` of whatever realm (Jest runs tests in one of their own). */
export function dateSeconds(value: unknown, field: string, wanted = 'a valid Date'): number {
  try {
    // Throws for what is no Date, and a patched getTime of the value's own does not decide.
    const milliseconds = Date.prototype.getTime.call(value as Date);
    if (isWhole(milliseconds)) return milliseconds / 1000;
  } catch {
    // Not a Date, so not a valid one either.
  }
  throw fieldError(field, `must be ${wanted}`);
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** What is said of a token's times, unchecked. */
type TimeOptions = Readonly<Record<'issuedAt' | 'notBefore' | 'expiresIn', unknown>>;

/**
 * The times that options ask for: `nbf` is `iat` unless given, and `exp` counts from `nbf`, or from so many seconds
 * later as that was `backdated`.
 */
export function validity({ issuedAt, notBefore, expiresIn = DEFAULT_LIFETIME }: TimeOptions, backdated = 0): Validity {
  const iat = numericDate(issuedAt, 'issuedAt');
  const nbf = notBefore === undefined ? iat : numericDate(notBefore, 'notBefore');
  return { iat, nbf, exp: nbf + Math.min(durationSeconds(expiresIn, 'expiresIn') + backdated, MAX_DURATION) };
}

/**
 * The times of a token that is issued `now`, but backdated by `skew` seconds, for a server whose clock is ahead of
 * 100ms's. Its lifetime counts from now all the same, as far as the 90 days allow.
 */
export function validityFrom(now: number, skew: number, { notBefore, expiresIn }: TimeOptions): Validity {
  const second = Math.floor(now);
  const issuedAt = Math.max(0, second - skew);
  return validity({ issuedAt, notBefore, expiresIn }, notBefore === undefined ? second - issuedAt : 0);
}

/**
 * Where a token's time is for a clock that may be `tolerance` seconds off. From `exp` on a token is expired (RFC 7519
 * §4.1.4: "on or after which"). What is no number is in no time: only what certainly holds is active.
 */
export function statusAt({ iat, nbf, exp }: Readonly<Validity>, now: number, tolerance = 0): TimeStatus {
  if (!hasCome(nbf, now, tolerance) || !hasCome(iat, now, tolerance)) return 'not yet active';
  return now < exp + tolerance ? 'active' : 'expired';
}

/** Whether a time has come, for a clock that may be `tolerance` seconds behind. */
export function hasCome(time: number, now: number, tolerance = 0): boolean {
  return time <= now + tolerance;
}

/**
 * Durations, NumericDate (RFC 7519 §2: whole seconds since 1970) and every comparison of times.
 */

import { fieldError } from './errors.js';
import type { InputErrorCode } from './input.js';

/**
 * A length of time: a number of whole seconds, or decimal digits with a unit, such as `'30s'`, `'15m'`,
 * `'24h'` or `'90d'`. At most 90 days, the longest that 100ms takes.
 */
export type Duration = number | `${number}${'s' | 'm' | 'h' | 'd'}`;

/** What the caller says of the times of a token. */
export interface TimeOptions {
  /** `iat`: a `Date` (floored to its second) or whole seconds since 1970. Default: now less `clockSkew`. */
  issuedAt?: Date | number | undefined;
  /** `nbf`: a `Date` (floored to its second) or whole seconds since 1970. Default: `iat`. */
  notBefore?: Date | number | undefined;
  /** `exp` is `nbf` plus this. Default: the builder's `expiresIn`. */
  expiresIn?: Duration | undefined;
}

/** The times of a token, each a NumericDate. */
export interface Validity {
  iat: number;
  nbf: number;
  exp: number;
}

/** The lifetime of a token that does not say otherwise, as in 100ms's samples. */
export const DEFAULT_LIFETIME: Duration = '24h';

export const MAX_DURATION = 90 * 86_400;

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

// The end of the year 9999. Later "seconds" are milliseconds: as such, the bound is a day of 1978.
export const MAX_NUMERIC_DATE = 253_402_300_799;

/** Whole seconds of a {@link Duration} between `minimum` and 90 days. */
export function durationSeconds(value: unknown, field: string, minimum: 0 | 1 = 1, code?: InputErrorCode): number {
  const seconds = typeof value === 'string' ? parseDuration(value) : value;
  if (isWhole(seconds) && seconds >= minimum && seconds <= MAX_DURATION) return seconds;
  throw fieldError(field, "is not a duration; pass whole seconds, '15m', '24h' or such, at most '90d'", code);
}

function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(digits) * (UNIT_SECONDS[unit] ?? NaN);
}

/** The NumericDate of a `Date` (floored to its second) or of whole seconds since 1970. */
export function numericDate(value: unknown, field: string): number {
  const seconds = typeof value === 'number' ? value : Math.floor(dateSeconds(value, field));
  if (isWhole(seconds) && seconds >= 0 && seconds <= MAX_NUMERIC_DATE) return seconds + 0; // of -0, 0
  throw fieldError(field, 'is not whole seconds since 1970; is it milliseconds?');
}

/** Seconds since 1970, with their fraction, of a `Date` of whatever realm (Jest runs tests in one of their own). */
export function dateSeconds(value: unknown, field: string): number {
  try {
    // Throws for what is no Date, and a patched getTime of the value's own does not decide.
    const milliseconds = Date.prototype.getTime.call(value as Date);
    if (isWhole(milliseconds)) return milliseconds / 1000;
  } catch {
    // Not a Date, so not a valid one either.
  }
  throw fieldError(field, 'is not a valid Date; pass one');
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** The times of a token: `nbf` is `iat` unless given, and `exp` counts from `nbf`. */
export function validity({ issuedAt, notBefore, expiresIn = DEFAULT_LIFETIME }: TimeOptions): Validity {
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

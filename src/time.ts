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

const OR_SECONDS = ' or whole seconds since 1970';

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
  if (!isWhole(seconds)) throw fieldError(field, "must be whole seconds, or digits with a unit, such as '15m'", code);
  if (seconds >= min && seconds <= max) return seconds;
  const most = max === HOUR ? '1h' : '90d';
  throw fieldError(field, `must be from ${String(min)}s to ${most}; a number is seconds, not milliseconds`, code);
}

function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(digits) * (UNIT_SECONDS[unit] ?? NaN);
}

/** The NumericDate of a `Date` (floored to its second) or of whole seconds since 1970. */
export function numericDate(value: unknown, field: string): number {
  const seconds = typeof value === 'number' ? value : Math.floor(dateSeconds(value, field, OR_SECONDS));
  if (isWhole(seconds) && seconds >= 0 && seconds <= MAX_NUMERIC_DATE) return seconds + 0; // of -0, 0
  throw dateError(field, OR_SECONDS + (seconds > MAX_NUMERIC_DATE ? ', not milliseconds' : ''));
}

/** Seconds since 1970, with their fraction, of a `Date` of whatever realm (Jest runs tests in one of their own). */
export function dateSeconds(value: unknown, field: string, alternative = ''): number {
  if (value === undefined) throw fieldError(field, 'is missing');
  try {
    // Throws for what is no Date, and a patched getTime of the value's own does not decide.
    const milliseconds = Date.prototype.getTime.call(value as Date);
    if (isWhole(milliseconds)) return milliseconds / 1000;
  } catch {
    // Not a Date, so not a valid one either.
  }
  throw dateError(field, alternative);
}

function dateError(field: string, alternative: string) {
  return fieldError(field, `must be a valid Date${alternative}`);
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** What is said of a token's times, unchecked. */
type TimeOptions = Readonly<Record<'issuedAt' | 'notBefore' | 'expiresIn', unknown>>;

/**
 * The times that options ask for. `nbf` is `iat` unless given, and `exp` counts from it. Where `iat` is to be taken from
 * the clock, `now` says what that shows: `iat` is so many seconds of `skew` earlier, but `exp` counts from now itself, as
 * far as the 90 days allow.
 */
export function validity(
  options: TimeOptions,
  lifetime: Duration = DEFAULT_LIFETIME,
  now?: number,
  skew = 0,
): Validity {
  const { issuedAt, notBefore, expiresIn = lifetime } = options;
  const iat = now === undefined ? numericDate(issuedAt, 'issuedAt') : Math.max(0, now - skew);
  const nbf = notBefore === undefined ? iat : numericDate(notBefore, 'notBefore');
  const start = now === undefined || notBefore !== undefined ? nbf : now;
  return { iat, nbf, exp: Math.min(start + durationSeconds(expiresIn, 'expiresIn'), nbf + MAX_DURATION) };
}

/**
 * Which of a token's times is wrong for a clock that may be `tolerance` seconds off, if one is. From `exp` on a token is
 * expired (RFC 7519 §4.1.4: "on or after which"). What is no number is wrong: only what certainly holds is right.
 */
export function wrongTime(
  { iat, nbf, exp }: Readonly<Validity>,
  now: number,
  tolerance = 0,
): keyof Validity | undefined {
  if (!(nbf <= now + tolerance)) return 'nbf';
  if (!(iat <= now + tolerance)) return 'iat';
  return now < exp + tolerance ? undefined : 'exp';
}

/** Where a token's time is. */
export function statusAt(times: Readonly<Validity>, now: number): TimeStatus {
  const wrong = wrongTime(times, now);
  return wrong === undefined ? 'active' : wrong === 'exp' ? 'expired' : 'not yet active';
}

/** Is this a valid 100ms token, now? Form, algorithm, signature, claims, times: in this order. */

import type { KeyObject } from 'node:crypto';

import type { AppClaims, ManagementClaims } from './claims.js';
import { signingKey } from './credentials.js';
import { fieldError, TokenError } from './errors.js';
import { checkObject } from './input.js';
import { isSignedBy, type JsonObject, parseToken } from './jwt.js';
import { dateSeconds, type Duration, durationSeconds, isExpired, isFuture, type Validity } from './time.js';

/** When, and how strictly, a token's times are checked. */
export interface VerifyOptions {
  /** The time to check `nbf`, `iat` and `exp` against. Default: now. */
  currentDate?: Date | undefined;
  /** Leeway on these times, for clocks that differ: seconds or a string such as `'30s'`. Default: 0. */
  clockTolerance?: Duration | undefined;
}

/** What a token must say beyond being valid. */
export interface Expected<Type extends TokenType = TokenType> {
  type?: Type;
  accessKey?: string;
}

type TokenType = 'management' | 'app';

const STRINGS = {
  management: ['access_key', 'jti'],
  app: ['access_key', 'room_id', 'user_id', 'role', 'jti'],
} as const;
const TIMES = ['iat', 'nbf', 'exp'] as const;

const VERIFY_OPTIONS = ['currentDate', 'clockTolerance'] as const satisfies (keyof VerifyOptions)[];

/**
 * Verifies a token: that its form is right, `alg` is `HS256`, the signature is this secret's (compared in
 * constant time), every claim of its type is there, and its time has come and not passed.
 *
 * Revocation is not checked: 100ms decides which `jti` it still takes.
 *
 * @param token - a compact JWT, without `Bearer `
 * @param secret - the app secret as the dashboard shows it, or a secret `KeyObject`
 * @param options - see {@link VerifyOptions}
 * @returns the claims, extra ones included; `type` tells which of the two they are
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` or `ERR_INVALID_ARGUMENT` for the secret or an option, then
 * in this order `ERR_TOKEN_MALFORMED`, `ERR_TOKEN_ALGORITHM`, `ERR_TOKEN_SIGNATURE`, `ERR_TOKEN_CLAIMS`,
 * `ERR_TOKEN_NOT_ACTIVE`, `ERR_TOKEN_EXPIRED`
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 * @see https://www.rfc-editor.org/rfc/rfc8725
 *
 * @example
 * ```ts
 * import { createTokenBuilder, verifyToken } from '100ms-tokens';
 *
 * const tokens = createTokenBuilder({ accessKey: 'your-access-key', secret: 'your-app-secret' });
 * const token = tokens.generateAppToken({ roomId: 'room-1', userId: 'José', role: 'guest' });
 *
 * const claims = verifyToken(token, 'your-app-secret', { clockTolerance: '30s' });
 * if (claims.type === 'app') console.log(claims.user_id); // José
 * ```
 */
export function verifyToken(
  token: string,
  secret: string | KeyObject,
  options?: VerifyOptions,
): ManagementClaims | AppClaims {
  return verifyWithKey(token, signingKey(secret), {}, options);
}

/** {@link verifyToken} for a checked key, a wanted type and a wanted access key. */
export function verifyWithKey(
  token: string,
  key: KeyObject,
  expected: Expected<'management'>,
  options?: VerifyOptions,
): ManagementClaims;
export function verifyWithKey(
  token: string,
  key: KeyObject,
  expected: Expected<'app'>,
  options?: VerifyOptions,
): AppClaims;
export function verifyWithKey(
  token: string,
  key: KeyObject,
  expected: Expected,
  options?: VerifyOptions,
): ManagementClaims | AppClaims;
export function verifyWithKey(
  token: string,
  key: KeyObject,
  expected: Expected,
  options: VerifyOptions = {},
): ManagementClaims | AppClaims {
  checkObject(options, 'options', VERIFY_OPTIONS);
  const { currentDate, clockTolerance = 0 } = options;
  const now = currentDate === undefined ? Date.now() / 1000 : dateSeconds(currentDate, 'currentDate');
  const tolerance = durationSeconds(clockTolerance, 'clockTolerance', 0);

  const parsed = parseToken(token);
  const { header, claims } = parsed;
  checkAlgorithm(header);
  if (!isSignedBy(parsed, key)) throw signatureFault();
  checkClaims(claims, expected);
  checkTimes(claims, now, tolerance);
  return claims;
}

/** Refuses every algorithm but HS256 (RFC 8725 §3.1) and extensions that must be understood (RFC 7515 §4.1.11). */
export function checkAlgorithm(header: JsonObject): void {
  if (own(header, 'alg') === 'HS256' && own(header, 'crit') === undefined) return;
  throw new TokenError('ERR_TOKEN_ALGORITHM', 'alg is not HS256, or the header has crit');
}

/** What is thrown where a signature does not hold. */
export function signatureFault(): TokenError {
  return new TokenError('ERR_TOKEN_SIGNATURE', "the signature is not this secret's; is it of another app?");
}

/** Narrows claims to one of the two claim sets, or throws `ERR_TOKEN_CLAIMS`. */
export function checkClaims(
  claims: JsonObject,
  expected: Expected = {},
): asserts claims is JsonObject & (ManagementClaims | AppClaims) {
  const type = own(claims, 'type');
  if ((type !== 'management' && type !== 'app') || type !== (expected.type ?? type)) {
    throw claimFault('type', `is not ${expected.type ?? 'management or app'}`);
  }
  for (const name of STRINGS[type]) {
    const value = own(claims, name);
    if (typeof value !== 'string' || value === '') throw claimFault(name, 'is empty or not a string');
  }
  if (own(claims, 'version') !== 2) throw claimFault('version', 'is not 2');
  for (const name of TIMES) {
    const value = own(claims, name);
    // A JSON number of 400 digits is Infinity.
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) {
      throw claimFault(name, 'is not a NumericDate');
    }
  }
  if (expected.accessKey !== undefined && claims.access_key !== expected.accessKey) {
    throw claimFault('access_key', "is not this builder's");
  }
}

/** Refuses a token before its time (`ERR_TOKEN_NOT_ACTIVE`) and after it (`ERR_TOKEN_EXPIRED`). */
export function checkTimes(times: Validity, now: number, tolerance: number): void {
  for (const name of ['nbf', 'iat'] as const) {
    if (isFuture(times[name], now, tolerance)) {
      throw fieldError(name, 'is in the future; check the clocks', 'ERR_TOKEN_NOT_ACTIVE');
    }
  }
  if (isExpired(times.exp, now, tolerance)) {
    throw fieldError('exp', 'has passed; make a new token', 'ERR_TOKEN_EXPIRED');
  }
}

/** A member of the object itself: a polluted `Object.prototype` fills no gap in a token. */
function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function claimFault(name: string, problem: string): TokenError {
  return fieldError(name, problem, 'ERR_TOKEN_CLAIMS');
}

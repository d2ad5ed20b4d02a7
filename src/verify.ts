/** Is this a valid 100ms token, now? Form, algorithm, signature, claims, times: in this order. */

import type { KeyObject } from 'node:crypto';

import type { AppClaims, ManagementClaims } from './claims.js';
import { currentTime } from './clock.js';
import { signingKey } from './credentials.js';
import { fieldError } from './errors.js';
import { own, takeOptions } from './input.js';
import { type JsonObject, verifyJwt } from './jwt.js';
import { dateSeconds, type Duration, durationSeconds, type Validity, wrongTime } from './time.js';

/** When, and how strictly, a token's times are checked. */
export interface VerifyOptions {
  /** The time to check `nbf`, `iat` and `exp` against. Default: now. */
  currentDate?: Date | undefined;
  /** Leeway on these times, for clocks that differ: seconds or a string such as `'30s'`. Default: 0. */
  clockTolerance?: Duration | undefined;
}

const VERIFY_OPTIONS: Readonly<Record<keyof VerifyOptions, undefined>> = {
  currentDate: undefined,
  clockTolerance: undefined,
};

interface ClaimSets {
  management: ManagementClaims;
  app: AppClaims;
}

/** What a token must say beyond being valid. */
export interface Expected<Type extends keyof ClaimSets> {
  type: Type | undefined;
  accessKey: string | undefined;
}

// With members of its own, lest a polluted Object.prototype tells what is expected.
const ANY = { type: undefined, accessKey: undefined };

const STRINGS = {
  management: ['access_key', 'jti'],
  app: ['access_key', 'room_id', 'user_id', 'role', 'jti'],
} as const;
const TIMES = ['iat', 'nbf', 'exp'] as const;

/**
 * Verifies a token: that its form is right, `alg` is `HS256`, the signature is this secret's (compared in
 * constant time), every claim of its type is there, and its time has come and not passed.
 *
 * Whether the room and the role exist is not checked: only 100ms knows.
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
  return verifyWithKey(token, signingKey(secret), ANY, options);
}

/** {@link verifyToken} with a checked key, for a token that is expected to say something more. */
export function verifyWithKey<Type extends keyof ClaimSets>(
  token: string,
  key: KeyObject,
  expected: Expected<Type>,
  options: VerifyOptions = {},
): ClaimSets[Type] {
  const { currentDate, clockTolerance = 0 } = takeOptions(options, 'options', VERIFY_OPTIONS);
  const now = currentDate === undefined ? currentTime() : dateSeconds(currentDate, 'currentDate');
  const tolerance = durationSeconds(clockTolerance, 'clockTolerance', 0);

  const claims = verifyJwt(token, key);
  checkClaims(claims, expected);
  checkTimes(claims, now, tolerance);
  return claims;
}

/** Narrows claims to one of the two claim sets, or throws `ERR_TOKEN_CLAIMS`. */
export function checkClaims<Type extends keyof ClaimSets>(
  claims: JsonObject,
  expected: Expected<Type> = ANY,
): asserts claims is JsonObject & ClaimSets[Type] {
  const found = own(claims, 'type');
  const type = found === 'app' ? 'app' : 'management';
  const wanted = expected.type ?? type;
  check(found === type, 'type', 'management or app');
  check(wanted === type, 'type', `${wanted}; this is the ${type} token`);
  for (const name of STRINGS[type]) check(isFilled(own(claims, name)), name, 'a string that is not empty');
  check(own(claims, 'version') === 2, 'version', '2');
  for (const name of TIMES) check(isTime(own(claims, name)), name, 'a number of seconds since 1970');
  const { accessKey = claims.access_key } = expected;
  check(claims.access_key === accessKey, 'access_key', "the builder's; this token belongs to another 100ms app");
}

function check(isRight: boolean, name: string, wanted: string): void {
  if (!isRight) throw fieldError(name, `must be ${wanted}`, 'ERR_TOKEN_CLAIMS');
}

const isFilled = (value: unknown) => typeof value === 'string' && value !== '';

// A JSON number of 400 digits is Infinity.
const isTime = (value: unknown) => typeof value === 'number' && value >= 0 && value < Infinity;

/** Refuses a token before its time (`ERR_TOKEN_NOT_ACTIVE`) and after it (`ERR_TOKEN_EXPIRED`). */
export function checkTimes(times: Validity, now: number, tolerance = 0): void {
  const field = wrongTime(times, now, tolerance);
  if (field === 'exp') throw fieldError(field, 'has passed; make a new token', 'ERR_TOKEN_EXPIRED');
  if (field !== undefined)
    throw fieldError(field, 'is in the future; compare the clocks, or wait', 'ERR_TOKEN_NOT_ACTIVE');
}

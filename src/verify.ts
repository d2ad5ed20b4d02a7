/** Verifies tokens: options, format, algorithm, signature, claims and times, in that order. */

import type { KeyObject } from 'node:crypto';

import type { AppClaims, ManagementClaims } from './claims.js';
import { secretKey } from './credentials.js';
import { fieldError } from './errors.js';
import { type Unchecked, ownMember, readOptions } from './input.js';
import { type JsonObject, verifyJwt } from './jwt.js';
import { currentTime, dateSeconds, type Duration, durationSeconds, failedTime, HOUR, type Validity } from './time.js';

/** Options for verifying a token. */
export interface VerifyOptions {
  /** The time at which the token must be valid. Defaults to now. */
  currentDate?: Date | undefined;
  /** Leeway for `exp`, `nbf` and `iat`, because clocks differ. Defaults to `'0s'`, at most `'1h'`. */
  clockTolerance?: Duration | undefined;
}

const VERIFY_OPTIONS: Unchecked<VerifyOptions> = { currentDate: undefined, clockTolerance: '0s' };

interface ClaimSets {
  management: ManagementClaims;
  app: AppClaims;
}

const STRINGS = {
  management: ['access_key', 'jti'],
  app: ['access_key', 'room_id', 'user_id', 'role', 'jti'],
} as const;
const TIMES = ['iat', 'nbf', 'exp'] as const;

/**
 * Verifies a token: its format, `alg`, the signature (in constant time), every claim of its type, and its times.
 * Only 100ms knows whether the room and the role exist.
 *
 * @param token - a compact JWT, without `Bearer `
 * @param secret - the app secret, exactly as the dashboard shows it
 * @param options - see {@link VerifyOptions}; with `currentDate`, the function is pure
 * @returns the claims, including extra ones; `type` distinguishes the two claim sets
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` or `ERR_INVALID_ARGUMENT` if the secret or an option is invalid,
 * otherwise whichever applies first: `ERR_TOKEN_MALFORMED`, `ERR_TOKEN_ALGORITHM`, `ERR_TOKEN_SIGNATURE`,
 * `ERR_TOKEN_CLAIMS`, `ERR_TOKEN_NOT_ACTIVE`, `ERR_TOKEN_EXPIRED`
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 *
 * @example
 * ```ts
 * import { createTokenBuilder, verifyToken } from '100ms-tokens';
 *
 * const tokens = createTokenBuilder({ accessKey: '64f0c1a2b3d4e5f6fa4e0000', secret: 'fake-app-secret' });
 * const token = tokens.generateAppToken({ roomId: '64f0c1a2b3d4e5f601234567', userId: 'José', role: 'guest' });
 *
 * const claims = verifyToken(token, 'fake-app-secret', { clockTolerance: '30s' });
 * if (claims.type === 'app') console.log(claims.user_id); // José
 * ```
 */
export function verifyToken(token: string, secret: string, options?: VerifyOptions): ManagementClaims | AppClaims {
  return verifyWithKey('verifyToken(token, secret, options)', token, secretKey(secret), options);
}

/** Verifies a token with a checked key and, if given, the expected type and access key. `call` is for messages. */
export function verifyWithKey<Type extends keyof ClaimSets>(
  call: string,
  token: string,
  key: KeyObject,
  options: VerifyOptions = {},
  type?: Type,
  accessKey?: string,
): ClaimSets[Type] {
  const { currentDate, clockTolerance } = readOptions(options, 'options', call, VERIFY_OPTIONS);
  const now = currentDate === undefined ? currentTime() : dateSeconds(currentDate, 'currentDate');
  const tolerance = durationSeconds(clockTolerance, 'clockTolerance', 0, HOUR);
  const claims = verifyJwt(token, key);
  checkClaims(claims, type, accessKey);
  checkTimes(claims, now, tolerance);
  return claims;
}

/** Narrows claims to a claim set, or throws `ERR_TOKEN_CLAIMS`. */
export function checkClaims<Type extends keyof ClaimSets>(
  claims: JsonObject,
  expectedType?: Type,
  accessKey?: string,
): asserts claims is JsonObject & ClaimSets[Type] {
  const found = ownMember(claims, 'type');
  const type = found === 'app' ? 'app' : 'management';
  check(claims, 'type', found === type, 'must be management or app');
  check(
    claims,
    'type',
    expectedType === undefined || type === expectedType,
    `must be ${String(expectedType)}, not ${type}`,
  );
  for (const name of STRINGS[type])
    check(claims, name, isFilled(ownMember(claims, name)), 'must be a non-empty string');
  check(claims, 'version', ownMember(claims, 'version') === 2, 'must be the number 2');
  for (const name of TIMES) check(claims, name, isTime(ownMember(claims, name)), 'must be a Unix timestamp in seconds');
  const isOwn = accessKey === undefined || claims.access_key === accessKey;
  check(claims, 'access_key', isOwn, "isn't the builder's; the token belongs to another 100ms app");
}

function check(claims: JsonObject, name: string, isValid: boolean, problem: string): void {
  if (isValid) return;
  const isMissing = ownMember(claims, name) === undefined;
  throw fieldError(name, isMissing ? 'is missing; JSON omits undefined' : problem, 'ERR_TOKEN_CLAIMS');
}

const isFilled = (value: unknown) => typeof value === 'string' && value !== '';

// A JSON number such as 1e400 is Infinity.
const isTime = (value: unknown) => typeof value === 'number' && value >= 0 && value < Infinity;

/** Throws `ERR_TOKEN_NOT_ACTIVE` if a token isn't valid yet, or `ERR_TOKEN_EXPIRED` if it isn't valid any more. */
export function checkTimes(times: Validity, now: number, tolerance = 0): void {
  const field = failedTime(times, now, tolerance);
  if (field === 'exp') throw fieldError(field, 'has passed; create a new token', 'ERR_TOKEN_EXPIRED');
  if (field !== undefined)
    throw fieldError(field, 'is in the future; compare the clocks, or wait', 'ERR_TOKEN_NOT_ACTIVE');
}

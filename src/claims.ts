/** The claim sets of the two 100ms tokens (RFC 7519 §4), built by pure functions. */

import { checkAccessKey } from './credentials.js';
import { checkObject, checkString } from './input.js';
import { APP_TOKEN_PARAMS, type AppTokenParams, TOKEN_OPTIONS, type TokenOptions } from './options.js';
import { type Duration, validity } from './time.js';

interface CommonClaims {
  /** The app access key. */
  access_key: string;
  /** The version of 100ms's token format. */
  version: 2;
  /** Issued at, in whole seconds since 1970 (RFC 7519 §4.1.6). */
  iat: number;
  /** Not valid before, in whole seconds since 1970 (RFC 7519 §4.1.5). */
  nbf: number;
  /** Expires at, in whole seconds since 1970; from then on it is refused (RFC 7519 §4.1.4). */
  exp: number;
  /** The id of this token (RFC 7519 §4.1.7). */
  jti: string;
}

/** What a management token says: its bearer may call the 100ms REST API. */
export interface ManagementClaims extends CommonClaims {
  type: 'management';
}

/** What an app token says: its bearer may join one room, as one user, in one role. */
export interface AppClaims extends CommonClaims {
  type: 'app';
  room_id: string;
  user_id: string;
  role: string;
}

/** What {@link managementClaims} takes. */
export interface ManagementClaimsInput {
  /** The app access key, from the developer section of the 100ms dashboard. */
  accessKey: string;
  /** `iat`: a `Date` (floored to its second) or whole seconds since 1970. */
  issuedAt: Date | number;
  /** The token's id, unique to it. */
  jti: string;
  /** `nbf`: a `Date` (floored to its second) or whole seconds since 1970. Default: `issuedAt`. */
  notBefore?: Date | number | undefined;
  /** `exp` is `nbf` plus this. Default: `'24h'`; at most 90 days. */
  expiresIn?: Duration | undefined;
}

/** What {@link appClaims} takes. */
export interface AppClaimsInput extends ManagementClaimsInput {
  /** The id of the room to join. */
  roomId: string;
  /** Your own id of the user; for an anonymous user any random string. */
  userId: string;
  /** The name of a role in the room's template. */
  role: string;
}

/**
 * Builds the claim set of a management token. Pure: no clock, no randomness, no environment.
 *
 * @param input - see {@link ManagementClaimsInput}; it is not changed
 * @returns the claims, in the order in which the token has them
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if `accessKey` is at fault, otherwise
 * `ERR_INVALID_ARGUMENT`; `field` names the fault
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { managementClaims } from '100ms-tokens';
 *
 * const claims = managementClaims({
 *   accessKey: 'your-access-key',
 *   issuedAt: new Date('2026-01-01T00:00:00Z'),
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 *   expiresIn: '1h',
 * });
 * console.log(claims.exp - claims.nbf); // 3600
 * ```
 */
export function managementClaims(input: ManagementClaimsInput): ManagementClaims {
  checkObject(input, 'input', ['accessKey', ...TOKEN_OPTIONS]);
  return buildManagementClaims(checkAccessKey(input.accessKey), input);
}

/** {@link managementClaims} of a checked access key, and of options that have no other keys. */
export function buildManagementClaims(access_key: string, options: TokenOptions): ManagementClaims {
  const { iat, nbf, exp } = validity(options);
  return { access_key, type: 'management', version: 2, iat, nbf, exp, jti: checkJti(options.jti) };
}

/**
 * Builds the claim set of an app token. Pure: no clock, no randomness, no environment.
 *
 * @param input - see {@link AppClaimsInput}; it is not changed
 * @returns the claims, in the order in which the token has them
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if `accessKey` is at fault, otherwise
 * `ERR_INVALID_ARGUMENT`; `field` names the fault
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { appClaims } from '100ms-tokens';
 *
 * const claims = appClaims({
 *   accessKey: 'your-access-key',
 *   roomId: '64f0c1a2b3d4e5f601234567',
 *   userId: 'user-1',
 *   role: 'guest',
 *   issuedAt: 1767225600, // whole seconds since 1970
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 * });
 * console.log(claims.exp - claims.nbf); // 86400
 * ```
 */
export function appClaims(input: AppClaimsInput): AppClaims {
  checkObject(input, 'input', ['accessKey', ...APP_TOKEN_PARAMS]);
  return buildAppClaims(checkAccessKey(input.accessKey), input, input);
}

/** {@link appClaims} of a checked access key, and of parameters and options that have no other keys. */
export function buildAppClaims(access_key: string, params: AppTokenParams, options: TokenOptions): AppClaims {
  const room_id = checkString(params.roomId, 'roomId', 'pass a room id');
  const user_id = checkString(
    params.userId,
    'userId',
    'pass a user id; for an anonymous one, 100ms takes any random string',
  );
  const role = checkString(params.role, 'role', 'pass a role name');
  const { iat, nbf, exp } = validity(options);
  return { access_key, room_id, user_id, role, type: 'app', version: 2, iat, nbf, exp, jti: checkJti(options.jti) };
}

function checkJti(jti: unknown): string {
  return checkString(jti, 'jti', 'pass a unique id');
}

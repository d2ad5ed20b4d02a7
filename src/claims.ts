/** The claim sets of the two 100ms tokens (RFC 7519 §4), built by pure functions. */

import { checkCredential } from './credentials.js';
import { checkString, takeOptions } from './input.js';
import { type AppClaimsInput, appClaimsInput, type ManagementClaimsInput, managementClaimsInput } from './options.js';
import { type Validity, validity } from './time.js';

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
  const given = takeOptions(input, 'input', managementClaimsInput());
  return buildManagementClaims(checkCredential(given.accessKey, 'accessKey'), validity(given), given.jti);
}

/** {@link managementClaims} of a checked access key and checked times. */
export function buildManagementClaims(access_key: string, { iat, nbf, exp }: Validity, jti: unknown): ManagementClaims {
  return { access_key, type: 'management', version: 2, iat, nbf, exp, jti: checkJti(jti) };
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
  const given = takeOptions(input, 'input', appClaimsInput());
  return buildAppClaims(checkCredential(given.accessKey, 'accessKey'), given, validity(given), given.jti);
}

/** {@link appClaims} of a checked access key and checked times. */
export function buildAppClaims(
  access_key: string,
  { roomId, userId, role }: Readonly<Record<'roomId' | 'userId' | 'role', unknown>>,
  { iat, nbf, exp }: Validity,
  jti: unknown,
): AppClaims {
  return {
    access_key,
    room_id: checkString(roomId, 'roomId'),
    user_id: checkString(userId, 'userId'),
    role: checkString(role, 'role'),
    type: 'app',
    version: 2,
    iat,
    nbf,
    exp,
    jti: checkJti(jti),
  };
}

function checkJti(jti: unknown): string {
  return checkString(jti, 'jti');
}

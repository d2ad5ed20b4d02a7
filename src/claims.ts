/** The claim sets of the two 100ms tokens (RFC 7519 §4), built by pure functions. */

import { checkAccessKey } from './credentials.js';
import { checkObject, checkString } from './input.js';
import { type Duration, validity } from './time.js';

/** The lifetime of a token that does not say otherwise, as in 100ms's samples. */
export const DEFAULT_LIFETIME: Duration = '24h';

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

const MANAGEMENT_KEYS = ['accessKey', 'issuedAt', 'jti', 'notBefore', 'expiresIn'] as const;
const MANAGEMENT_INPUT: ReadonlySet<string> = new Set<keyof ManagementClaimsInput>(MANAGEMENT_KEYS);
const APP_INPUT: ReadonlySet<string> = new Set<keyof AppClaimsInput>([
  ...MANAGEMENT_KEYS,
  'roomId',
  'userId',
  'role',
]);

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
  checkObject(input, 'input', MANAGEMENT_INPUT, 'ERR_INVALID_ARGUMENT');
  return buildManagementClaims(checkAccessKey(input.accessKey), input);
}

/** {@link managementClaims} of a checked access key and an object that has no other keys. */
export function buildManagementClaims(
  access_key: string,
  input: Omit<ManagementClaimsInput, 'accessKey'>,
): ManagementClaims {
  const { issuedAt, notBefore, expiresIn = DEFAULT_LIFETIME } = input;
  const { iat, nbf, exp } = validity(issuedAt, notBefore, expiresIn);
  return { access_key, type: 'management', version: 2, iat, nbf, exp, jti: checkJti(input.jti) };
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
 * console.log(claims.exp); // 1767312000, 24 hours later
 * ```
 */
export function appClaims(input: AppClaimsInput): AppClaims {
  checkObject(input, 'input', APP_INPUT, 'ERR_INVALID_ARGUMENT');
  return buildAppClaims(checkAccessKey(input.accessKey), input);
}

/** {@link appClaims} of a checked access key and an object that has no other keys. */
export function buildAppClaims(access_key: string, input: Omit<AppClaimsInput, 'accessKey'>): AppClaims {
  const { issuedAt, notBefore, expiresIn = DEFAULT_LIFETIME } = input;
  const room_id = checkString(input.roomId, 'roomId', 'pass the id of the room, not its name or its code');
  const user_id = checkString(
    input.userId,
    'userId',
    'pass your own id of the user as a string; for an anonymous user 100ms takes any random string, such as randomUUID()',
  );
  const role = checkString(input.role, 'role', "pass the name of a role in the room's template, such as 'host'");
  const { iat, nbf, exp } = validity(issuedAt, notBefore, expiresIn);
  return { access_key, room_id, user_id, role, type: 'app', version: 2, iat, nbf, exp, jti: checkJti(input.jti) };
}

function checkJti(jti: unknown): string {
  return checkString(jti, 'jti', 'pass an id that no other token has, such as randomUUID()');
}

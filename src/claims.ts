/** The parameters and the claim sets (RFC 7519 §4) of both 100ms tokens, as pure functions. */

import { checkCredential } from './credentials.js';
import { checkId, checkName, NAME_MISTAKES, readOptions, rejectExtra, stringCheck, type Unchecked } from './input.js';
import { DEFAULT_LIFETIME, type Duration, numericDate, readTimes, type Validity, validity } from './time.js';

/** Options for the times and the ID of one token. */
export interface TokenOptions {
  /** The `iat` claim, rounded down to whole seconds. Defaults to now minus the builder's `clockSkew`. */
  issuedAt?: Date | undefined;
  /** The `nbf` claim, rounded down to whole seconds. Defaults to `iat`. */
  notBefore?: Date | undefined;
  /**
   * Token lifetime, at most `'90d'`. Counts from `notBefore` if that is set, otherwise from `issuedAt` if that is set,
   * otherwise from now. Defaults to the builder's `expiresIn`, or `'24h'`.
   */
  expiresIn?: Duration | undefined;
  /** The `jti` claim, the token's unique ID. Defaults to a random UUID (version 4). */
  jti?: string | undefined;
}

interface RoomParams<Role extends string> {
  /** The ID of the room: 24 hex digits, from the dashboard or the REST API. A room code isn't a room ID. */
  roomId: string;
  /** Your own ID for the user. Use a random string for an anonymous user. */
  userId: string;
  /** The name of a role in the room's template. Case-sensitive. */
  role: Role;
}

/** The room, user and role of an app token, and options for its times and ID. */
export interface AppTokenParams<Role extends string = string> extends TokenOptions, RoomParams<Role> {}

/** Input for {@link managementClaims}. The access key, `issuedAt` and `jti` have no defaults. */
export interface ManagementClaimsInput extends TokenOptions {
  accessKey: string;
  issuedAt: Date;
  jti: string;
}

/** Input for {@link appClaims}. The access key, `issuedAt` and `jti` have no defaults. */
export interface AppClaimsInput extends ManagementClaimsInput, RoomParams<string> {}

export const TOKEN_OPTIONS: Unchecked<TokenOptions> = {
  issuedAt: undefined,
  notBefore: undefined,
  expiresIn: undefined,
  jti: undefined,
};
const ROOM_PARAMS: Unchecked<RoomParams<string>> = { roomId: undefined, userId: undefined, role: undefined };
export const APP_TOKEN_PARAMS: Unchecked<AppTokenParams> = { ...ROOM_PARAMS, ...TOKEN_OPTIONS };

interface CommonClaims {
  /** The app access key. */
  access_key: string;
  /** The version of the 100ms token format. */
  version: 2;
  /** Issued at: a Unix timestamp in seconds (RFC 7519 §4.1.6). */
  iat: number;
  /** Not valid before: a Unix timestamp in seconds (RFC 7519 §4.1.5). */
  nbf: number;
  /** Expires at: a Unix timestamp in seconds. From then on the token is rejected (RFC 7519 §4.1.4). */
  exp: number;
  /** The token's unique ID (RFC 7519 §4.1.7). */
  jti: string;
}

/** The claims of a management token, which grants access to the 100ms REST API. */
export interface ManagementClaims extends CommonClaims {
  type: 'management';
}

/** The claims of an app token, which lets a client join one room, as one user, in one role. */
export interface AppClaims extends CommonClaims {
  type: 'app';
  room_id: string;
  user_id: string;
  role: string;
}

/**
 * Builds the claims of a management token. Pure: no clock, no randomness, no environment.
 *
 * @returns the claims, in the order in which they're signed
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if `accessKey` is invalid, otherwise `ERR_INVALID_ARGUMENT`
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { managementClaims } from '100ms-tokens';
 *
 * const claims = managementClaims({
 *   accessKey: '64f0c1a2b3d4e5f6fa4e0000',
 *   issuedAt: new Date('2026-01-01T00:00:00Z'),
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 *   expiresIn: '1h',
 * });
 * console.log(claims.exp - claims.nbf); // 3600
 * ```
 */
export function managementClaims(input: ManagementClaimsInput): ManagementClaims;
export function managementClaims(input: ManagementClaimsInput, ...extra: unknown[]): ManagementClaims {
  const defaults: Unchecked<ManagementClaimsInput> = { accessKey: undefined, ...TOKEN_OPTIONS };
  const given = readOptions(input, 'input', 'managementClaims(input)', defaults);
  const claims = buildManagementClaims(checkCredential(given.accessKey, 'accessKey'), ...timesAndJti(given));
  rejectExtra(extra);
  return claims;
}

/**
 * Builds the claims of an app token. Pure: no clock, no randomness, no environment.
 *
 * @returns the claims, in the order in which they're signed
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if `accessKey` is invalid, otherwise `ERR_INVALID_ARGUMENT`
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { appClaims } from '100ms-tokens';
 *
 * const claims = appClaims({
 *   accessKey: '64f0c1a2b3d4e5f6fa4e0000',
 *   roomId: '64f0c1a2b3d4e5f601234567',
 *   userId: 'user-1',
 *   role: 'guest',
 *   issuedAt: new Date('2026-01-01T00:00:00Z'),
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 * });
 * console.log(claims.exp - claims.nbf); // 86400
 * ```
 */
export function appClaims(input: AppClaimsInput): AppClaims;
export function appClaims(input: AppClaimsInput, ...extra: unknown[]): AppClaims {
  const defaults: Unchecked<AppClaimsInput> = { accessKey: undefined, ...APP_TOKEN_PARAMS };
  const given = readOptions(input, 'input', 'appClaims(input)', defaults);
  const claims = buildAppClaims(checkCredential(given.accessKey, 'accessKey'), given, ...timesAndJti(given));
  rejectExtra(extra);
  return claims;
}

function timesAndJti(given: Unchecked<ManagementClaimsInput>): [Validity, jti: string] {
  const issuedAt = numericDate(given.issuedAt, 'issuedAt');
  const { notBefore = issuedAt, lifetime = DEFAULT_LIFETIME } = readTimes(given);
  return [validity(issuedAt, notBefore, lifetime), checkId(given.jti, 'jti')];
}

/** Returns the `jti` from the options, or a new one. */
export function jtiOf({ jti }: Unchecked<TokenOptions>, createJti: () => string): string {
  return jti === undefined ? createJti() : checkId(jti, 'jti');
}

/** Builds the claims of a management token from a checked access key and checked times. */
export function buildManagementClaims(access_key: string, { iat, nbf, exp }: Validity, jti: string): ManagementClaims {
  return { access_key, type: 'management', version: 2, iat, nbf, exp, jti };
}

const ROOM_ID_ADVICE = 'a room ID is 24 hex digits, from the dashboard or the REST API';
export const checkRoomId = stringCheck(
  [
    ...NAME_MISTAKES,
    [/^[a-z]{3}-[a-z]{3,4}-[a-z]{3}$/, `is a room code, not a room ID; ${ROOM_ID_ADVICE}`],
    [/\//, `is a link, not a room ID; ${ROOM_ID_ADVICE}`],
  ],
  /^[0-9a-f]+$/,
);

/** Builds the claims of an app token from a checked access key and checked times. */
export function buildAppClaims(
  access_key: string,
  { roomId, userId, role }: Unchecked<RoomParams<string>>,
  { iat, nbf, exp }: Validity,
  jti: string,
): AppClaims {
  return {
    access_key,
    room_id: checkRoomId(roomId, 'roomId'),
    user_id: checkId(userId, 'userId'),
    role: checkName(role, 'role'),
    type: 'app',
    version: 2,
    iat,
    nbf,
    exp,
    jti,
  };
}

/** What callers say of a token: every input type, once, and the keys that each of them has. */

import type { Duration } from './time.js';

/** The times and the id of one token. */
export interface TokenOptions {
  /** `iat`: a `Date` (floored to its second) or whole seconds since 1970. Default: now less `clockSkew`. */
  issuedAt?: Date | number | undefined;
  /** `nbf`: a `Date` (floored to its second) or whole seconds since 1970. Default: `iat`. */
  notBefore?: Date | number | undefined;
  /**
   * How long the token lasts: from `notBefore` if that is given, else from `issuedAt` if that is, else from now.
   * Default: `'24h'`, or the builder's `expiresIn`; at most 90 days.
   */
  expiresIn?: Duration | undefined;
  /** The token's id. Default: a random UUID (v4). */
  jti?: string | undefined;
}

interface RoomParams<Role extends string> {
  /** The id of the room to join. */
  roomId: string;
  /** Your own id of the user; for an anonymous user any random string. */
  userId: string;
  /** The name of a role in the room's template; 100ms tells upper case from lower case. */
  role: Role;
}

/** Who may join which room, and as what. */
export interface AppTokenParams<Role extends string = string> extends TokenOptions, RoomParams<Role> {}

/** What `managementClaims` takes: what a builder knows by itself must be given here. */
export interface ManagementClaimsInput extends TokenOptions {
  /** The app access key, from the Developer section of the 100ms dashboard. */
  accessKey: string;
  /** `iat`: a `Date` (floored to its second) or whole seconds since 1970. */
  issuedAt: Date | number;
  /** The token's id, unique to it. */
  jti: string;
}

/** What `appClaims` takes. */
export interface AppClaimsInput extends ManagementClaimsInput, RoomParams<string> {}

/** Every key of a type: one that is missing here does not compile. */
type Keys<T> = Readonly<Record<keyof T, undefined>>;

export const TOKEN_OPTIONS: Keys<TokenOptions> = {
  issuedAt: undefined,
  notBefore: undefined,
  expiresIn: undefined,
  jti: undefined,
};
export const APP_TOKEN_PARAMS: Keys<AppTokenParams> = {
  roomId: undefined,
  userId: undefined,
  role: undefined,
  ...TOKEN_OPTIONS,
};
// Functions, so that a bundle without the pure functions has nothing of them.
export const managementClaimsInput = (): Keys<ManagementClaimsInput> => ({ accessKey: undefined, ...TOKEN_OPTIONS });
export const appClaimsInput = (): Keys<AppClaimsInput> => ({ accessKey: undefined, ...APP_TOKEN_PARAMS });

/** What the caller says of one token. */

import type { Duration } from './time.js';

/** The times and the id of one token. */
export interface TokenOptions {
  /** `iat`: a `Date` (floored to its second) or whole seconds since 1970. Default: now less `clockSkew`. */
  issuedAt?: Date | number | undefined;
  /** `nbf`: a `Date` (floored to its second) or whole seconds since 1970. Default: `iat`. */
  notBefore?: Date | number | undefined;
  /** `exp` is `nbf` plus this. Default: the builder's `expiresIn`. */
  expiresIn?: Duration | undefined;
  /** The token's id. Default: a random UUID (v4). */
  jti?: string | undefined;
}

/** Who may join which room, and as what. */
export interface AppTokenParams<Role extends string = string> extends TokenOptions {
  /** The id of the room to join. */
  roomId: string;
  /** Your own id of the user; for an anonymous user any random string. */
  userId: string;
  /** The name of a role in the room's template. */
  role: Role;
}

export const TOKEN_OPTIONS = ['issuedAt', 'notBefore', 'expiresIn', 'jti'] as const satisfies (keyof TokenOptions)[];
export const APP_TOKEN_PARAMS = ['roomId', 'userId', 'role', ...TOKEN_OPTIONS] as const satisfies (keyof AppTokenParams)[];

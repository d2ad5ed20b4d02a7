/** What the caller says of one token. */

import type { TimeOptions } from './time.js';

/** The times and the id of one token. */
export interface TokenOptions extends TimeOptions {
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
export const APP_TOKEN_PARAMS = [
  'roomId',
  'userId',
  'role',
  ...TOKEN_OPTIONS,
] as const satisfies (keyof AppTokenParams)[];

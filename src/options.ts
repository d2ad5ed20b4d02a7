/** What the caller says of one token: shapes, and the check that nothing else was said. */

import { checkObject } from './input.js';
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

const OPTION_KEYS = ['issuedAt', 'notBefore', 'expiresIn', 'jti'] as const;
const TOKEN_OPTIONS: ReadonlySet<string> = new Set<keyof TokenOptions>(OPTION_KEYS);
const APP_TOKEN_PARAMS: ReadonlySet<string> = new Set<keyof AppTokenParams>([
  'roomId',
  'userId',
  'role',
  ...OPTION_KEYS,
]);

/** Refuses what is no {@link TokenOptions} object, and keys that it does not have. */
export function checkTokenOptions(options: unknown): void {
  checkObject(options, 'options', TOKEN_OPTIONS, 'ERR_INVALID_ARGUMENT');
}

/** Refuses what is no {@link AppTokenParams} object, and keys that it does not have. */
export function checkAppTokenParams(params: unknown): void {
  checkObject(params, 'params', APP_TOKEN_PARAMS, 'ERR_INVALID_ARGUMENT');
}

/** Signs claims, and defines the two branded token types. */

import type { KeyObject } from 'node:crypto';

import type { AppClaims, ManagementClaims } from './claims.js';
import { secretKey } from './credentials.js';
import { rejectExtra } from './input.js';
import { signJwt } from './jwt.js';

/** A signed management token. It grants access to the 100ms REST API: keep it on the server. Not an {@link AppToken}. */
export type ManagementToken = string & { readonly '100ms token': 'management' };

/** A signed app token ("auth token" in newer 100ms docs) for one user's client. Not a {@link ManagementToken}. */
export type AppToken = string & { readonly '100ms token': 'app' };

interface Tokens {
  management: ManagementToken;
  app: AppToken;
}

/** Signs claims with a checked key. */
export function signClaims<Type extends keyof Tokens>(claims: { type: Type }, key: KeyObject): Tokens[Type] {
  return signJwt(claims, key) as Tokens[Type];
}

/**
 * Signs claims with HS256 (RFC 7518 §3.2). Pure: the same claims and secret produce the same token.
 *
 * The 100ms web client can read the token, whatever is in it: the payload is ASCII, and its base64url has no `-` or `_`.
 *
 * @param claims - from `managementClaims` or `appClaims`, or any other JSON object, whose contents aren't checked
 * @param secret - the app secret, exactly as the dashboard shows it; its UTF-8 bytes are the key
 * @returns the token, a compact JWT of at most 65,536 characters
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if `secret` is invalid, `ERR_INVALID_ARGUMENT` if `claims` isn't a JSON
 * object or is too long, or if extra arguments are passed
 *
 * @example
 * ```ts
 * import { managementClaims, signToken } from '100ms-tokens';
 *
 * const claims = managementClaims({
 *   accessKey: '64f0c1a2b3d4e5f6fa4e0000',
 *   issuedAt: new Date('2026-01-01T00:00:00Z'),
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 * });
 * const token = signToken(claims, 'fake-app-secret'); // a ManagementToken
 * console.log(token.split('.').length); // 3
 * ```
 */
export function signToken(claims: ManagementClaims, secret: string): ManagementToken;
export function signToken(claims: AppClaims, secret: string): AppToken;
export function signToken(claims: object, secret: string): string;
export function signToken(claims: object, secret: string, ...extra: unknown[]): string {
  const key = secretKey(secret);
  const token = signJwt(claims, key);
  rejectExtra(extra, 'set iat, nbf and exp in the claims instead');
  return token;
}

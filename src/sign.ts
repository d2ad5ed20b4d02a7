/** Signed tokens: the two branded types, and the function that makes them of claims. */

import type { KeyObject } from 'node:crypto';

import type { AppClaims, ManagementClaims } from './claims.js';
import { signingKey } from './credentials.js';
import { refuseSurplus } from './input.js';
import { signJwt } from './jwt.js';

/**
 * A signed management token. It calls the REST API with all rights of the account: keep it on the server.
 * A string, but not assignable to {@link AppToken}.
 */
export type ManagementToken = string & { readonly '100ms token': 'management' };

/**
 * A signed app token ("auth token" in newer 100ms pages), for the client of the user it names.
 * A string, but not assignable to {@link ManagementToken}.
 */
export type AppToken = string & { readonly '100ms token': 'app' };

/** {@link signToken} with a checked key, for claims whose `type` is known. */
export function signWithKey<Type extends keyof Tokens>(claims: { type: Type }, key: KeyObject): Tokens[Type] {
  return signJwt(claims, key) as Tokens[Type];
}

interface Tokens {
  management: ManagementToken;
  app: AppToken;
}

/**
 * Signs claims with HS256 (RFC 7518 §3.2). Pure: the same claims and secret give the same bytes.
 *
 * Client-safe: the payload is ASCII in base64url without `-` and `_`, so that `atob` reads it too.
 *
 * @param claims - from `managementClaims` or `appClaims`, or any other JSON object, which is then not checked
 * @param secret - the app secret as the dashboard shows it (its UTF-8 bytes are the key, it is not
 * base64-decoded), or a secret `KeyObject`
 * @returns the compact token
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` (`field: 'secret'`), or `ERR_INVALID_ARGUMENT`
 * (`field: 'claims'`) for what `JSON.stringify` cannot write as an object; also (`field: 'options'`) for options as
 * `jsonwebtoken` takes them, which would be ignored: the times are claims
 *
 * @example
 * ```ts
 * import { managementClaims, signToken } from '100ms-tokens';
 *
 * const claims = managementClaims({
 *   accessKey: 'your-access-key',
 *   issuedAt: new Date('2026-01-01T00:00:00Z'),
 *   jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
 * });
 * const token = signToken(claims, 'your-app-secret'); // a ManagementToken
 * console.log(token.split('.').length); // 3
 * ```
 */
export function signToken(claims: ManagementClaims, secret: string | KeyObject): ManagementToken;
export function signToken(claims: AppClaims, secret: string | KeyObject): AppToken;
export function signToken(claims: object, secret: string | KeyObject): string;
export function signToken(claims: object, secret: string | KeyObject, surplus?: unknown): string {
  refuseSurplus(surplus, 'the times are claims');
  return signJwt(claims, signingKey(secret));
}

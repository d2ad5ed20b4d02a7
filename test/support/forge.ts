/** Makes tokens as RFC 7515 §3.1 says, by other code than the package's, and without any check. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import type { AppClaims, ManagementClaims } from '../../src/index.js';

export const ACCESS_KEY = 'fake-access-key';
export const SECRET = 'fake-app-secret';

/** Seconds since 1970: the time as of which the tokens here are valid. */
export const NOW = 1_750_000_000;

export const HEADER = { alg: 'HS256', typ: 'JWT' };

export const APP: AppClaims = {
  access_key: ACCESS_KEY,
  room_id: 'room-1',
  user_id: 'user-1',
  role: 'guest',
  type: 'app',
  version: 2,
  iat: NOW,
  nbf: NOW,
  exp: NOW + 3600,
  jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
};

export const MANAGEMENT: ManagementClaims = {
  access_key: ACCESS_KEY,
  type: 'management',
  version: 2,
  iat: NOW,
  nbf: NOW,
  exp: NOW + 3600,
  jti: '6d2f0e5c-3b8f-4c57-8e9d-7f1b9e210c6a',
};

/** A value to write as JSON, or the JSON itself (if a string) or its bytes as they are. */
export type Content = object | string | Uint8Array;

export function base64url(content: Content): string {
  const raw = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  return Buffer.from(raw).toString('base64url');
}

/** Appends the HS256 signature to a signing input, whatever that is. */
export function signed(signingInput: string, secret = SECRET): string {
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/** A token of any header and any claims. */
export function forge(header: Content, claims: Content, secret = SECRET): string {
  return signed(`${base64url(header)}.${base64url(claims)}`, secret);
}

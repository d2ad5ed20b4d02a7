/** Creates tokens as RFC 7515 §3.1 describes, with code other than the package's, and without any check. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import type { AppClaims, Duration, ManagementClaims } from '../../src/index.js';

/** A value to write as JSON, or the JSON (a string) or its bytes. */
export type Content = object | string | Uint8Array;

export const ACCESS_KEY = 'fake-access-key';
export const SECRET = 'fake-app-secret';

/** Returns the time of a Unix timestamp in seconds, to the millisecond. */
export const date = (timestamp: number) => new Date(Math.round(timestamp * 1000));
export const seconds = (count: number) => `${String(count)}s` as Duration;

/** The Unix timestamp in seconds as of which the tokens here are valid, and the same as a `Date`. */
export const NOW = 1_750_000_000;
export const at = date(NOW);

export const HEADER = { alg: 'HS256', typ: 'JWT' };

const common = {
  version: 2,
  iat: NOW,
  nbf: NOW,
  exp: NOW + 3600,
  jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
} as const;
const room = { room_id: '64f0c1a2b3d4e5f601234567', user_id: 'user-1', role: 'guest' };
export const APP: AppClaims = { access_key: ACCESS_KEY, ...room, type: 'app', ...common };
export const MANAGEMENT: ManagementClaims = { access_key: ACCESS_KEY, type: 'management', ...common };

export function base64url(content: Content): string {
  const raw = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  return Buffer.from(raw).toString('base64url');
}

/** Appends the HS256 signature to a signing input, whatever that is. */
export function signed(signingInput: string, secret: string | Buffer = SECRET): string {
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/** Returns a token with any header and any claims. */
export function forge(header: Content, claims: Content, secret: string | Buffer = SECRET): string {
  return signed(`${base64url(header)}.${base64url(claims)}`, secret);
}

/** Returns a copy of an object without one of its members. */
export function without(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

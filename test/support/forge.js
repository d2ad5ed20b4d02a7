/** Makes tokens as RFC 7515 §3.1 says, by other code than the package's, and without any check. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

/** @typedef {import('../../src/index.js').AppClaims} AppClaims */
/** @typedef {import('../../src/index.js').ManagementClaims} ManagementClaims */
/** @typedef {object | string | Uint8Array} Content A value to write as JSON, or the JSON (a string) or its bytes. */

export const ACCESS_KEY = 'fake-access-key';
export const SECRET = 'fake-app-secret';

/** Seconds since 1970: the time as of which the tokens here are valid. */
export const NOW = 1_750_000_000;

export const HEADER = { alg: 'HS256', typ: 'JWT' };

/** @type {AppClaims} */
export const APP = {
  access_key: ACCESS_KEY,
  room_id: '64f0c1a2b3d4e5f601234567',
  user_id: 'user-1',
  role: 'guest',
  type: 'app',
  version: 2,
  iat: NOW,
  nbf: NOW,
  exp: NOW + 3600,
  jti: '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21',
};

/** @type {ManagementClaims} */
export const MANAGEMENT = {
  access_key: ACCESS_KEY,
  type: 'management',
  version: 2,
  iat: NOW,
  nbf: NOW,
  exp: NOW + 3600,
  jti: '6d2f0e5c-3b8f-4c57-8e9d-7f1b9e210c6a',
};

/** @param {Content} content */
export function base64url(content) {
  const raw = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  return Buffer.from(raw).toString('base64url');
}

/**
 * Appends the HS256 signature to a signing input, whatever that is.
 *
 * @param {string} signingInput
 */
export function signed(signingInput, secret = SECRET) {
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/**
 * A token of any header and any claims.
 *
 * @param {Content} header
 * @param {Content} claims
 */
export function forge(header, claims, secret = SECRET) {
  return signed(`${base64url(header)}.${base64url(claims)}`, secret);
}

/**
 * Claims less one of them.
 *
 * @param {object} claims
 * @param {string} name
 */
export function without(claims, name) {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

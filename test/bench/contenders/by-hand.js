/** The primitives by hand: JSON, base64url, a UUID and an HMAC, with hardly any checks. */

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

import { appClaims, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {object} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** @param {string} input */
const hmac = (input) => createHmac('sha256', key).update(input).digest('base64url');
/** @type {(text: string) => ReturnType<typeof appClaims>} */
const parse = JSON.parse;

const HEADER = part({ alg: 'HS256', typ: 'JWT' });

/** @param {string} userId */
export function createToken(userId) {
  const input = `${HEADER}.${part(appClaims(userId))}`;
  return `${input}.${hmac(input)}`;
}

/** @param {string} token */
export function verify(token) {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = hmac(`${header}.${payload}`);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw new Error('invalid signature');
  const claims = parse(Buffer.from(payload, 'base64url').toString());
  if (claims.exp <= Date.now() / 1000) throw new Error('expired');
  return claims;
}

/** The floor: JSON, base64url, a UUID and an HMAC written out by hand, and next to nothing checked. */

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

import { appClaims, managementClaims, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {object} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** @param {string} input */
const hmac = (input) => createHmac('sha256', key).update(input).digest('base64url');
/** @type {(text: string) => ReturnType<typeof appClaims>} */
const parse = JSON.parse;

const HEADER = part({ alg: 'HS256', typ: 'JWT' });

/** @param {object} claims */
function sign(claims) {
  const input = `${HEADER}.${part(claims)}`;
  return `${input}.${hmac(input)}`;
}

/** @param {string} userId */
export const mintApp = (userId) => sign(appClaims(userId));
export const mintManagement = () => sign(managementClaims());

/** @param {string} token */
export function verify(token) {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = hmac(`${header}.${payload}`);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw new Error('wrong signature');
  const claims = parse(Buffer.from(payload, 'base64url').toString());
  if (claims.exp <= Date.now() / 1000) throw new Error('expired');
  return claims;
}

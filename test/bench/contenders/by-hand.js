/** A floor: the four primitives (JSON, base64url, UUID, HMAC) written out by hand, and nothing checked. */

import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, randomUUID, timingSafeEqual } from 'node:crypto';

import { appClaims, managementClaims, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (input) => createHmac('sha256', key).update(input).digest('base64url');
const HEADER = part({ alg: 'HS256', typ: 'JWT' });

function sign(claims) {
  const input = `${HEADER}.${part(claims)}`;
  return `${input}.${hmac(input)}`;
}

export const mintApp = (userId) => sign(appClaims(userId, randomUUID()));
export const mintManagement = () => sign(managementClaims(randomUUID()));

export function verify(token) {
  const [header, payload, signature] = token.split('.');
  const expected = hmac(`${header}.${payload}`);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw new Error('wrong signature');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (claims.exp <= Date.now() / 1000) throw new Error('expired');
  return claims;
}

/** jose at its best: a KeyObject, of which it keeps the CryptoKey. It works through Web Crypto, so it is async. */

import { createSecretKey } from 'node:crypto';

import { jwtVerify, SignJWT } from 'jose';

import { appClaims, managementClaims, secret } from '../../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {import('jose').JWTPayload} claims */
const sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);

/** @param {string} userId */
export const mintApp = (userId) => sign(appClaims(userId));
export const mintManagement = () => sign(managementClaims());

/** @param {string} token */
export async function verify(token) {
  /** @type {{ payload: object }} */
  const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
  return payload;
}

/** jose with a KeyObject, whose CryptoKey it caches. It uses Web Crypto, so it is asynchronous. */

import { createSecretKey } from 'node:crypto';

import { jwtVerify, SignJWT } from 'jose';

import { appClaims, secret } from '../../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {string} userId */
export const createToken = (userId) =>
  new SignJWT(appClaims(userId)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);

/** @param {string} token */
export async function verify(token) {
  /** @type {{ payload: object }} */
  const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
  return payload;
}

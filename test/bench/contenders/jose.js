/** jose at its best: a KeyObject, of which it keeps the CryptoKey. It works through Web Crypto, so it is async. */

import { createSecretKey, randomUUID } from 'node:crypto';

import { jwtVerify, SignJWT } from 'jose';

import { appClaims, managementClaims, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');
const sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);

export const mintApp = (userId) => sign(appClaims(userId, randomUUID()));
export const mintManagement = () => sign(managementClaims(randomUUID()));
export const verify = async (token) => (await jwtVerify(token, key, { algorithms: ['HS256'] })).payload;

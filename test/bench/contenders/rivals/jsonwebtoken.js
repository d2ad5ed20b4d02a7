/** jsonwebtoken at its fastest: with a KeyObject, and with all claims in the payload. */

import { createSecretKey } from 'node:crypto';

import jsonwebtoken from 'jsonwebtoken';

import { appClaims, secret } from '../../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {string} userId */
export const createToken = (userId) => jsonwebtoken.sign(appClaims(userId), key, { algorithm: 'HS256' });

/** @param {string} token */
export const verify = (token) => jsonwebtoken.verify(token, key, { algorithms: ['HS256'] });

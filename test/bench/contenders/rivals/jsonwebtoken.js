/** jsonwebtoken at its best: a KeyObject, and every claim given, which spares it the options that make them. */

import { createSecretKey } from 'node:crypto';

import jsonwebtoken from 'jsonwebtoken';

import { appClaims, managementClaims, secret } from '../../subject.js';

const key = createSecretKey(secret, 'utf8');

/** @param {object} claims */
const sign = (claims) => jsonwebtoken.sign(claims, key, { algorithm: 'HS256' });

/** @param {string} userId */
export const mintApp = (userId) => sign(appClaims(userId));
export const mintManagement = () => sign(managementClaims());
/** @param {string} token */
export const verify = (token) => jsonwebtoken.verify(token, key, { algorithms: ['HS256'] });

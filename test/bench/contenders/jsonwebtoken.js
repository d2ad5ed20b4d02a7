/** jsonwebtoken at its best: a KeyObject, and every claim given, which spares it the options that make them. */

import { createSecretKey, randomUUID } from 'node:crypto';

import jsonwebtoken from 'jsonwebtoken';

import { appClaims, managementClaims, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');
const sign = (claims) => jsonwebtoken.sign(claims, key, { algorithm: 'HS256' });

export const mintApp = (userId) => sign(appClaims(userId, randomUUID()));
export const mintManagement = () => sign(managementClaims(randomUUID()));
export const verify = (token) => jsonwebtoken.verify(token, key, { algorithms: ['HS256'] });

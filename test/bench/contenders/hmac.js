/** The lowest floor: one HMAC of a signing input that is already there. */

import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, randomUUID } from 'node:crypto';

import { appClaims, asciiUserId, managementClaims, nonAsciiUserId, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signingInput = (claims) => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
const sign = (input) => `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;

const ascii = signingInput(appClaims(asciiUserId, randomUUID()));
const nonAscii = signingInput(appClaims(nonAsciiUserId, randomUUID()));
const management = signingInput(managementClaims(randomUUID()));

export const mintApp = (userId) => sign(userId === asciiUserId ? ascii : nonAscii);
export const mintManagement = () => sign(management);
export const verify = (token) => sign(token.slice(0, token.lastIndexOf('.'))) === token;

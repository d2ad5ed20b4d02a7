/** The lowest floor: the HMAC of a signing input that is already there. Its tokens are of one moment. */

import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, randomUUID } from 'node:crypto';

import { appClaims, managementClaims, nonAsciiUserId, asciiUserId, secret } from '../subject.js';

const key = createSecretKey(secret, 'utf8');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signingInput = (claims) => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
const sign = (input) => `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;

/** fast-jwt with one signer and one verifier. Without its cache, which would measure a lookup. */

import { createSigner, createVerifier } from 'fast-jwt';

import { appClaims, secret } from '../../subject.js';

const sign = createSigner({ key: secret, algorithm: 'HS256' });

/** @param {string} userId */
export const createToken = (userId) => sign(appClaims(userId));
export const verify = createVerifier({ key: secret, algorithms: ['HS256'], cache: false });

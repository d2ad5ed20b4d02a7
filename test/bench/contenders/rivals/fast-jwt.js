/** fast-jwt at its best: signer and verifier made once, and no cache, which would measure a lookup. */

import { createSigner, createVerifier } from 'fast-jwt';

import { appClaims, managementClaims, secret } from '../../subject.js';

const sign = createSigner({ key: secret, algorithm: 'HS256' });

/** @param {string} userId */
export const mintApp = (userId) => sign(appClaims(userId));
export const mintManagement = () => sign(managementClaims());
export const verify = createVerifier({ key: secret, algorithms: ['HS256'], cache: false });

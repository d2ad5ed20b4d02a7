/** This package, as the README says to use it: one builder, made once. */

import { createTokenBuilder } from '100ms-tokens';

import { accessKey, role, roomId, secret } from '../subject.js';

const tokens = createTokenBuilder({ accessKey, secret });

/** @param {string} userId */
export const mintApp = (userId) => tokens.generateAppToken({ roomId, userId, role });
export const mintManagement = () => tokens.generateManagementToken();
export const cachedManagement = () => tokens.getManagementToken();
/** @param {string} token */
export const verify = (token) => tokens.verifyAppToken(token);

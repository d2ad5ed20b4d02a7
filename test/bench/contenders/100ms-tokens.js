/** This package with one builder, as in its README. */

import { createTokenBuilder } from '100ms-tokens';

import { accessKey, role, roomId, secret } from '../subject.js';

const tokens = createTokenBuilder({ accessKey, secret });

/** @param {string} userId */
export const createToken = (userId) => tokens.generateAppToken({ roomId, userId, role });
/** @param {string} token */
export const verify = (token) => tokens.verifyAppToken(token);

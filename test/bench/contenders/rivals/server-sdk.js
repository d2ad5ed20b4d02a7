/** The 100ms server SDK. It creates tokens but doesn't verify them. */

import { SDK } from '@100mslive/server-sdk';

import { accessKey, lifetime as validForSeconds, role, roomId, secret } from '../../subject.js';

const sdk = new SDK(accessKey, secret);

/** @param {string} userId */
export const createToken = async (userId) =>
  (await sdk.auth.getAuthToken({ roomId, userId, role, validForSeconds })).token;

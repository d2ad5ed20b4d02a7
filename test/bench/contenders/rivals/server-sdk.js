/** 100ms's own server SDK. It makes tokens only, asynchronously, and caches its management token. */

import { SDK } from '@100mslive/server-sdk';

import { accessKey, lifetime as validForSeconds, role, roomId, secret } from '../../subject.js';

const sdk = new SDK(accessKey, secret);
sdk.setLogLevel('silent'); // it prints a line for every new management token

/** @param {string} userId */
export const mintApp = async (userId) => (await sdk.auth.getAuthToken({ roomId, userId, role, validForSeconds })).token;
export const mintManagement = async () =>
  (await sdk.auth.getManagementToken({ forceNew: true, validForSeconds })).token;
export const cachedManagement = async () => (await sdk.auth.getManagementToken({ validForSeconds })).token;

/** 100ms's own server SDK. It makes tokens only, asynchronously, and caches its management token. */

import { SDK } from '@100mslive/server-sdk';

import { accessKey, lifetime, role, roomId, secret } from '../subject.js';

const { auth } = new SDK(accessKey, secret);

// Unasked, its lifetime is another than the sample's.
const validForSeconds = lifetime;

export const mintApp = async (userId) => (await auth.getAuthToken({ roomId, userId, role, validForSeconds })).token;
export const mintManagement = async () => (await auth.getManagementToken({ forceNew: true, validForSeconds })).token;
export const cachedManagement = async () => (await auth.getManagementToken({ validForSeconds })).token;

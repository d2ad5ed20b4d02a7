/** The claims that every contender signs and verifies, with fake credentials of the same length as real ones. */

import { randomUUID } from 'node:crypto';

export const accessKey = '64f0c1a2b3d4e5f6fa4e0000';
export const secret = `${'fake-bench-secret'.repeat(10)}=`; // 171 characters: HMAC-SHA256 hashes keys of over 64 bytes first
export const roomId = '64f0c1a2b3d4e5f601234567';
export const role = 'guest';
export const asciiUserId = 'user-1234567890';
export const nonAsciiUserId = 'José-1234567890';

/** Seconds: the default of this package and of the 100ms sample code. */
export const lifetime = 86_400;

/**
 * Returns the claims of an app token, as callers of a general JWT library write them.
 *
 * @param {string} userId
 */
export function appClaims(userId) {
  const now = Math.floor(Date.now() / 1000);
  return {
    access_key: accessKey,
    room_id: roomId,
    user_id: userId,
    role,
    type: 'app',
    version: 2,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    jti: randomUUID(),
  };
}

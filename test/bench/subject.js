/** What every contender signs and verifies: the same claims, with credentials that anyone can see are fake. */

import { randomUUID } from 'node:crypto';

export const accessKey = 'fake-access-key-of-bench';

// As long as the dashboard's. HMAC-SHA256 hashes a key of over 64 bytes first, so its length counts.
export const secret = 'fake-secret-for-the-benchmark-only-as-long-as-the-ones-that-the-dashboard-shows-to-you';

export const roomId = 'fake-room-id-of-the-room';
export const role = 'guest';

export const asciiUserId = 'user-1234567890';
export const nonAsciiUserId = 'José-1234567890';

/** The default of this package and of the 100ms sample: 24 hours. */
export const lifetime = 86_400;

/**
 * The claims of an app token as a caller of a general JWT library writes them by hand.
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

/** The claims of a management token, likewise. */
export function managementClaims() {
  const now = Math.floor(Date.now() / 1000);
  return {
    access_key: accessKey,
    type: 'management',
    version: 2,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    jti: randomUUID(),
  };
}

/** jsonwebtoken as in the 100ms sample code: the secret is a string, `jti` is from uuid4. */

import jsonwebtoken from 'jsonwebtoken';
import uuid4 from 'uuid4';

import { accessKey, role, roomId, secret } from '../../subject.js';

/** @param {string} userId */
export function createToken(userId) {
  const now = Math.floor(Date.now() / 1000);
  const ids = { access_key: accessKey, room_id: roomId, user_id: userId, role };
  const payload = { ...ids, type: 'app', version: 2, iat: now, nbf: now };
  return jsonwebtoken.sign(payload, secret, { algorithm: 'HS256', expiresIn: '24h', jwtid: uuid4() });
}

/** @param {string} token */
export const verify = (token) => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] });

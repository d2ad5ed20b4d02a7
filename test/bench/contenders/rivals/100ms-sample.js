/** jsonwebtoken as 100ms's sample code calls it: the secret as a string, the rest as options, the id from uuid4. */

import jsonwebtoken from 'jsonwebtoken';
import uuid4 from 'uuid4';

import { accessKey, role, roomId, secret } from '../../subject.js';

/** @param {object} claims */
function sign(claims) {
  const now = Math.floor(Date.now() / 1000);
  const payload = { ...claims, iat: now, nbf: now };
  return jsonwebtoken.sign(payload, secret, { algorithm: 'HS256', expiresIn: '24h', jwtid: uuid4() });
}

/** @param {string} userId */
export const mintApp = (userId) =>
  sign({ access_key: accessKey, room_id: roomId, user_id: userId, role, type: 'app', version: 2 });
export const mintManagement = () => sign({ access_key: accessKey, type: 'management', version: 2 });
/** @param {string} token */
export const verify = (token) => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] });

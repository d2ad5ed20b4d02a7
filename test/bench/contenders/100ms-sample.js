/** jsonwebtoken as 100ms's sample code calls it: the secret as a string, the rest as options, the id from uuid4. */

import jsonwebtoken from 'jsonwebtoken';
import uuid4 from 'uuid4';

import { accessKey, role, roomId, secret } from '../subject.js';

const sign = (payload) => {
  const now = Math.floor(Date.now() / 1000);
  const options = { algorithm: 'HS256', expiresIn: '24h', jwtid: uuid4() };
  return jsonwebtoken.sign({ ...payload, iat: now, nbf: now }, secret, options);
};

export const mintApp = (userId) =>
  sign({ access_key: accessKey, room_id: roomId, user_id: userId, role, type: 'app', version: 2 });
export const mintManagement = () => sign({ access_key: accessKey, type: 'management', version: 2 });
export const verify = (token) => jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] });

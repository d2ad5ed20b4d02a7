import { onRequest } from 'firebase-functions/https';

import { joinRoom } from './join-room.ts';

const OPTIONS = {
  cors: ['https://app.example.com'], // your pages and web views that call from another origin
  secrets: ['HMS_ACCESS_KEY', 'HMS_SECRET'], // set by `firebase functions:secrets:set`
};

export const token = onRequest(OPTIONS, async (req, res) => {
  const roomId = /^\/rooms\/([^/]+)\/token$/.exec(req.path)?.[1];
  const { status, body } =
    req.method === 'POST' && roomId !== undefined
      ? await joinRoom(req.get('Authorization'), roomId)
      : { status: 404, body: { error: 'not found' } };
  res.set('Cache-Control', 'no-store').status(status).json(body);
});

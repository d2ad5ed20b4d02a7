import { http } from '@google-cloud/functions-framework';

import { joinRoom } from './join-room.ts';

const ORIGINS = ['https://app.example.com']; // of your pages and web views that call this server from elsewhere

http('token', async (req, res) => {
  res.set({ 'Cache-Control': 'no-store', Vary: 'Origin' });
  const origin = req.get('Origin');
  if (origin !== undefined && ORIGINS.includes(origin)) {
    res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Headers': 'Authorization' });
  }
  const roomId = /^\/rooms\/([^/]+)\/token$/.exec(req.path)?.[1];
  if (req.method === 'OPTIONS') {
    res.status(204).end();
  } else if (req.method === 'POST' && roomId !== undefined) {
    const { status, body } = await joinRoom(req.get('Authorization'), roomId);
    res.status(status).json(body);
  } else {
    res.status(404).json({ error: 'not found' });
  }
});

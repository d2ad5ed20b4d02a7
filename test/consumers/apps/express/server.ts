import cors from 'cors';
import express from 'express';
import { joinRoom } from './join-room.ts';

const app = express();
app.use(cors({ origin: ['https://app.example.com'] })); // your pages and web views that call from another origin

app.post('/rooms/:roomId/token', async (req, res) => {
  const { status, body } = await joinRoom(req.get('Authorization'), req.params.roomId);
  res.set('Cache-Control', 'no-store').status(status).json(body);
});

app.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1');

import cors from '@fastify/cors';
import fastify from 'fastify';

import { joinRoom } from './join-room.ts';

const app = fastify();
await app.register(cors, { origin: ['https://app.example.com'] }); // your pages that call from another origin

app.post<{ Params: { roomId: string } }>('/rooms/:roomId/token', async (request, reply) => {
  const { status, body } = await joinRoom(request.headers.authorization, request.params.roomId);
  return reply.header('Cache-Control', 'no-store').code(status).send(body);
});

await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: process.env['HOST'] ?? '127.0.0.1' });

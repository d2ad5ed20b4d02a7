import { createServer } from 'node:http';

import { joinRoom } from './join-room.ts';

const server = createServer(async (request, response) => {
  const roomId = /^\/rooms\/([^/?]+)\/token(?:\?|$)/.exec(request.url ?? '')?.[1];
  const { status, body } =
    request.method === 'POST' && roomId !== undefined
      ? await joinRoom(request.headers.authorization, roomId)
      : { status: 404, body: { error: 'not found' } };
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
});

server.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1');

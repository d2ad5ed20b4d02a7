import { tokenEndpoint } from './token-endpoint.ts';

Bun.serve({
  port: Number(process.env['PORT'] ?? 3000),
  hostname: process.env['HOST'] ?? '127.0.0.1',
  routes: { '/rooms/:roomId/token': { OPTIONS: tokenEndpoint, POST: tokenEndpoint } },
  fetch: () => new Response('not found', { status: 404 }),
});

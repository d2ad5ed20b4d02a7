import { serve } from '@hono/node-server';
import { Hono } from 'hono';

import { tokenEndpoint } from './token-endpoint.ts';

const app = new Hono();
app.on(['POST', 'OPTIONS'], '/rooms/:roomId/token', (c) => tokenEndpoint(c.req.raw));

serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000), hostname: process.env['HOST'] ?? '127.0.0.1' });

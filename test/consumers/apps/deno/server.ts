import { tokenEndpoint } from './token-endpoint.ts';

Deno.serve({ port: Number(process.env.PORT ?? 3000), hostname: process.env.HOST ?? '127.0.0.1' }, tokenEndpoint);

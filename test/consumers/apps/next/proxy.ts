import { tokenEndpoint } from './lib/tokens.ts';

export const proxy = tokenEndpoint;

export const config = { matcher: '/by-proxy/rooms/:roomId/token' };

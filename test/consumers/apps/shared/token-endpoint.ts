import { joinRoom } from './join-room.ts';

const ORIGINS = ['https://app.example.com']; // of your pages and web views that call this server from elsewhere

/** Answers `POST /rooms/<room id>/token`, and the preflight by which a browser asks whether another origin may. */
export async function tokenEndpoint(request: Request): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store', Vary: 'Origin' });
  const origin = request.headers.get('Origin');
  if (origin !== null && ORIGINS.includes(origin)) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Headers', 'Authorization');
  }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
  const roomId = /\/rooms\/([^/]+)\/token$/.exec(new URL(request.url).pathname)?.[1];
  if (request.method !== 'POST' || roomId === undefined) return new Response('not found', { status: 404, headers });
  const { status, body } = await joinRoom(request.headers.get('Authorization'), roomId);
  return Response.json(body, { status, headers });
}

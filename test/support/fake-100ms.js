/** A server on loopback that answers like the 100ms REST API, as far as README.md uses it. */

import { once } from 'node:events';
import { createServer } from 'node:http';

import { verifyToken } from '100ms-tokens';

/** @type {Record<string, unknown>} by method and path; `ID` is any 24 hex digits */
const ANSWERS = {
  'GET /v2/rooms': { data: [] },
  'POST /v2/rooms': { id: '64f0c1a2b3d4e5f601234567', enabled: true, template_id: '64f0c1a2b3d4e5f6aabbccdd' },
  'GET /v2/rooms/ID': { id: '64f0c1a2b3d4e5f601234567', enabled: true, template_id: '64f0c1a2b3d4e5f6aabbccdd' },
  'GET /v2/templates/ID': { roles: { guest: { name: 'guest' }, host: { name: 'host' } } },
  'POST /v2/room-codes/room/ID': { data: [{ code: 'abc-defg-hij', role: 'guest', enabled: true }] },
};

const UNAUTHORIZED = { code: 401, message: 'Token validation error', details: ['not found'] };

/** @param {string} authorization @param {string} secret */
function isManagementToken(authorization, secret) {
  try {
    return verifyToken(authorization.replace('Bearer ', ''), secret).type === 'management';
  } catch {
    return false;
  }
}

/**
 * Starts the server. It accepts management tokens that are signed with the secret.
 *
 * @param {string} secret
 * @returns {Promise<{ origin: string; close: () => void }>}
 */
export async function startFake100ms(secret) {
  const server = createServer((request, response) => {
    const route = `${String(request.method)} ${String(request.url).replace(/[\da-f]{24}$/, 'ID')}`;
    const isAuthorized = isManagementToken(request.headers.authorization ?? '', secret);
    const [status, body] = !isAuthorized ? [401, UNAUTHORIZED] : route in ANSWERS ? [200, ANSWERS[route]] : [404, {}];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { origin: `http://127.0.0.1:${String(address.port)}`, close: () => server.close() };
}

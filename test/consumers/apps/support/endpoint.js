/** The HTTP responses that every application must send, whatever serves it. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { createTokenBuilder } from '../../../../dist/index.js';
import { testCredentials } from '../../../../dist/testing.js';

/**
 * @typedef {import('../../support/run.js').Server} Server
 * @typedef {import('../../support/run.js').Env} Env
 *
 * @typedef {object} Endpoint
 * @property {(env: Env) => Promise<Server>} start
 * @property {((room: string) => string) | undefined} [at] its path
 * @property {boolean | undefined} [cors] whether the application answers to pages of another origin
 * @property {(server: () => Server) => void} [more] defines more tests
 */

export const ROOM = '64f0c1a2b3d4e5f601234567'; // in shared/your-rooms.ts
const ORIGIN = 'https://app.example.com'; // in shared/token-endpoint.ts
const LOG_LIMIT = 10_000; // ms

const CREDENTIALS = { HMS_ACCESS_KEY: testCredentials.accessKey, HMS_SECRET: testCredentials.secret };
const tokens = createTokenBuilder(testCredentials);

// Never in a response: the session store's error, a TokenError, a stack trace, the secret.
const INTERNALS = new RegExp(
  String.raw`fake-store-password|TokenError|HMS_|node_modules|\.[jt]s:\d|${testCredentials.secret}`,
);

/** @param {string} user */
export const session = (user) => ({ Authorization: `Bearer session-of-${user}` });

/** @type {[name: string, user: string, role: string, query: string][]} */
const GRANTED = [
  ['a host', 'ann', 'host', ''],
  ['a guest', 'bob', 'guest', ''],
  ['a guest who asks for another name and role', 'bob', 'guest', '?role=host&userId=ann'],
];

/** @type {[name: string, status: number, request: { user?: string; room?: string }][]} */
const REJECTED = [
  ['no session', 401, {}],
  ['an unknown session', 401, { user: 'mallory' }],
  ['no session and an invalid room ID', 401, { room: 'no-room' }],
  ['an invalid room ID', 400, { user: 'ann', room: 'no-room' }],
  ['a placeholder as room ID', 400, { user: 'ann', room: '%3Croom_id%3E' }],
  ['a user without a role in the room', 403, { user: 'carol' }],
  ['an unknown room', 403, { user: 'ann', room: '0'.repeat(24) }],
  ['a failing session store', 500, { user: 'a-broken-store' }],
];

/**
 * Tests a server started without credentials, with a wrong secret, and with the right ones.
 *
 * @param {Endpoint} endpoint
 */
export function testEndpoint({ start, at = (room) => `/rooms/${room}/token`, cors = true, more }) {
  /**
   * @param {Server} server
   * @param {{ room?: string; user?: string; query?: string; init?: RequestInit }} request
   */
  const ask = ({ origin }, { room = ROOM, user, query = '', init }) => {
    const headers = { ...(user && session(user)), ...init?.headers };
    return fetch(origin + at(room) + query, { method: 'POST', ...init, headers });
  };

  /** @type {[name: string, env: Env, message: RegExp][]} */
  const faults = [
    ['without credentials', {}, /HMS_ACCESS_KEY/],
    ['with a line break in the secret', { ...CREDENTIALS, HMS_SECRET: `${testCredentials.secret}\n` }, /secret/i],
  ];
  for (const [name, env, message] of faults) {
    test(`started ${name}, responds 500 and logs what to set`, async () => {
      const server = await start(env);
      try {
        const response = await ask(server, { user: 'ann' });
        assert.equal(response.status, 500);
        assert.deepEqual(await response.json(), { error: 'internal error' });
        await logged(server, message);
      } finally {
        await server.stop();
      }
      assert.ok(!server.log().includes(testCredentials.secret));
    });
  }

  describe('started with credentials', () => {
    /** @type {Server} */
    let server;
    before(async () => (server = await start(CREDENTIALS)));
    after(() => server.stop());

    for (const [name, user, role, query] of GRANTED) {
      test(`sends a token to ${name}`, async () => {
        const response = await ask(server, { user, query });
        const text = await response.text();
        assert.equal(response.status, 200, text + server.log());
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
        assertToken(JSON.parse(text).token, { user, role });
      });
    }

    for (const [name, status, request] of REJECTED) {
      test(`responds ${status} to ${name}`, async () => {
        const response = await ask(server, request);
        const text = await response.text();
        assert.equal(response.status, status, text);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.deepEqual(Object.keys(JSON.parse(text)), ['error']);
        assert.doesNotMatch(text, INTERNALS);
      });
    }

    test('sends no token for a GET, which a link can cause', async () => {
      const response = await ask(server, { user: 'ann', init: { method: 'GET' } });
      assert.doesNotMatch(await response.text(), /eyJ/);
      assert.ok([404, 405].includes(response.status), `responded ${response.status}`);
    });

    for (const origin of cors ? [ORIGIN, 'https://elsewhere.example'] : []) {
      const allowed = origin === ORIGIN;
      test(`${allowed ? 'allows' : 'does not allow'} requests of a page from ${origin}`, async () => {
        const asks = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };
        const preflight = await ask(server, { init: { method: 'OPTIONS', headers: { Origin: origin, ...asks } } });
        const response = await ask(server, { user: 'ann', init: { headers: { Origin: origin } } });
        for (const { headers } of [preflight, response]) {
          const granted = headers.get('access-control-allow-origin');
          assert.equal(granted === origin || granted === '*', allowed, `granted to ${granted}`);
        }
        if (!allowed) return;
        assert.ok(preflight.ok, `responded ${preflight.status}`);
        assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/i);
      });
    }

    more?.(() => server);
  });
}

/** Waits for a log message, which can arrive after the response. @param {Server} server @param {RegExp} message */
export async function logged(server, message) {
  for (let waited = 0; !message.test(server.log()) && waited < LOG_LIMIT; waited += 20) await sleep(20);
  assert.match(server.log(), message);
}

/** @param {string | undefined} token @param {{ user: string, role: string }} expected */
export function assertToken(token, { user, role }) {
  const { room_id, user_id, role: granted, nbf, exp } = tokens.verifyAppToken(token ?? '');
  assert.deepEqual({ room_id, user_id, granted }, { room_id: ROOM, user_id: user, granted: role });
  assert.ok(exp - nbf >= 3600 && exp - nbf <= 3610, `the token lasts ${exp - nbf} s`);
}

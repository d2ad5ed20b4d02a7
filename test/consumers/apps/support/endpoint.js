/** What every application must answer, whatever serves it: asked over HTTP, and verified. */

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
 * @property {(server: () => Server) => void} [more] defines more tests, of the server as it should be
 */

export const ROOM = '64f0c1a2b3d4e5f601234567'; // of shared/your-rooms.ts
const ORIGIN = 'https://app.example.com'; // of shared/token-endpoint.ts

const LOG_LIMIT = 10_000; // ms

const CREDENTIALS = { HMS_ACCESS_KEY: testCredentials.accessKey, HMS_SECRET: testCredentials.secret };
const tokens = createTokenBuilder(testCredentials);

// What must never be in an answer: of the session store's error, of a TokenError, of any stack, of the secret.
const INTERNALS = new RegExp(
  String.raw`fake-store-password|TokenError|HMS_|node_modules|\.[jt]s:\d|${testCredentials.secret}`,
);

/** @param {string} user */
export const session = (user) => ({ Authorization: `Bearer session-of-${user}` });

const GRANTED = [
  { name: 'a host', user: 'ann', role: 'host' },
  { name: 'a guest', user: 'bob', role: 'guest' },
  { name: 'a guest who asks to be another, and host', user: 'bob', role: 'guest', query: '?role=host&userId=ann' },
];

const REFUSED = [
  { name: 'no session', status: 401 },
  { name: 'an unknown session', user: 'mallory', status: 401 },
  { name: 'no session, before the room is looked at', room: 'no-room', status: 401 },
  { name: 'a room id that is not one', user: 'ann', room: 'no-room', status: 400 },
  { name: 'a room id that is a placeholder', user: 'ann', room: '%3Croom_id%3E', status: 400 },
  { name: 'a user who has no role in the room', user: 'carol', status: 403 },
  { name: 'a room that nobody knows', user: 'ann', room: '0'.repeat(24), status: 403 },
  { name: 'a fault of the session store', user: 'a-broken-store', status: 500 },
];

/**
 * Defines the tests of one server: started without credentials, with a secret that cannot be right, and as it should be.
 *
 * @param {Endpoint} endpoint
 */
export function testEndpoint({ start, at = (room) => `/rooms/${room}/token`, cors = true, more }) {
  /**
   * @param {Server} server
   * @param {{ room?: string | undefined, user?: string | undefined, query?: string | undefined, init?: RequestInit }} what
   */
  const ask = ({ origin }, { room = ROOM, user, query = '', init }) =>
    fetch(origin + at(room) + query, {
      method: 'POST',
      ...init,
      headers: { ...(user && session(user)), ...init?.headers },
    });

  const faults = [
    { name: 'without credentials', env: {}, says: /HMS_ACCESS_KEY/ },
    {
      name: 'with a secret that has a line break',
      env: { ...CREDENTIALS, HMS_SECRET: `${testCredentials.secret}\n` },
      says: /secret/,
    },
  ];
  for (const { name, env, says } of faults) {
    test(`started ${name} answers 500, and tells its own log alone what to set`, async () => {
      const server = await start(env);
      try {
        const response = await ask(server, { user: 'ann' });
        const text = await response.text();
        assert.equal(response.status, 500, text);
        assert.deepEqual(JSON.parse(text), { error: 'internal error' });
        assert.doesNotMatch(text, INTERNALS);
        await logged(server, says);
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

    for (const { name, user, role, query } of GRANTED) {
      test(`gives a token to ${name}`, async () => {
        const response = await ask(server, { user, query });
        const text = await response.text();
        assert.equal(response.status, 200, text + server.log());
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
        assertToken(JSON.parse(text).token, { user, role });
      });
    }

    for (const { name, room, user, status } of REFUSED) {
      test(`answers ${status} to ${name}`, async () => {
        const response = await ask(server, { room, user });
        const text = await response.text();
        assert.equal(response.status, status, text);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.deepEqual(Object.keys(JSON.parse(text)), ['error']);
        assert.doesNotMatch(text, INTERNALS);
      });
    }

    test('gives no token for a GET, which a link can make', async () => {
      const response = await ask(server, { user: 'ann', init: { method: 'GET' } });
      assert.doesNotMatch(await response.text(), /eyJ/);
      assert.ok([404, 405].includes(response.status), `answered ${response.status}`);
    });

    if (cors) {
      for (const { origin, allowed } of [
        { origin: ORIGIN, allowed: true },
        { origin: 'https://elsewhere.example', allowed: false },
      ]) {
        test(`${allowed ? 'allows' : 'does not allow'} a page of ${origin} to ask`, async () => {
          const asks = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };
          const preflight = await ask(server, { init: { method: 'OPTIONS', headers: { Origin: origin, ...asks } } });
          const response = await ask(server, { user: 'ann', init: { headers: { Origin: origin } } });
          for (const { headers } of [preflight, response]) {
            const granted = headers.get('access-control-allow-origin');
            assert.equal(granted === origin || granted === '*', allowed, `granted to ${granted}`);
          }
          if (!allowed) return;
          assert.ok(preflight.ok, `answered ${preflight.status}`);
          assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/i);
        });
      }
    }

    more?.(() => server);
  });
}

/**
 * Waits until a server's log, which comes by another way than its answers, says something.
 *
 * @param {Server} server
 * @param {RegExp} says
 */
export async function logged(server, says) {
  for (let waited = 0; !says.test(server.log()) && waited < LOG_LIMIT; waited += 20) await sleep(20);
  assert.match(server.log(), says);
}

/**
 * @param {string | undefined} token
 * @param {{ user: string, role: string }} expected
 */
export function assertToken(token, { user, role }) {
  const { room_id, user_id, role: granted, nbf, exp } = tokens.verifyAppToken(token ?? '');
  assert.deepEqual({ room_id, user_id, granted }, { room_id: ROOM, user_id: user, granted: role });
  assert.ok(exp - nbf >= 3600 && exp - nbf <= 3610, `lasts ${exp - nbf} s`);
}

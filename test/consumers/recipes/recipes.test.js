/** The recipes of README.md: these very texts are compiled with their frameworks' types, served, and attacked. */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, mock, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { createTokenBuilder } from '100ms-tokens';
import { testCredentials } from '100ms-tokens/testing';

import { listening, PLATFORMS } from './serve.js';
import { home, installed, run } from '../support/run.js';

const ROOM = '64f0c1a2b3d4e5f601234567'; // of recipes/your-rooms.ts
const STAND_INS = ['your-auth.ts', 'your-rooms.ts'];

// What must never be in an answer: of the error that authentication throws, of a TokenError, of any stack.
const INTERNALS = /fake-store-password|userId|TokenError|node_modules|\.[jt]s:\d/;

const README = readFileSync(path.join(home, '../../README.md'), 'utf8');
const recipes = new Map(
  Array.from(README.matchAll(/^```ts recipe=(\S+)\n(.*?)^```$/gms), ([, name, text]) => [name, text]),
);

const built = path.join(home, 'recipes/built');

// Each with the settings of its platform's projects, in a folder of its own.
const STRICT = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noImplicitReturns'];
const NODENEXT = ['--module', 'nodenext', '--verbatimModuleSyntax'];
const BUNDLER = ['--module', 'commonjs', '--moduleResolution', 'bundler']; // imports without .js, as Next.js wants them
const PROGRAMS = [
  { folder: 'next', type: 'commonjs', files: ['next.ts'], settings: [...BUNDLER, '--types', 'node'] },
  {
    folder: 'workers',
    type: 'module',
    files: ['workers.ts'],
    settings: [...NODENEXT, '--types', '@cloudflare/workers-types'],
  },
  {
    folder: 'node',
    type: 'module',
    files: ['express.ts', 'fastify.ts', 'hono.ts', 'lambda.ts', 'node-http.ts', 'rest-api.ts'],
    settings: [...NODENEXT, '--types', 'node'],
  },
];

const credentials = testCredentials;
const tokens = createTokenBuilder(credentials);

/** @param {string} room */
const tokenPath = (room) => `/rooms/${room}/token`;
/** @param {string} name */
const session = (name) => ({ Authorization: `Bearer session-${name}` });

before(async () => {
  // Before a recipe is loaded: its builder reads them at once.
  process.env.HMS_ACCESS_KEY = credentials.accessKey;
  process.env.HMS_SECRET = credentials.secret;
  mock.method(console, 'error', () => undefined); // where recipes write what they do not answer

  rmSync(built, { recursive: true, force: true });
  await Promise.all(PROGRAMS.map(compile));
});

/** @type {(() => unknown)[]} */
const closers = [];
/** @type {import('./serve.js').AtEnd} */
const atEnd = (close) => void closers.push(close);

after(async () => {
  await Promise.all(closers.map((close) => close()));
  mock.restoreAll();
});

/** @param {(typeof PROGRAMS)[number]} program */
async function compile({ folder, type, files, settings }) {
  const target = path.join(built, folder);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'package.json'), JSON.stringify({ type }));
  for (const name of STAND_INS) cpSync(path.join(home, 'recipes', name), path.join(target, name));
  for (const name of files) writeFileSync(path.join(target, name), recipes.get(name) ?? '');
  const compiler = [installed('typescript-7.0/bin/tsc'), '--ignoreConfig', '--skipLibCheck', '--pretty', 'false'];
  const args = [...compiler, ...STRICT, '--target', 'es2022', ...settings, ...files];
  await run(process.execPath, args, { cwd: target });
}

/**
 * The path of what a recipe was compiled to.
 *
 * @param {string} recipe
 */
function compiled(recipe) {
  const { folder } = PROGRAMS.find(({ files }) => files.includes(recipe)) ?? assert.fail(recipe);
  return path.join(built, folder, recipe.replace(/ts$/, 'js'));
}

/** @param {string} recipe */
function load(recipe) {
  return import(pathToFileURL(compiled(recipe)).href);
}

test('every recipe of README.md is tested', () => {
  assert.deepEqual([...recipes.keys()].sort(), [...Object.keys(PLATFORMS), 'rest-api.ts'].sort());
  assert.deepEqual([...recipes.keys()].sort(), PROGRAMS.flatMap(({ files }) => files).sort());
});

const GRANTED = [
  { name: 'a host', headers: session('of-ann'), user: 'ann', role: 'host' },
  { name: 'a guest', headers: session('of-bob'), user: 'bob', role: 'guest' },
  {
    name: 'a guest who asks to be another, and host',
    headers: { ...session('of-bob'), 'Content-Type': 'application/json' },
    query: '?role=host&user=ann&userId=ann',
    body: JSON.stringify({ role: 'host', user: 'ann', userId: 'ann' }),
    user: 'bob',
    role: 'guest',
  },
];

const REFUSED = [
  { name: 'no session', headers: {}, status: 401 },
  { name: 'an unknown session', headers: session('of-mallory'), status: 401 },
  { name: 'no session, before the room is looked at', headers: {}, room: 'no-room', status: 401 },
  { name: 'a user who is not in the room', headers: session('of-carol'), status: 403 },
  { name: 'a room that is not known', headers: session('of-ann'), room: '0'.repeat(24), status: 403 },
  { name: 'a room id of another form', headers: session('of-ann'), room: 'no-room', status: 400 },
  { name: 'a room id that is a placeholder', headers: session('of-ann'), room: '%3Croom_id%3E', status: 400 },
  { name: 'an error of the session store', headers: session('of-a-broken-store'), status: 500 },
  { name: 'an error of this package', headers: session('without-a-user'), status: 500 },
];

for (const [recipe, serve] of Object.entries(PLATFORMS)) {
  describe(recipe, () => {
    /** @type {import('./serve.js').Ask} */
    let ask;
    before(async () => {
      ask = await serve(await load(recipe), atEnd);
    });

    for (const { name, headers, query = '', body = null, user, role } of GRANTED) {
      test(`gives a token to ${name}`, async () => {
        const response = await ask(tokenPath(ROOM) + query, { method: 'POST', headers, body });
        const answer = await response.json();
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
        assert.deepEqual(Object.keys(answer), ['token']);
        const { room_id, user_id, role: granted, nbf, exp } = tokens.verifyAppToken(answer.token);
        assert.deepEqual({ room_id, user_id, granted }, { room_id: ROOM, user_id: user, granted: role });
        assert.equal(exp - nbf, 3600);
      });
    }

    for (const { name, headers, room = ROOM, status } of REFUSED) {
      test(`answers ${status} to ${name}`, async () => {
        const response = await ask(tokenPath(room), { method: 'POST', headers });
        const text = await response.text();
        assert.equal(response.status, status);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.deepEqual(Object.keys(JSON.parse(text)), ['error']);
        assert.doesNotMatch(text, INTERNALS);
      });
    }

    test('answers 400 to a path that cannot be decoded', async () => {
      const response = await ask(tokenPath('%zz'), { method: 'POST', headers: session('of-ann') });
      assert.equal(response.status, 400);
      assert.doesNotMatch(await response.text(), INTERNALS);
    });

    test('gives no token for a GET, which a link can make', async () => {
      const response = await ask(tokenPath(ROOM), { method: 'GET', headers: session('of-ann') });
      assert.ok([404, 405].includes(response.status), `answered ${response.status}`);
      assert.doesNotMatch(await response.text(), /eyJ/);
    });
  });
}

test('next.ts can be loaded without credentials, as `next build` does', async () => {
  await run(process.execPath, [compiled('next.ts')]); // in an environment that has none
});

test('fastify.ts answers 400 to a body that is no JSON', async () => {
  const { app } = await load('fastify.ts');
  const headers = { ...session('of-ann'), 'Content-Type': 'application/json' };
  const response = await app.inject({ method: 'POST', url: tokenPath(ROOM), headers, payload: '{' });
  assert.equal(response.statusCode, 400);
  assert.deepEqual(response.json(), { error: 'bad request' });
});

describe('rest-api.ts', () => {
  /** @type {{ request: import('node:http').IncomingMessage; body: string }[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    requests.push({ request, body });
    response.statusCode = body.includes('refuse') ? 401 : 200;
    response.end(JSON.stringify({ id: ROOM, name: 'a-room' }));
  });
  /** @type {(name: string, api: string) => Promise<string>} */
  let createRoom;
  /** @type {string} */
  let api;

  before(async () => {
    ({ createRoom } = await load('rest-api.ts'));
    await listening(server.listen(0, '127.0.0.1'), atEnd);
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    api = `http://127.0.0.1:${port}/v2`;
  });

  test('creates a room with a management token, and the next one with the same', async () => {
    assert.equal(await createRoom('a-room', api), ROOM);
    assert.equal(await createRoom('a-room', api), ROOM);
    const [first, second] = requests.splice(0);
    assert.ok(first && second);
    const { method, url, headers } = first.request;
    assert.deepEqual(
      { method, url, body: first.body },
      { method: 'POST', url: '/v2/rooms', body: '{"name":"a-room"}' },
    );
    assert.equal(headers['content-type'], 'application/json');
    tokens.verifyManagementToken(String(headers.authorization).replace(/^Bearer /, ''));
    assert.equal(second.request.headers.authorization, headers.authorization);
  });

  test('throws what 100ms answered, without the token', async () => {
    await assert.rejects(createRoom('refuse', api), ({ message }) => /401/.test(message) && !/eyJ/.test(message));
  });
});

/** The Express server of README.md, as it's printed there. */

import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';

import { verifyToken } from '100ms-tokens';
import { testCredentials } from '100ms-tokens/testing';

import { userProject, writeProgram } from '../support/project.js';
import { attempt, installed, serve } from '../support/run.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const [, code = ''] = /^```js express\n(.*?)^```$/ms.exec(readme) ?? [];
const { accessKey: HMS_ACCESS_KEY, secret: HMS_SECRET } = testCredentials;

const project = userProject();
symlinkSync(installed('express'), path.join(project, 'node_modules/express'));
writeProgram(project, 'server.js', code);

/** @type {import('../support/run.js').Server} */
let server;
before(async () => {
  server = await serve(process.execPath, () => ['server.js'], { cwd: project, env: { HMS_ACCESS_KEY, HMS_SECRET } });
});
after(() => server.stop());

/** @param {string} session @param {string} room */
function request(session, room) {
  const headers = { Authorization: `Bearer ${session}` };
  return fetch(`${server.origin}/rooms/${room}/token`, { method: 'POST', headers });
}

test('it responds with a token that no cache may keep', async () => {
  const response = await request('demo-session', '64f0c1a2b3d4e5f601234567');
  assert.equal(response.headers.get('Cache-Control'), 'no-store');
  const { token } = /** @type {{ token: string }} */ (await response.json());
  const claims = verifyToken(token, HMS_SECRET);
  assert.ok(claims.type === 'app');
  assert.deepEqual([claims.user_id, claims.role, claims.exp - claims.iat], ['user-1', 'guest', 7210]);
});

test('it rejects strangers, and users without a role in the room', async () => {
  assert.equal((await request('another-session', '64f0c1a2b3d4e5f601234567')).status, 401);
  assert.equal((await request('demo-session', '0'.repeat(24))).status, 403);
});

test("it doesn't start without credentials", async () => {
  const { status, stderr } = await attempt(process.execPath, ['server.js'], { cwd: project });
  assert.equal(status, 1);
  assert.match(stderr, /TokenError: HMS_ACCESS_KEY isn't set/);
});

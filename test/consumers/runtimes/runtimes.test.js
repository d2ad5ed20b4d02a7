/** Every runtime makes the same bytes of the same input, in ES modules and in CommonJS. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { build } from 'esbuild';

import { PROBES, reportOf, userProject } from '../support/project.js';
import { run, serve } from '../support/run.js';
import { runtimes, workerd } from '../support/runtimes.js';

const credentials = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };
const jti = '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21';
const times = '"version":2,"iat":1800000000,"nbf":1800000000,"exp":1800086400';

const project = userProject(...PROBES, 'runtimes/formats.mjs', 'runtimes/worker.js', 'runtimes/worker.capnp');

/** What the Node.js that runs this test reports: all others must report the same. */
let expected = '';

before(async () => {
  expected = await reportOf(project);
});

/**
 * HS256 as RFC 7515 has it, of a payload written out by hand.
 *
 * @param {string} payload
 */
function signed(payload) {
  const input = ['{"alg":"HS256","typ":"JWT"}', payload]
    .map((json) => Buffer.from(json).toString('base64url'))
    .join('.');
  return `${input}.${createHmac('sha256', credentials.HMS_SECRET).update(input).digest('base64url')}`;
}

const managementToken = signed(`{"access_key":"fake-access-key","type":"management",${times},"jti":"${jti}"}`);

/** @param {string} userId */
function appToken(userId) {
  const who = `"room_id":"room-1","user_id":"${userId}","role":"guest"`;
  return signed(`{"access_key":"fake-access-key",${who},"type":"app",${times},"jti":"${jti}"}`);
}

test('what is expected of all runtimes is right', () => {
  const report = JSON.parse(expected);
  assert.deepEqual(report.tokens, {
    management: managementToken,
    ascii: appToken('user-1'),
    accented: appToken(String.raw`Jos\u00e9`),
    escaped: appToken(String.raw`who\u003f\u003e\u007e`),
  });
  assert.equal(report.verified.user_id, 'José');
  assert.equal(report.decoded.claims.user_id, 'who?>~');
  assert.deepEqual(report.readByClient, ['José', 'who?>~']);
  assert.deepEqual(report.refusals, {
    appToken: 'nothing thrown',
    managementToken: 'nothing thrown',
    expiredAppToken: 'TokenError ERR_TOKEN_EXPIRED exp',
    expiredManagementToken: 'TokenError ERR_TOKEN_EXPIRED exp',
    notYetActiveAppToken: 'TokenError ERR_TOKEN_NOT_ACTIVE nbf',
    notYetActiveManagementToken: 'TokenError ERR_TOKEN_NOT_ACTIVE nbf',
    wrongSecretAppToken: 'TokenError ERR_TOKEN_SIGNATURE',
    tamperedAppToken: 'TokenError ERR_TOKEN_SIGNATURE',
    unsignedAppToken: 'TokenError ERR_TOKEN_ALGORITHM',
  });
  assert.equal(report.refusedByFixtures, 'TokenError ERR_INVALID_CONFIG secret');
  assert.deepEqual([report.clock, report.randomJti, report.cached], [true, true, true]);
  assert.equal(report.fromEnvironment, null);
});

/** What is expected where the environment has the credentials. */
const withCredentials = () => ({ ...JSON.parse(expected), fromEnvironment: managementToken });

for (const { name, binary, version, args = [], environmentArgs = [], env } of runtimes) {
  describe(name, () => {
    test('is what it is called', async (t) => {
      const [first = ''] = (await run(binary, ['--version'], { cwd: project, env })).split('\n');
      assert.match(first, version);
      t.diagnostic(first);
    });

    for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
      test(`${program} reports what is expected`, async () => {
        assert.equal(await run(binary, [...args, program], { cwd: project, env }), expected);
      });
    }

    test('knows a TokenError of the other module format, and no look-alike', async () => {
      await run(binary, [...args, 'formats.mjs'], { cwd: project, env });
    });

    test('takes the credentials from the environment', async () => {
      const own = { cwd: project, env: { ...env, ...credentials } };
      const report = await run(binary, [...args, ...environmentArgs, 'probe-esm.mjs'], own);
      assert.deepEqual(JSON.parse(report), withCredentials());
    });
  });
}

test('Cloudflare workerd with nodejs_compat reports what is expected, with credentials from bindings', async () => {
  // With the options of wrangler (its `deployment-bundle/bundle.ts`): esbuild's default platform, which is the browser,
  // the conditions of a worker, and Node's modules left to the runtime.
  await build({
    entryPoints: [path.join(project, 'worker.js')],
    outfile: path.join(project, 'worker.bundle.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
  });
  const server = await serve(workerd, (port) => ['serve', 'worker.capnp', `--socket-addr=http=127.0.0.1:${port}`], {
    cwd: project,
  });
  try {
    const answer = await (await fetch(server.origin)).json();
    assert.deepEqual(answer, { report: withCredentials(), userOfBindings: 'user-1' });
  } finally {
    await server.stop();
  }
});

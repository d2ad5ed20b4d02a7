/** Every runtime creates the same tokens from the same input, in ES modules and in CommonJS. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { build } from 'esbuild';

import { PROBES, reportOf, userProject } from '../support/project.js';
import { run, serve } from '../support/run.js';
import { runtimes, workerd } from '../support/runtimes.js';

const credentials = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };
const project = userProject(...PROBES, 'runtimes/formats.mjs', 'runtimes/worker.js', 'runtimes/worker.capnp');

/** The report of the Node.js that runs this test. All others must be equal. */
let expected = '';
/** The same where the environment has credentials. */
const withCredentials = () => {
  const report = JSON.parse(expected);
  return { ...report, fromEnvironment: report.tokens.management };
};

before(async () => {
  expected = await reportOf(project);
});

test('the report is right', () => {
  const jti = '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21';
  const rest = `"version":2,"iat":1800000000,"nbf":1800000000,"exp":1800086400,"jti":"${jti}"}`;
  /** Signs hand-written claims as RFC 7515 says. @param {string} claims */
  function signed(claims) {
    const parts = ['{"alg":"HS256","typ":"JWT"}', `{"access_key":"fake-access-key",${claims},${rest}`];
    const input = parts.map((json) => Buffer.from(json).toString('base64url')).join('.');
    return `${input}.${createHmac('sha256', credentials.HMS_SECRET).update(input).digest('base64url')}`;
  }
  /** @param {string} userId */
  const appToken = (userId) => signed(`"room_id":"room-1","user_id":"${userId}","role":"guest","type":"app"`);

  const report = JSON.parse(expected);
  assert.deepEqual(report.tokens, {
    management: signed('"type":"management"'),
    ascii: appToken('user-1'),
    accented: appToken(String.raw`Jos\u00e9`),
    escaped: appToken(String.raw`who\u003f\u003e\u007e`),
  });
  assert.equal(report.verified, 'José');
  assert.equal(report.decoded.claims.user_id, 'who?>~');
  assert.deepEqual(report.readByClient, ['José', 'who?>~']);
  assert.deepEqual(report.errors, [
    'appToken: no error',
    'managementToken: no error',
    'expiredAppToken: ERR_TOKEN_EXPIRED exp',
    'expiredManagementToken: ERR_TOKEN_EXPIRED exp',
    'notYetActiveAppToken: ERR_TOKEN_NOT_ACTIVE nbf',
    'notYetActiveManagementToken: ERR_TOKEN_NOT_ACTIVE nbf',
    'wrongSecretAppToken: ERR_TOKEN_SIGNATURE',
    'tamperedAppToken: ERR_TOKEN_SIGNATURE',
    'unsignedAppToken: ERR_TOKEN_ALGORITHM',
  ]);
  assert.equal(report.fixturesError, 'ERR_INVALID_CONFIG secret');
  assert.deepEqual([report.clock, report.randomJti, report.cached], [true, true, true]);
  assert.equal(report.fromEnvironment, null);
});

for (const { name, binary, version, args = [], environmentArgs = [], env } of runtimes) {
  describe(name, () => {
    /** @param {string[]} args @param {Record<string, string>} [more] */
    const here = (args, more) => run(binary, args, { cwd: project, env: { ...env, ...more } });

    test('prints the report and runs the command line', async (t) => {
      const [first = ''] = (await here(['--version'])).split('\n');
      t.diagnostic(first);
      assert.match(first, version);
      for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) assert.equal(await here([...args, program]), expected);
      const cli = ['node_modules/100ms-tokens/dist/cli.js', 'management', '--demo'];
      if (name.startsWith('Node.js')) assert.match(await here(cli), /^eyJ[^.]+\.[^.]+\.[^.]+\n$/);
    });

    test('recognizes a TokenError of the other module format', async () => void (await here([...args, 'formats.mjs'])));

    test('reads credentials from the environment', async () => {
      const report = await here([...args, ...environmentArgs, 'probe-esm.mjs'], credentials);
      assert.deepEqual(JSON.parse(report), withCredentials());
    });
  });
}

test('Cloudflare workerd with nodejs_compat reads credentials from bindings', async () => {
  // The options of wrangler (`deployment-bundle/bundle.ts`): esbuild's default platform, which is the browser, and the
  // conditions of a worker.
  await build({
    entryPoints: [path.join(project, 'worker.js')],
    outfile: path.join(project, 'worker.bundle.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
  });
  const args = (/** @type {string} */ port) => ['serve', 'worker.capnp', `--socket-addr=http=127.0.0.1:${port}`];
  const server = await serve(workerd, args, { cwd: project });
  try {
    const answer = await (await fetch(server.origin)).json();
    assert.deepEqual(answer, { report: withCredentials(), userOfBindings: 'user-1' });
  } finally {
    await server.stop();
  }
});

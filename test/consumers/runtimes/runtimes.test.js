/** Every runtime makes the same bytes of the same input, in ES modules and in CommonJS. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { brokenCopy, packageOf, userProject } from '../support/project.js';
import { run } from '../support/run.js';
import { runtimes } from '../support/runtimes.js';
import { bundleWorker, withWorker } from '../support/worker.js';

const credentials = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };

const project = userProject(
  ...['probe.cjs', 'probe-esm.mjs', 'probe-cjs.cjs', 'formats.mjs', 'environment.mjs', 'worker.js'].map(
    (name) => `runtimes/${name}`,
  ),
);

/** What the Node.js that runs this test reports: all others must report the same. */
let expected = '';

before(async () => {
  expected = await run(process.execPath, ['probe-esm.mjs'], { cwd: project });
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

/** @param {string} jti */
function managementPayload(jti) {
  return `{"access_key":"fake-access-key","type":"management","version":2,"iat":1800000000,"nbf":1800000000,"exp":1800086400,"jti":"${jti}"}`;
}

/** @param {string} userId */
function appPayload(userId) {
  return `{"access_key":"fake-access-key","room_id":"room-1","user_id":"${userId}","role":"guest","type":"app","version":2,"iat":1800000000,"nbf":1800000000,"exp":1800086400,"jti":"2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21"}`;
}

test('what is expected of all runtimes is right', () => {
  const report = JSON.parse(expected);
  assert.deepEqual(report.tokens, {
    management: signed(managementPayload('2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21')),
    ascii: signed(appPayload('user-1')),
    accented: signed(appPayload(String.raw`Jos\u00e9`)),
    escaped: signed(appPayload(String.raw`who\u003f\u003e\u007e`)),
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
});

/** What formats.mjs must report. */
const formats = {
  names: { esm: ['TokenError', 'TokenError'], cjs: ['TokenError', 'TokenError'] },
  isTokenError: {
    'index.js': true,
    'index.cjs': true,
    'testing.js': true,
    'testing.cjs': true,
    'a look-alike': false,
  },
};

test('the tests below fail when each entry has a TokenError of its own', async () => {
  const broken = brokenCopy(project, (folder) => {
    for (const name of ['testing.js', 'testing.cjs', 'index.cjs']) {
      const file = path.join(folder, 'dist', name);
      // Every file has a class of its own; they know each other's errors by a mark.
      writeFileSync(file, readFileSync(file, 'utf8').replace('Symbol.for(', 'Symbol('));
    }
  });
  assert.deepEqual(JSON.parse(await run(process.execPath, ['formats.mjs'], { cwd: broken })), {
    ...formats,
    isTokenError: {
      ...formats.isTokenError,
      'index.js': { esm: true, cjs: false },
      'index.cjs': { esm: false, cjs: true },
      'testing.js': false,
      'testing.cjs': false,
    },
  });
  for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
    const report = JSON.parse(await run(process.execPath, [program], { cwd: broken }));
    assert.match(report.refusedByFixtures, /^TokenError: /); // as text: it was no TokenError of the main entry
  }
});

for (const { name, binary, version, args, environmentArgs, env } of runtimes) {
  describe(name, () => {
    test('is what it is called', async (t) => {
      const [first = ''] = (await run(binary, ['--version'], { env: env(project) })).split('\n');
      assert.match(first, version);
      t.diagnostic(first);
    });

    for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
      test(`${program} reports what is expected`, async () => {
        assert.equal(await run(binary, [...args(project), program], { cwd: project, env: env(project) }), expected);
      });
    }

    test('knows a TokenError of the other module format, and no look-alike', async () => {
      const output = await run(binary, [...args(project), 'formats.mjs'], { cwd: project, env: env(project) });
      assert.deepEqual(JSON.parse(output), formats);
    });

    test('takes the credentials from the environment', async () => {
      const token = await run(binary, [...args(project), ...environmentArgs, 'environment.mjs'], {
        cwd: project,
        env: { ...env(project), ...credentials },
      });
      assert.equal(token.trim(), signed(managementPayload('fixed')));
    });
  });
}

test('Cloudflare workerd with nodejs_compat', async (t) => {
  const bundle = path.join(project, 'worker.bundle.js');
  await bundleWorker(path.join(project, 'worker.js'), bundle);
  const { createTokenBuilder } = packageOf(project);

  await withWorker(bundle, credentials, async (origin) => {
    /** @param {string} route */
    const answer = async (route) => (await fetch(new URL(route, origin))).json();

    await t.test('reports what is expected', async () => {
      assert.deepEqual(await answer('/probe'), JSON.parse(expected));
    });
    await t.test('takes the credentials from bindings', async () => {
      const tokens = createTokenBuilder({ accessKey: credentials.HMS_ACCESS_KEY, secret: credentials.HMS_SECRET });
      assert.equal(tokens.verifyAppToken(await answer('/bindings')).user_id, 'user-1');
    });
    await t.test('takes the credentials from the environment', async () => {
      assert.equal(await answer('/environment'), signed(managementPayload('fixed')));
    });
  });
});

/** The 100ms web client (hms-video-store) reads exactly the strings that went into its token. */

import './browser.js';

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';

import { createTokenBuilder } from '100ms-tokens';
import { testCredentials } from '100ms-tokens/testing';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';

import { sentTokens } from './browser.js';

const require = createRequire(import.meta.url); // the client's ES module doesn't load in Node.js
const { HMSLogLevel, HMSReactiveStore, selectLocalPeer, selectRoom } = require('@100mslive/hms-video-store');
const version = require('../package.json').devDependencies['@100mslive/hms-video-store'];

const tokens = createTokenBuilder(testCredentials);

/** Returns the IDs and the role that a connected client reads from a token. @param {string} authToken */
async function readByClient(authToken) {
  const hms = new HMSReactiveStore();
  const actions = hms.getActions();
  actions.setLogLevel(HMSLogLevel.NONE);
  sentTokens.length = 0;
  await actions.preview({ authToken, userName: 'a name' });
  assert.deepEqual(sentTokens, [authToken, authToken]); // it always sends the token unchanged
  const { id: roomId } = hms.getStore().getState(selectRoom);
  const { customerUserId: userId, roleName: role } = hms.getStore().getState(selectLocalPeer) ?? {};
  return { roomId, userId, role };
}

/** @param {import('100ms-tokens').AppTokenParams} ids */
async function assertRead(ids) {
  assert.deepEqual(await readByClient(tokens.generateAppToken(ids)), ids);
}

// Room IDs of different lengths move the user ID to different positions in base64url's groups of three bytes.
const ROOMS = ['room-1', 'room-12', 'room-123'];

/**
 * How the client reads a user ID from a token of another library: the sorted results in all three rooms.
 *
 * @type {Record<string, string[]>}
 */
const OTHERS = {
  'user-1': ['user-1'],
  José: ['JosÃ©'],
  日本語: ['æ\x97¥æ\x9c¬èª\x9e'],
  'who?': ['throws InvalidCharacterError', 'who?'],
  'aaa~b': ['aaa~b', 'throws InvalidCharacterError'],
  'x>y?z~': ['throws InvalidCharacterError'],
  'a😀': ['að\x9f\x98\x80', 'throws InvalidCharacterError'],
};

describe(`@100mslive/hms-video-store ${version}`, () => {
  for (const userId of [...Object.keys(OTHERS), 'a\u0000b', 'a\u007f', '"\\/\n', 'ä>ö?ü~']) {
    test(`reads ${JSON.stringify(userId)}`, async () => {
      for (const roomId of ROOMS) await assertRead({ roomId, userId, role: 'guest' });
    });
  }

  test('reads room IDs and roles that are not ASCII', () =>
    assertRead({ roomId: 'Zürich?', userId: '日本', role: 'Gäste>' }));

  test('reads every user ID and room ID that the builder accepts', async () => {
    const awkward = fc.constantFrom(...'>?~\x7f-_é');
    const unit = fc.oneof(awkward, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    const id = fc.string({ unit, minLength: 1 });
    await fc.assert(
      fc.asyncProperty(id, id, async (roomId, userId) => {
        const ids = { roomId, userId, role: 'guest' };
        fc.pre(accepts(ids));
        await assertRead(ids);
      }),
      { numRuns: 200 },
    );
  });

  for (const [userId, expected] of Object.entries(OTHERS)) {
    test(`reads ${userId} from jsonwebtoken as ${JSON.stringify(expected)}`, async () => {
      const read = new Set();
      for (const roomId of ROOMS) {
        const claims = tokens.verifyAppToken(tokens.generateAppToken({ roomId, userId, role: 'guest' }));
        const reading = readByClient(jwt.sign(claims, testCredentials.secret)).then(
          (ids) => ids.userId,
          (/** @type {Error} */ error) => `throws ${error.name}`,
        );
        read.add(await reading);
      }
      assert.deepEqual(
        [...read].sort(),
        expected,
        `${version} reads tokens of other libraries differently. If it reads them right, 100ms has released its fix ` +
          '(commit 678e09b in 100mslive/web-sdks): README.md must say in which release. Older clients stay in use.',
      );
    });
  }
});

/** @param {import('100ms-tokens').AppTokenParams} ids */
function accepts(ids) {
  try {
    return tokens.generateAppToken(ids) !== '';
  } catch {
    return false;
  }
}

/** The web client that 100ms ships (hms-video-store) reads the very strings that went into its token. */

import './browser.js';

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';

import { createTokenBuilder } from '100ms-tokens';
import { testCredentials } from '100ms-tokens/testing';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';

import { sentTokens } from './browser.js';

const require = createRequire(import.meta.url);
// Its ES module does not load in Node.js.
const { HMSLogLevel, HMSReactiveStore, selectLocalPeer, selectRoom } = require('@100mslive/hms-video-store');
const version = require('../package.json').devDependencies['@100mslive/hms-video-store'];

const tokens = createTokenBuilder(testCredentials);

/**
 * What the client makes of a token, once it is connected.
 *
 * @param {string} authToken
 */
async function readByClient(authToken) {
  const hms = new HMSReactiveStore();
  const actions = hms.getActions();
  actions.setLogLevel(HMSLogLevel.NONE);
  sentTokens.length = 0;
  await actions.preview({ authToken, userName: 'a name' });
  // Whatever it reads of it, it sends the token as it is.
  assert.deepEqual(sentTokens, [authToken, authToken]);
  const { id: roomId } = hms.getStore().getState(selectRoom);
  const { customerUserId: userId, roleName: role } = hms.getStore().getState(selectLocalPeer) ?? {};
  return { roomId, userId, role };
}

/** @param {import('100ms-tokens').AppTokenParams} ids */
async function assertRead(ids) {
  assert.deepEqual(await readByClient(tokens.generateAppToken(ids)), ids);
}

// After each of them, the user id stands at another place in base64url's groups of three bytes.
const ROOMS = ['room-1', 'room-12', 'room-123'];

/**
 * How the client reads a user id in a token of another library, by user id; "throws …" if it does not. Where two are
 * listed, it depends on the room.
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

const ids = [...Object.keys(OTHERS), 'lone surrogate \ud83d', 'a\u0000b', '\u007f', '"\\/\n', 'ä>ö?ü~'];

describe(`@100mslive/hms-video-store ${version}`, () => {
  for (const userId of ids) {
    test(`reads ${JSON.stringify(userId)}`, async () => {
      for (const roomId of ROOMS) await assertRead({ roomId, userId, role: 'guest' });
    });
  }

  test('reads ids and roles that are not ASCII', () =>
    assertRead({ roomId: 'Zürich?', userId: '日本', role: 'Gäste>' }));

  test('reads whatever string a user id or a room id is', async () => {
    const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)); // lone surrogates too
    const awkward = fc.constantFrom(...'>?~\x7f-_é');
    const id = fc
      .oneof(...[codeUnit, awkward, /** @type {const} */ ('grapheme')].map((unit) => fc.string({ unit, minLength: 1 })))
      .filter((text) => text.trim() !== '' && !/^<.*>$/s.test(text)); // which the builder refuses
    await fc.assert(
      fc.asyncProperty(id, id, (roomId, userId) => assertRead({ roomId, userId, role: 'guest' })),
      { numRuns: 200 },
    );
  });

  for (const [userId, expected] of Object.entries(OTHERS)) {
    test(`reads ${userId} of jsonwebtoken as README.md says: ${JSON.stringify(expected)}`, async () => {
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
        `${version} reads tokens of other libraries otherwise than README.md tells. If it reads them right, 100ms has ` +
          'released its own fix (commit 678e09b of 100mslive/web-sdks): README.md must then say in "A user called José" ' +
          'which release has it, and that clients older than that, which stay in use, need what this package does.',
      );
    });
  }
});

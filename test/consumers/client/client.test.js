/** The 100ms web client (hms-video-store) reads exactly the strings that went into a token. See README.md. */

import './browser.js';

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';

import { createTokenBuilder } from '100ms-tokens';
import { testCredentials } from '100ms-tokens/testing';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';

import { sentTokens } from './browser.js';

const require = createRequire(import.meta.url);
// Its ES module doesn't load in Node.js.
const { HMSLogLevel, HMSReactiveStore, selectLocalPeer, selectRoom } = require('@100mslive/hms-video-store');
const version = require('../package.json').devDependencies['@100mslive/hms-video-store'];

// Room IDs of different lengths move the user ID to different positions in base64url's groups of three bytes.
const ROOMS = ['room-1', 'room-12', 'room-123'];
const { generateAppToken, verifyAppToken } = createTokenBuilder(testCredentials);

/** @typedef {{ roomId: string, userId: string, role: string }} Ids */

/** @type {(ids: Ids) => string} */
const ownToken = generateAppToken;
/** @type {(ids: Ids) => string} */
const otherToken = (ids) => jwt.sign(verifyAppToken(generateAppToken(ids)), testCredentials.secret);

/**
 * Returns the IDs that the client reads from a token when it connects.
 *
 * @param {string} authToken
 */
async function readByClient(authToken) {
  const hms = new HMSReactiveStore();
  const actions = hms.getActions();
  actions.setLogLevel(HMSLogLevel.NONE);
  sentTokens.length = 0;
  await actions.preview({ authToken, userName: 'a name' });
  assert.deepEqual(sentTokens, [authToken, authToken]); // it sends the token unchanged, even if it misreads it
  const { id: roomId } = hms.getStore().getState(selectRoom);
  const { customerUserId: userId, roleName: role } = hms.getStore().getState(selectLocalPeer) ?? {};
  return { roomId, userId, role };
}

/** @param {Ids} ids */
async function assertRead(ids, create = ownToken) {
  assert.deepEqual(await readByClient(create(ids)), ids);
}

/** Describes how the client reads a user ID in tokens created with `jsonwebtoken`. @param {string} userId */
async function describeReadings(userId) {
  const results = new Set();
  for (const roomId of ROOMS) {
    const reading = readByClient(otherToken({ roomId, userId, role: 'guest' })).then(
      (read) => (read.userId === userId ? 'correct' : `misread as ${format(String(read.userId))}`),
      (/** @type {Error} */ error) => `throws \`${error.name}\``,
    );
    results.add(await reading);
  }
  return [...results].sort().join(', or ');
}

/** Formats a string as JSON for a table cell. @param {string} text */
function format(text) {
  const escape = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `\`${JSON.stringify(text).replace(/[|\x7f-\xa0\xad]|\p{Default_Ignorable_Code_Point}/gu, escape)}\``;
}

describe(`@100mslive/hms-video-store ${version}`, () => {
  test('reads each user ID as the table in README.md shows', async () => {
    const file = new URL('README.md', import.meta.url);
    const readme = readFileSync(file, 'utf8');
    const [, before = '', section = '', after = ''] = /^(.*<!-- ids -->\n)(.*)(<!-- end -->.*)$/s.exec(readme) ?? [];
    const ids = [...section.matchAll(/^\| `(".*?")` \|/gm)].map(([, json = '']) => JSON.parse(json));
    assert.ok(new Set(ids).size > 40);
    for (const userId of ids) for (const roomId of ROOMS) await assertRead({ roomId, userId, role: 'guest' });

    const rows = /** @type {string[]} */ ([]);
    for (const id of ids) rows.push(`| ${format(id)} | ${await describeReadings(id)} |`);
    const [correct, misread, thrown, mixed] = [/\| correct \|$/, /\| misread[^,]*$/, /\| throws[^,]*$/, /, or /].map(
      (kind) => rows.filter((row) => kind.test(row)).length,
    );
    const lines = [
      `The client reads all ${ids.length} user IDs correctly in tokens created with this package. In tokens created with \`jsonwebtoken\`,`,
      `it reads ${correct} correctly, misreads ${misread} and throws on ${thrown}. For the other ${mixed}, the result depends on the room.`,
      ...['', '| user ID | in tokens created with `jsonwebtoken` |', '| --- | --- |', ...rows, ''],
    ];
    if (process.argv.includes('--update')) writeFileSync(file, before + lines.join('\n') + after);
    // If all are correct, 100ms has released its fix: README.md must then say which version has it.
    else assert.deepEqual(section.split('\n'), lines);
  });

  test('reads IDs and roles that are not ASCII', () =>
    assertRead({ roomId: 'Zürich?', userId: '日本', role: 'Gäste>' }));

  const awkward = fc.constantFrom(...'>?~\x7f-_é"\\');
  const ascii = fc.integer({ min: 32, max: 125 }).map((code) => String.fromCharCode(code));
  for (const [title, create, units] of /** @type {const} */ ([
    ['reads any characters', ownToken, ['binary', 'grapheme', awkward]],
    ['reads ASCII without >, ?, ~ and DEL from other libraries', otherToken, [ascii.filter((c) => !/[>?]/.test(c))]],
  ])) {
    const text = fc.oneof(...units.map((unit) => fc.string({ unit }))).filter((text) => !text.includes('${'));
    const property = fc.asyncProperty(text, fc.constantFrom(...ROOMS), (text, roomId) =>
      assertRead({ roomId, userId: `u${text}`, role: 'guest' }, create),
    );
    test(title, () => fc.assert(property, { numRuns: 200 }));
  }
});

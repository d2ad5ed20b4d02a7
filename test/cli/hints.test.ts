/** Each cause with a token that has it, and with its nearest relative that hasn't. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { inspectToken } from '../../src/cli/inspect.js';
import type { Known } from '../../src/cli/signature.js';
import { testCredentials } from '../../src/testing.js';
import { APP, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET } from '../support/forge.js';

const KEY = '64f0c1a2b3d4e5f6fa4e0000';
// Like real ones: base64url with - and _, and an = at the end.
const REAL =
  'Zm9v-mFyX3NlY3JldC0xMjM0NTY3ODkwYWJjZGVmZ2hpamts_XlvcHFyc3R1dnd4eXotX18tX19BQkNERUZHSElKS0xNTk9Q-_5RUVJTVA==';
const real: Known = { accessKey: KEY, secret: REAL };
const app = { ...APP, access_key: KEY };

const hintsOf = (token: string, known: Known = real) => inspectToken(token, known, NOW).hints;

/** Hints on every valid token. */
const closing = [
  /^It's (an app|a management) token, for /,
  /^Only 100ms can check .* curl, see "When 100ms refuses a token" in README\.md\.$/,
];

function expectHints(token: string, hints: RegExp[], known?: Known) {
  expect(hintsOf(token, known)).toEqual(hints.map((hint) => expect.stringMatching(hint) as string));
}

/** Expects hints on each of the tokens with other claims, and what every valid token has. */
function expectClaimHints(hints: RegExp[], ...changes: object[]) {
  const filled = hints.length > 0 ? hints : [/^Nothing is wrong here/];
  for (const change of changes) {
    const token = forge(HEADER, { ...app, ...change }, REAL);
    expectHints(token, inspectToken(token, real, NOW).valid === true ? [...filled, ...closing] : hints);
  }
}

/** Signs with any key and hash, and writes the signature in any way. */
function sign(key: string | Buffer, way: { header?: object; hash?: string; encoding?: 'base64url' | 'hex' } = {}) {
  const { header = HEADER, hash = 'sha256', encoding = 'base64url' } = way;
  const input = `${base64url(header)}.${base64url(app)}`;
  return `${input}.${createHmac(hash, key).update(input).digest(encoding)}`;
}

it('finds nothing wrong with a valid token, and says what only 100ms knows', () => {
  const [, only = /^$/] = closing;
  expectHints(forge(HEADER, app, REAL), [/^Nothing is wrong here\.$/, /^It's an app token/, only]);
  expectHints(forge(HEADER, { ...MANAGEMENT, access_key: KEY }, REAL), [
    /^Nothing is wrong here\.$/,
    /^It's a management token/,
    only,
  ]);
  expectHints(forge(HEADER, app, REAL), [], {}); // it wasn't checked
});

describe('the key', () => {
  const bytes = Buffer.from(REAL, 'base64');
  const dropped = Buffer.from(REAL.replace(/[-_]/g, ''), 'base64');
  const cut = Buffer.from(REAL.slice(0, 4), 'base64'); // up to the first -
  const zeros = Buffer.from(REAL.replace(/[-_]/g, 'A'), 'base64');
  const named = (what: string, advice: string, ...keys: string[]) =>
    keys.map((key): [string, string] => [`the ${what} ${key}: ${advice}`, key]);
  // prettier-ignore
  it.each<[what: string, ...keys: (string | Buffer)[]]>([
    ["the base64-decoded secret: don't decode it; use its text as the key", bytes, bytes.toString()],
    ["the base64-decoded secret: don't decode it; use its text as the key", bytes.toString('latin1'), dropped, cut, zeros],
    ["the base64-encoded secret: don't encode it", btoa(REAL), btoa(`${REAL}\n`), Buffer.from(REAL).toString('base64url')],
    ["the hex-encoded secret: don't encode it", Buffer.from(REAL).toString('hex')],
    ["the percent-encoded secret: don't encode it", encodeURIComponent(REAL)],
    ['the secret in UTF-16: use its UTF-8 bytes', Buffer.from(REAL, 'utf16le')],
    ['HMS_SECRET without its =: some parsers drop it; compare both with the dashboard', REAL.slice(0, -1), REAL.slice(0, -2)],
    ['HMS_SECRET and an = after it: compare both with the dashboard', `${REAL}=`, `${REAL}==`],
    ['part of HMS_SECRET: compare both with the dashboard', REAL.slice(1), REAL.slice(0, 3), REAL.slice(-9), REAL.slice(0, -3)],
    ['a newline after the secret: trim it', `${REAL}\n`, `${REAL}\r\n`, `${REAL}\r`],
    ['a literal \\n (two characters) after the secret: remove it', `${REAL}\\n`, `${REAL}\\r\\n`],
    ['whitespace or an invisible character around the secret: trim it', ...[' ', '\t', '\ufeff', '\u200b', '\xa0'].map((mark) => REAL + mark)],
    ['whitespace or an invisible character around the secret: trim it', ` ${REAL}`, ` ${REAL} `],
    ['quotes around the secret: remove them (docker run --env-file keeps them)', `"${REAL}"`, `'${REAL}'`, `"${REAL}`, `\`${REAL}\``],
    ['quotes around the secret: remove them (docker run --env-file keeps them)', `\\"${REAL}\\"`],
    ['punctuation after the secret: remove it', `${REAL};`, `${REAL},`],
    ['a name in front of the secret: remove it', `HMS_SECRET=${REAL}`, `HMS_SECRET: ${REAL}`, `export HMS_SECRET=${REAL}`],
    ['the secret in another case: copy it unchanged', REAL.toLowerCase(), REAL.toUpperCase()],
    ['the secret twice: paste it once', REAL + REAL],
    ['the access key: use the secret', KEY],
    ['an empty secret: check how your code reads it', ''],
    ['the fake secret of --demo and the test fixtures: use your own', testCredentials.secret],
    ...named('text', 'check how your code reads the secret', 'undefined', 'null', 'NaN', 'None', 'nil', 'false', '[object Object]'),
    ...named('text', 'check how your code reads the secret', '[object Promise]'),
    ...named('placeholder', 'use the app secret', 'secret', 'your-app-secret', 'your_secret', 'YOUR_HMS_SECRET', '${HMS_SECRET}', '<app_secret>'),
    ...named('placeholder', 'use the app secret', '$APP_SECRET', '{{app-secret}}', 'process.env.HMS_SECRET'),
    ...named('sample secret', 'use the app secret', 'your-256-bit-secret', 'a-string-secret-at-least-256-bits-long'),
  ])('is recognized by signing: %s', (what, ...keys) => {
    for (const key of keys) expect(hintsOf(sign(key))).toEqual([`It was signed with ${what}.`]);
  });

  it('is unknown if it is none of these', () => {
    for (const key of [`${REAL}x`, REAL.replace('Z', 'z'), REAL.slice(1, -1)])
      expectHints(sign(key), [/^It was signed with a secret other than HMS_SECRET, or modified/]);
    const known = { ...real, secret: 'abcdef=ghij==' };
    for (const key of ['abcdefghij', 'abcdefghij==']) expectHints(sign(key), [/a secret other than/], known);
    for (const key of ['abcdef=ghij', 'abcdef=ghij=']) expectHints(sign(key), [/without its =/], known);
  });

  it('may be what HMS_SECRET encodes: then one of the two is wrong', () => {
    for (const [key, advice] of [
      ['8 chars.', /the base64-decoded HMS_SECRET: don't .*, unless the dashboard shows the decoded text\./],
      ['7 chars', /the base64-decoded secret: don't decode it; use/],
      ['\x01secret-of-the-app', /the base64-decoded secret: don't decode it; use/],
      ['secret-of-the-app\x01', /the base64-decoded secret: don't decode it; use/],
    ] as const)
      expectHints(sign(key), [advice], { ...real, secret: btoa(key) });
    const hex = { ...real, secret: 'aabbccddeeff00112233' };
    expectHints(sign(Buffer.from(hex.secret, 'hex')), [/the hex-decoded secret: don't decode it\./], hex);
  });

  it('is found without HMS_SECRET if anyone can guess it', () => {
    expectHints(sign('undefined'), [/the text undefined/], {});
    expectHints(sign(KEY), [/the access key/], {});
    expectHints(sign('other'), [], {});
  });

  it('may be the fake one, or have to be', () => {
    const token = forge(HEADER, app, testCredentials.secret);
    expectHints(token, [/the fake secret, which 100ms rejects\.$/, ...closing], testCredentials);
    for (const key of [REAL, testCredentials.secret.slice(1)])
      expectHints(sign(key), [/^It wasn't signed with the fake secret\. Omit --demo/], testCredentials);
  });
});

describe('the algorithm and the signature', () => {
  const hs = (bits: number) => ({ header: { alg: `HS${String(bits)}` }, hash: `sha${String(bits)}` });
  const right = /^Apart from that, it was signed with the right secret\.$/;
  const exactly = /^alg in the header must be exactly HS256, which uses the app secret/;
  const [header, payload] = [base64url({ alg: 'none' }), base64url(app)];
  const good = sign(REAL);
  const hmac = (text: string) => createHmac('sha256', REAL).update(text);
  const hex = hmac(good.slice(0, -44)).digest('hex');
  const newline = `${good.slice(0, -43)}${hmac(`${good.slice(0, -44)}\n`).digest('base64url')}`;
  // prettier-ignore
  it.each<[what: string, token: string, hints: RegExp[]]>([
    ['HS512', sign(REAL, hs(512)), [/^Its algorithm is HS512.*HS256.*jjwt/, right]],
    ['HS384 with the decoded secret', sign(Buffer.from(REAL, 'base64'), hs(384)), [/HS384/, /base64-decoded/]],
    ['HS512 with another secret', sign('x', hs(512)), [/HS512/, /a secret other than/]],
    ['HS256 in the header only', sign(REAL, { hash: 'sha512' }), [/^It was signed with SHA512, but HS256/, right]],
    ['SHA1', sign(REAL, { hash: 'sha1' }), [/^It was signed with SHA1, but HS256/, right]],
    ['RS256', `${base64url({ alg: 'RS256' })}.${payload}.${'A'.repeat(342)}`, [exactly]],
    ['none', `${header}.${payload}.`, [/^It isn't signed/, exactly]],
    ['None, with a signature', sign('x', { header: { alg: 'None' } }), [/^It isn't signed/, exactly]],
    ['none0 with another secret', sign('x', { header: { alg: 'none0' } }), [exactly]],
    ['none, with the right signature', sign(REAL, { header: { alg: 'none' } }), [exactly]],
    ['crit with SHA512', sign(REAL, { ...hs(512), header: { alg: 'HS512', crit: [] } }), [/HS512/, /^The header has crit/, right]],
    ['no signature', `${base64url(HEADER)}.${payload}.`, [/^It isn't signed/, /should have 43/]],
    ['no alg', sign(REAL, { header: {} }), [exactly]],
    ...['hs256', 'xHS256', 'HS256x', 'xHS384', 'HS3840', 'xHS512', 'none0', 'anone'].flatMap((alg): [string, string, RegExp[]][] => [
      [alg, sign(REAL, { header: { alg } }), [exactly]],
      [`x${alg} with another secret`, sign('x', { header: { alg: `x${alg}` } }), [exactly]],
    ]),
    ['crit', sign(REAL, { header: { ...HEADER, crit: ['x'] } }), [/^The header has crit/]],
    ['hex', sign(REAL, { encoding: 'hex' }), [/^Its signature is in hex/, right]],
    ...([384, 512] as const).map((bits): [string, string, RegExp[]] => [
      `hex of ${String(bits)} bits`,
      sign(REAL, { ...hs(bits), encoding: 'hex' }),
      [RegExp(`algorithm is HS${String(bits)}`), /is in hex/, right],
    ]),
    ['more hex digits', `${sign(REAL, { encoding: 'hex' })}${'a'.repeat(96)}`, [/^Its signature should have 43/]],
    ['hex digits after others', `${good.slice(0, -43)}${'_'.repeat(32)}${hex}`, [/^Its signature should have 43/]],
    ['hex digits before others', `${good.slice(0, -43)}${hex}${'_'.repeat(32)}`, [/^Its signature should have 43/]],
    ['hex in base64url', `${good.slice(0, -43)}${base64url(hex)}`, [/is in hex/, right]],
    ['hex with another secret', sign('x', { encoding: 'hex' }), [/is in hex/, /a secret other than/]],
    ['a signed newline', newline, [/^A newline was signed after the payload/]],
    ['cut to the length of SHA1', good.slice(0, -16), [/^Its signature should have 43/]],
    ['SHA1 in hex', sign(REAL, { hash: 'sha1', encoding: 'hex' }), [/signed with SHA1, but/, /is in hex/, right]],
    ['too long', `${good}AAA`, [/^Its signature should have 43/]],
    ['64 characters that are not hex', `${good}${'A'.repeat(21)}`, [/a secret other than/]],
  ])('%s', (_what, token, hints) => {
    expectHints(token, hints);
  });
});

describe('text that is not a token', () => {
  const good = forge(HEADER, app, REAL);
  const nested = forge(HEADER, { a: ['', 'x', 'xx'].map((text) => [text, { a: { a: 1 } }]), ...app }, REAL);
  const padded = (key: string | Buffer) => {
    const input = [HEADER, { ...app, user_id: '>>>???' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64'))
      .join('.');
    return `${input}.${createHmac('sha256', key).update(input).digest('base64')}`;
  };
  // prettier-ignore
  it.each<[hint: RegExp, ...texts: string[]]>([
    [/^It's the text undefined\./, 'undefined'],
    [/^It's the text \[object Promise\].*awaits/, '[object Promise]'],
    [/^It's a room code/, 'abc-defg-hij', 'abc-def-ghi', 'https://x.io/meeting/abc-defg-hij', 'x/abc-defg-hij?x=y'],
    [/^It's percent-encoded, or base64/, good.replaceAll('.', '%2E'), `Bearer%20${good}`, btoa(good)],
    [/^Is it the app secret\?/, REAL],
    [/^It's a web page/, '<!DOCTYPE html>'],
    [/^It isn't a token/, 'an undefined', 'xZXlK', '100%2', 'a<b', 'a{b}', 'ab\u00ad'],
    [/^It's JSON, but it contains no token/, '{"code":401}', '{"token":7}', '[]', JSON.stringify(app)],
    [/^It contains several tokens/, `${good}\n${good}`],
    [/^There are quotes around it/, `"${good}"`, `'${good}`, `\u201c${good}\u201d`, `b'${good}'`],
    [/^There is text around/, `token=${good}`, `Bearer ${good}`, `https://x.io/?auth_token=${good}&x=y`, `<${good}>`, `Token:  ${good}`],
    [/^There is text around/, `{"data":{"token":"${good}"}}`, `{ token: '${good}' }`, `200 OK\n\n{"token":"${good}"}`],
    [/^It isn't a token\. A token has three/, 'undefinedx', 'abc-defgh-ijk', KEY, '-----BEGIN KEY-----\nMIIB'],
    [/^It contains newlines or spaces/, `${good.slice(0, 60)}\n${good.slice(60)}`, good.replaceAll('.', '.\n'), `${good} x`],
    [/invisible character \(U\+00AD\)/, `${good.slice(0, 60)}\u00ad`],
    [/invisible character \(U\+2060\)/, `${good.slice(0, 60)}\u2060${good.slice(60)}`, `\u2060${good}`],
    [/^It's abbreviated/, `${good.slice(0, 99)}...`, `${good.slice(0, 99)}…`],
    [/^It's encoded in base64 instead of base64url/, padded('other')],
    [/^It.s too long/, `${good.slice(0, -43)}${'A'.repeat(65_536)}`, `eyJ${'A'.repeat(300_000)}`],
    [/^A token has three parts/, `.${good}`, `a${padded('other')}`, 'eyJ9.b', 'eyJ9=', 'eyJ9.b.c.d', good.slice(1)],
    [/^Its signature should have 43/, `${good}A`],
    [/^Some of its characters are/, good.slice(0, -2), `${good.slice(0, -5)}~${good.slice(-4)}`, `${padded('other')}!`, nested.slice(0, -2)],
    [/^Its header or payload isn't a JSON object in UTF-8/, forge(HEADER, Buffer.of(0xe9), 'x'), forge(HEADER, "{'a':1}", 'x')],
  ])('has the hint %s', (hint, ...texts) => {
    for (const text of texts) expectHints(text, [hint]);
  });

  const twice = JSON.stringify(JSON.stringify(app));
  it('may show how it was signed', () => {
    const input = `${base64url(HEADER)}.${base64url(twice)}`;
    const token = `${input}.${createHmac('sha512', REAL).update(input).digest('hex')}`;
    expectHints(token, [/header or payload/, /^It was signed with SHA512, but/, /is in hex/, /right secret/]);
  });

  // prettier-ignore
  it.each<[hint: RegExp, text: string, second?: RegExp]>([
    [/invisible character \(U\+200B\)/, `${good}\u200b`],
    [/^Some of its characters/, `${good}!`],
    [/^It's encoded in base64/, padded(REAL)],
    [/^It's encoded in base64/, padded(`${REAL}\n`), /a newline after the secret/],
    [/JSON\.stringify twice, or not at all\?/, forge(HEADER, twice, REAL)],
    [/^Its header or payload isn't/, forge(HEADER, `\ufeff${JSON.stringify(app)}`, REAL)],
  ])('may be signed with the right secret: %s', (hint, text, second = /^Apart from that, .* the right secret/) => {
    expectHints(text, [hint, second]);
  });
});

describe('the claims', () => {
  const garbled = (names: string) => RegExp(`can't read or garbles ${names},`);
  const none = { room_id: undefined, user_id: undefined, role: undefined };
  const foreign = { ...none, access_key: undefined, type: undefined };
  const missing = (names: string) => RegExp(`^Missing: ${names}\\. Check`);
  const forgotten = (names: string) => RegExp(`^Missing: ${names}\\. Set type`);
  const spelled = (names: string) => RegExp(`^Spelled differently: ${names}\\.`);
  // prettier-ignore
  it.each<[hints: RegExp[], ...changes: object[]]>([
    [[], { extra: true, userName: 'x' }, { roomId: 'x' }, { room_id: APP.room_id.toUpperCase() }],
    [[], { user_id: '7' }, { user_id: 'null-island' }, { user_id: 'a nn' }, { role: 'None of these' }, { role: 'a None' }],
    [[], { name: 'José' }, { ...none, type: 'management', name: '???>>>é' }], // the client doesn't read these
    [[], { name: '(not shown: the app secret)' }],
    [[missing('room_id, role')], { room_id: undefined, role: undefined }],
    [[missing('access_key, room_id')], { access_key: undefined, room_id: undefined }],
    [[missing('room_id, user_id, role')], none],
    [[missing('room_id, user_id'), forgotten('type')], { type: undefined, room_id: undefined, user_id: undefined }],
    [[missing('access_key')], { ...none, type: 'management', access_key: undefined }],
    [[spelled('type'), missing('role')], { type: undefined, Type: 'app', role: undefined }],
    [[spelled('version')], { version: undefined, Version: 2 }],
    [[forgotten('version, nbf, jti')], { nbf: undefined, version: undefined, jti: undefined }],
    [[forgotten('type')], { type: undefined }, { ...none, type: undefined }],
    [[forgotten('version')], ...[undefined, 'guest'].map((role) => ({ ...none, role, type: 'management', version: undefined }))],
    [[/^version must be the number 2/], { version: '2' }, { version: 1 }, { version: null }],
    [[spelled('access_key')], { access_key: undefined, accessKey: KEY }],
    [[spelled('room_id, user_id')], { room_id: undefined, roomId: 'x', user_id: undefined, 'USER ID': 'y' }],
    [[spelled('room_id')], { room_id: undefined, 'room\u200b_id': 'x' }],
    [[/^It isn't a 100ms token\. Is it/], { ...foreign, exp: 1e10 }, { ...foreign, payload: app }],
    [[missing('access_key, user_id, role'), forgotten('type')], { ...foreign, room_id: APP.room_id }],
    [[/^Not a string: user_id, jti\. Pass String/], { user_id: 7, jti: {} }],
    [[/^Not a string: user_id\. .*null/, /^Not a number: exp\./], { user_id: null, exp: null }],
    [[/^user_id is blank/], { user_id: '' }],
    [[/^user_id is the text of a missing value/], { user_id: 'undefined' }],
    [[/^user_id is the text of .*\. role is the text of/], { user_id: '[object Object]', role: 'null' }],
    [[/^Was a missing value turned into text\? user_id, role\./], { user_id: 'None', role: 'nil' }],
    [[/^role is a placeholder/], { role: '${role}' }],
    [[/^role has whitespace/], { role: ' guest' }],
    [[/^There is whitespace around user_id\. Is/], { user_id: 'ann ' }],
    [[/^room_id is a room code/], { room_id: 'abc-defg-hij' }],
    [[/^room_id is a link/], { room_id: 'https://x/meeting/abc-defg-hij' }],
    [[/^room_id doesn't have 24 hex digits/], { room_id: 'my room' }, { room_id: `${APP.room_id}0` }],
    [[/^There is an invisible character .* \(U\+200B\)/, garbled('role')], { role: 'gue\u200bst' }],
    [[garbled('user_id')], { user_id: 'José' }, { user_id: 'a\x80' }],
    [[garbled('room_id, user_id, role')], { user_id: '???>>>' }],
    [[/^Not a string: user_id/, garbled('room_id, role')], { user_id: 7, name: '???>>>' }],
    [[/^type must be exactly app/], { type: 'App' }, { type: null }],
    [[/^access_key is the text of a missing value/, /24 hex digits/, /isn't HMS_ACCESS_KEY/], { access_key: 'null' }],
    [[/^Its type is management, but it has a room_id/], { type: 'management' }, { type: 'management', user_id: 'José' }],
    [[/^Its access_key isn't HMS_ACCESS_KEY/], { access_key: KEY.replace('6', '7') }],
    ...['my-key', '!'.repeat(64), 'k', 'k=', `${'k'.repeat(40)}!`].map((access_key): [RegExp[], object] => [
      [/^access_key doesn't have 24 hex digits/, /isn't HMS_ACCESS_KEY/], { access_key },
    ]),
    [[/^access_key is the app secret: .*swapped/], { access_key: REAL }],
    [[/^Is access_key the app secret\?.*swapped/], { access_key: REAL.slice(0, -1) }, { access_key: '!'.repeat(65) }],
    [[/^Is access_key the app secret\?/], { access_key: 'k'.repeat(40) }, { access_key: `${'k'.repeat(20)}=` }],
  ])('have the hints %s', (hints, ...changes) => {
    expectClaimHints(hints, ...changes);
  });

  it('may show that the credentials are swapped, whatever is known', () => {
    const token = forge(HEADER, { ...app, access_key: REAL }, KEY);
    expectHints(token, [/the access key: use the secret/, /^access_key is the app secret/]);
    expectHints(token, [/^Is access_key the app secret\?/], {});
    const short = { ...real, secret: 'short secret' };
    const swapped = forge(HEADER, { ...app, access_key: short.secret }, short.secret);
    expectHints(swapped, [/^access_key is the app secret/, ...closing], short);
    expectHints(forge(HEADER, { ...app, access_key: undefined }, REAL), [/^Missing: access_key/], {});
    expectHints(forge(HEADER, { ...app, access_key: REAL }, REAL), [/^Is access_key the app secret\?/], {});
    expect(JSON.stringify(inspectToken(token, {}, NOW))).not.toContain(REAL);
    const changes = [{ [REAL]: 1 }, { user_id: REAL }, { a: [{ [REAL]: 1 }] }];
    const leaks = changes.map((change) => forge(HEADER, { ...app, ...change }, REAL));
    for (const named of [...leaks, forge({ ...HEADER, [REAL]: 1 }, app, REAL)]) {
      expectHints(named, [/^It contains the app secret, which anyone/, ...closing]);
      expect(JSON.stringify(inspectToken(named, real, NOW))).not.toContain(REAL);
    }
  });

  it('blame the app rather than the secret', () => {
    const token = forge(HEADER, { ...app, access_key: KEY.replace('6', '7') }, 'other');
    expectHints(token, [/^Its access_key isn't HMS_ACCESS_KEY/]);
    expectHints(token, [/^It was signed with a secret other/], { secret: SECRET });
    expectHints(token, [/^It wasn't signed with the fake secret\. Omit --demo/], testCredentials);
  });
});

describe('the times', () => {
  const [FIRST, LAST] = [Date.UTC(2000), Date.UTC(2100)].map((time) => time / 1000) as [number, number];
  const hour = 3600;
  const day = 24 * hour;
  const at = (start: number, end = start + hour) => ({ iat: start, nbf: start, exp: end });
  const zone = (hours: string) =>
    RegExp(`^If it was just created, its times are off by about ${hours} h, like a time zone\\.`);
  const early = /^If it should be active: /;
  const expired = /^It has expired/;
  const never = /^It's never valid/;
  const since = (start: number, nbf = start) => ({ iat: NOW - start * hour, nbf: NOW - nbf * hour, exp: NOW - 1 });
  // prettier-ignore
  it.each<[hints: RegExp[], ...changes: object[]]>([
    [[/^Not a number: iat, exp\. Write seconds/], { exp: String(NOW + hour), iat: '2026-01-01T00:00:00Z' }],
    [[/^Milliseconds: iat, nbf, exp\./], at(NOW * 1000)],
    [[/^After 2099: iat, nbf, exp\. Is it in micro- or nanoseconds/], at(NOW * 1e6), at(NOW * 1e9)],
    [[/^Before 2000: iat, nbf, exp\. .*divided by 1000 twice/], at(Math.floor(NOW / 1000))],
    [[/^Before 2000: exp\. Was the current time not added/], { exp: hour }, { exp: FIRST - 1 }],
    [[/^Before 2000: nbf\./], { nbf: 0 }],
    [[/^About twice the current time: iat, nbf, exp\./], at(NOW * 2)],
    [[never], { exp: FIRST }, { exp: NOW }, { nbf: NOW + 2 * hour }],
    [[/^Its lifetime exceeds 90 days/], { exp: NOW + 90 * day + 1 }, { exp: LAST - 1 }, { exp: NOW * 2.03 }, { exp: NOW * 1.97 }],
    [[/^About twice the current time: exp\./], { exp: NOW * 2.02 }, { exp: NOW * 1.98 }],
    [[/^After 2099: exp\./], { exp: 9e15 }, { exp: LAST }, { exp: (FIRST - 1) * 1000 }, { exp: LAST * 1000 }],
    [[/^Milliseconds: exp\./], { exp: NOW * 1000 }, { exp: FIRST * 1000 }, { exp: (LAST - 1) * 1000 }],
    [[never, zone('1')], at(NOW + hour, NOW + hour - 1)],
    [[/^Missing: nbf/, /exceeds 90 days/], { nbf: undefined, exp: NOW + 91 * day }],
    [[], { exp: NOW + 90 * day }, { ...since(5), exp: NOW + 1 }],
    [[expired], at(NOW - 4000), at(NOW - 15 * hour), since(5, 4), at(NOW - 14.5 * hour), at(NOW - hour - 900)],
    [[/^Missing: iat, nbf/, expired], { iat: undefined, nbf: undefined, exp: NOW - 9 }],
    [[zone('5'), expired], at(NOW - 5 * hour - 60), since(5)],
    [[zone('5\\.5'), expired], at(NOW - 5.5 * hour)],
    [[zone('14'), expired], at(NOW - 14 * hour)],
    [[zone('2'), expired], at(NOW - 2 * hour - 300), at(NOW - 2 * hour + 60)],
    [[zone('2'), expired], { ...since(2), nbf: NOW - 2 * hour + 60 }, { ...since(2), nbf: NOW - 2 * hour - 60 }],
    [[expired], at(NOW - 2 * hour - 301), at(NOW - 2 * hour + 61), { ...since(2), nbf: NOW - 2 * hour + 61 }],
    [[zone('5\\.5'), early], at(NOW + 5.5 * hour - 10)],
    [[early], at(NOW + 400), { nbf: NOW + 1 }, at(NOW + 2 * hour - 600)],
  ])('have the hints %s', (hints, ...changes) => {
    expectClaimHints(hints, ...changes);
  });

  it('may be too large for a number', () => {
    const claims = JSON.stringify({ ...app, exp: 0 }).replace('"exp":0', '"exp":1e400');
    expectHints(forge(HEADER, claims, REAL), [/^After 2099: exp/]);
  });
});

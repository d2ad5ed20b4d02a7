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
const real: Known = { accessKey: KEY, secret: REAL, isDemo: false };
const app = { ...APP, access_key: KEY };
const management = { ...MANAGEMENT, access_key: KEY };

const hintsOf = (token: string, known: Known = real) => inspectToken(token, known, NOW).hints;

/** Hints on every valid token. */
const closing = [
  /^It's (an app|a management) token, for /,
  /^Only 100ms can check .* "When 100ms refuses a token", .* curl\.$/,
];

function expectHints(token: string, hints: RegExp[], known?: Known) {
  const found = hintsOf(token, known);
  expect(found).toEqual(hints.map((hint) => expect.stringMatching(hint) as string));
}

/** Expects hints on a token with other claims, and what every valid token has. */
function expectClaimHints(change: object, hints: RegExp[]) {
  const token = forge(HEADER, { ...app, ...change }, REAL);
  const filled = hints.length > 0 ? hints : [/^Nothing is wrong here/];
  expectHints(token, inspectToken(token, real, NOW).valid === true ? [...filled, ...closing] : hints);
}

interface Way {
  header?: object;
  hash?: string;
  encoding?: 'base64url' | 'hex';
}

/** Signs with any key and hash, and writes the signature in any way. */
function sign(key: string | Buffer, { header = HEADER, hash = 'sha256', encoding = 'base64url' }: Way = {}) {
  const input = `${base64url(header)}.${base64url(app)}`;
  return `${input}.${createHmac(hash, key).update(input).digest(encoding)}`;
}

it('finds nothing wrong with a valid token, and says what only 100ms knows', () => {
  expectHints(forge(HEADER, app, REAL), [/^Nothing is wrong here\.$/, ...closing]);
  expectHints(forge(HEADER, management, REAL), [/^Nothing is wrong here\.$/, ...closing]);
});

it('says nothing about a token that was not checked', () => {
  expectHints(forge(HEADER, app, REAL), [], { isDemo: false });
});

describe('the key', () => {
  const bytes = Buffer.from(REAL, 'base64');
  const dropped = Buffer.from(REAL.replace(/[-_]/g, ''), 'base64');
  it.each<[key: string | Buffer, hint: RegExp]>([
    [bytes, /the base64-decoded secret: don't/],
    [bytes.toString(), /the base64-decoded secret/],
    [bytes.toString('latin1'), /the base64-decoded secret/],
    [dropped, /the base64-decoded secret/],
    [Buffer.from(REAL.slice(0, 4), 'base64'), /the base64-decoded secret/], // up to the first -
    [Buffer.from(REAL.replace(/[-_]/g, 'A'), 'base64'), /the base64-decoded secret/],
    [Buffer.from(REAL).toString('base64'), /the base64-encoded secret/],
    [Buffer.from(REAL).toString('base64url'), /the base64-encoded secret/],
    [Buffer.from(REAL).toString('hex'), /the hex-encoded secret/],
    [encodeURIComponent(REAL), /the percent-encoded secret/],
    [Buffer.from(REAL, 'utf16le'), /the secret in UTF-16/],
    [REAL.slice(0, -1), /the secret without the = at its end/],
    [REAL.slice(0, -2), /the secret without the = at its end/],
    [`${REAL}=`, /HMS_SECRET and an = after it/],
    [REAL.slice(1), /part of the secret/],
    [`${REAL}\n`, /a newline after the secret/],
    [`${REAL}\r\n`, /a newline after the secret/],
    [`${REAL}\\n`, /\\n after the secret, as two characters/],
    [`${REAL} `, /whitespace or an invisible character around the secret/],
    [` ${REAL}`, /whitespace/],
    [`\ufeff${REAL}`, /whitespace/],
    [`"${REAL}"`, /quotes around the secret/],
    [`'${REAL}'`, /quotes around the secret/],
    [`"${REAL}`, /quotes around the secret/],
    [`${REAL};`, /punctuation after the secret/],
    [`HMS_SECRET=${REAL}`, /a name in front of the secret/],
    [REAL.toLowerCase(), /the secret in another case/],
    [REAL + REAL, /the secret twice/],
    [KEY, /the access key: use the secret/],
    ['', /an empty secret/],
    ['undefined', /the text undefined/],
    ['null', /the text null/],
    ['[object Promise]', /the text \[object Promise\]/],
    [testCredentials.secret, /the fake secret of --demo/],
    ['your-256-bit-secret', /the sample secret your-256-bit-secret/],
    ['your-app-secret', /the placeholder your-app-secret/],
    ['${HMS_SECRET}', /the placeholder \$\{HMS_SECRET\}/],
    ['<app_secret>', /the placeholder <app_secret>/],
    [`${REAL}x`, /a secret other than HMS_SECRET, or modified/],
    [REAL.replace('Z', 'z'), /a secret other than HMS_SECRET/],
  ])('is recognized by signing: %s', (key, hint) => {
    expectHints(sign(key), [RegExp(`^It was signed with ${hint.source}`)]);
  });

  it('may be what HMS_SECRET encodes: then one of the two is wrong', () => {
    const known = { ...real, secret: Buffer.from('secret-of-the-app').toString('base64') };
    expectHints(
      forge(HEADER, app, 'secret-of-the-app'),
      [/base64-decoded HMS_SECRET: don.t .* or if the dashboard/],
      known,
    );
    const hex = { ...real, secret: 'aabbccddeeff00112233' };
    expectHints(sign(Buffer.from(hex.secret, 'hex')), [/the hex-decoded secret/], hex);
  });

  it('is found without HMS_SECRET if anyone can guess it', () => {
    const unknown = { isDemo: false };
    expectHints(sign('undefined'), [/the text undefined/], unknown);
    expectHints(sign(KEY), [/the access key/], unknown);
    expectHints(sign('other'), [], unknown);
  });

  it('is a hint to leave --demo out', () => {
    expectHints(sign(REAL), [/Leave --demo out/], { ...testCredentials, isDemo: true });
  });
});

describe('the algorithm and the signature', () => {
  const hs = (bits: number) => ({ header: { alg: `HS${String(bits)}` }, hash: `sha${String(bits)}` });
  const right = /^Apart from that, it was signed with the right secret\.$/;
  const [header, payload] = [base64url({ alg: 'none' }), base64url(app)];
  const good = sign(REAL);
  const hex = createHmac('sha256', REAL)
    .update(good.slice(0, good.lastIndexOf('.')))
    .digest('hex');
  it.each<[what: string, token: string, hints: RegExp[]]>([
    ['HS512', sign(REAL, hs(512)), [/^Its algorithm is HS512.*HS256.*jjwt/, right]],
    ['HS384 with the decoded secret', sign(Buffer.from(REAL, 'base64'), hs(384)), [/HS384/, /base64-decoded/]],
    ['HS512 with another secret', sign('x', hs(512)), [/HS512/, /a secret other than/]],
    ['HS256 in the header only', sign(REAL, { hash: 'sha512' }), [/HS256, but it was signed with SHA512/, right]],
    [
      'RS256',
      `${base64url({ alg: 'RS256' })}.${payload}.${'A'.repeat(342)}`,
      [/^Its algorithm is RS256.*HS256 and the app secret/],
    ],
    ['none', `${header}.${payload}.`, [/^It isn't signed/]],
    ['none, with a signature', sign(REAL, { header: { alg: 'None' } }), [/^It isn't signed/]],
    ['no signature', `${base64url(HEADER)}.${payload}.`, [/^It isn't signed/]],
    ['hs256', sign(REAL, { header: { alg: 'hs256' } }), [/^alg in the header must be exactly HS256/]],
    ['no alg', sign(REAL, { header: {} }), [/^alg in the header must be exactly HS256/]],
    ['crit', sign(REAL, { header: { ...HEADER, crit: ['x'] } }), []],
    ['hex', sign(REAL, { encoding: 'hex' }), [/^Its signature was written in hex/, right]],
    ['hex in base64url', `${good.slice(0, -43)}${base64url(hex)}`, [/written in hex/, right]],
    ['hex with another secret', sign('x', { encoding: 'hex' }), [/written in hex/, /a secret other than/]],
    ['cut', good.slice(0, -3), [/^Its signature should have 43/]],
    ['too long', `${good}A`.padEnd(good.length + 3, 'A'), [/^Its signature should have 43/]],
    ['64 characters that are not hex', `${good}${'A'.repeat(21)}`, [/a secret other than/]],
  ])('%s', (_what, token, hints) => {
    expectHints(token, hints);
  });
});

describe('text that is not a token', () => {
  const good = forge(HEADER, app, REAL);
  const cut = good.slice(0, -2); // not base64url
  const padded = (key: string | Buffer) => {
    const input = [HEADER, { ...app, user_id: '>>>???' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64'))
      .join('.');
    return `${input}.${createHmac('sha256', key).update(input).digest('base64')}`;
  };
  const whole = /^A token has three parts/;
  const right = /^Apart from that/;
  it.each<[text: string, hints: RegExp[]]>([
    ['undefined', [/^It's the text undefined\./]],
    ['[object Promise]', [/^It's the text \[object Promise\].*awaits/]],
    ['undefinedx', [whole]],
    ['abc-defg-hij', [/^It's a room code/]],
    ['abc-def-ghi', [/^It's a room code/]],
    ['https://x.app.100ms.live/meeting/abc-defg-hij', [/^It's a room code \(or a link/]],
    ['abc-defgh-ijk', [whole]],
    [REAL, [/^Is it the app secret\?/]],
    [KEY, [whole]],
    ['<!DOCTYPE html>', [/^It's a web page/]],
    ['{"code":401}', [/^It's JSON/]],
    ['{"token":7}', [/^It's JSON/]],
    [`${good}\n${good}`, [/^It contains several tokens/]],
    [`${good.slice(0, 60)}\n${good.slice(60)}`, [/^It spans several lines/]],
    [`"${good}"`, [/^There are quotes in it/]],
    [`'${good}`, [/^There are quotes in it/]],
    [`\u201c${good}\u201d`, [/^There are quotes in it/]],
    [`${good}\u200b`, [/invisible character \(U\+200B\)/, right]],
    [`${good.slice(0, 60)}\u2060${good.slice(60)}`, [/invisible character \(U\+2060\)/]],
    [`${good.slice(0, 99)}...`, [/^It's abbreviated/]],
    [`${good.slice(0, 99)}…`, [/^It's abbreviated/]],
    [good.replaceAll('.', '%2E'), [/^It's percent-encoded/]],
    [`token=${good}`, [/^There is text around the token/]],
    [`Bearer ${good}`, [/^There is text around the token/]], // twice, because the command removes one
    [padded(REAL), [/^It was written in base64 instead of base64url/, right]],
    [padded(`${REAL}\n`), [/instead of base64url/, /a newline after the secret/]],
    [padded('other'), [/instead of base64url/]],
    ['eyJ9.b', [whole]],
    ['eyJ9=', [whole]],
    [`${good.slice(0, -43)}${'A'.repeat(65_536)}`, [/^It is too long/]],
    ['eyJ'.repeat(300_000), [/^It is too long/]],
    ['eyJ9.b.c.d', [whole]],
    [good.slice(1), [whole]],
    [cut, [/^Its signature should have 43/]],
    [`${good}A`, [/^Its signature should have 43/]],
    [forge(HEADER, JSON.stringify(JSON.stringify(app)), REAL), [/JSON\.stringify twice/, right]],
    [forge(HEADER, `\ufeff${JSON.stringify(app)}`, REAL), [/damaged, not UTF-8/, right]],
    [forge(HEADER, Buffer.from('{"a":"é"}', 'latin1'), 'other'), [/damaged, not UTF-8/]],
  ])('%s', (text, hints) => {
    expectHints(text, hints);
  });
});

describe('the claims', () => {
  const invisible = /^There is an invisible character in room_id or role \(U\+200B\)/;
  const odd = /^room_id doesn't have 24 hex digits/;
  const garbled = (names: string) => RegExp(`can't read or garbles ${names},`);
  const missing = (names: string) => RegExp(`^Missing: ${names}\\. JSON`);
  const forgotten = (names: string) => RegExp(`^Missing: ${names}\\. If`);
  const spelled = (names: string) => RegExp(`^Spelled differently: ${names}\\.`);
  it.each<[change: object, hints: RegExp[]]>([
    [{ extra: true, userName: 'x' }, []],
    [{ room_id: undefined, role: undefined }, [missing('room_id, role')]],
    [{ access_key: undefined, room_id: undefined }, [missing('access_key, room_id')]],
    [{ nbf: undefined, version: undefined, jti: undefined }, [forgotten('version, nbf, jti')]],
    [{ type: undefined }, [forgotten('type')]],
    [
      { ...management, role: undefined, room_id: undefined, user_id: undefined, version: undefined },
      [forgotten('version')],
    ],
    [{ access_key: undefined, accessKey: KEY }, [spelled('access_key')]],
    [{ room_id: undefined, roomId: 'x', user_id: undefined, 'USER ID': 'y' }, [spelled('room_id, user_id')]],
    [{ room_id: undefined, 'room\u200b_id': 'x' }, [spelled('room_id')]],
    [{ roomId: 'x' }, []],
    [{ access_key: undefined, type: undefined, iss: 'x' }, [/^It isn't a 100ms token/]],
    [{ user_id: 7, jti: 8 }, [/^A number instead of text: user_id, jti\./]],
    [{ user_id: '7' }, []],
    [{ user_id: null, exp: null }, [/^null: user_id, exp\./]],
    [{ user_id: true }, [/^user_id must be a string/]],
    [{ user_id: '' }, [/^user_id is blank/]],
    [{ user_id: 'undefined' }, [/^user_id is a missing value turned into text/]],
    [{ user_id: '[object Object]', role: 'null' }, [/^user_id is a missing/, /^role is a missing/]],
    [{ user_id: 'null-island' }, []],
    [{ role: '${role}' }, [/^role is a placeholder/]],
    [{ role: ' guest' }, [/^role has whitespace/]],
    [{ user_id: 'ann ' }, [/^There is whitespace around user_id\. Is/]],
    [{ user_id: 'a nn' }, []],
    [{ room_id: 'abc-defg-hij' }, [/^room_id is a room code/]],
    [{ room_id: 'https://x/meeting/abc-defg-hij' }, [/^room_id is a link/]],
    [{ room_id: 'my room' }, [odd]],
    [{ room_id: `${APP.room_id}0` }, [odd]],
    [{ room_id: APP.room_id.toUpperCase() }, []],
    [{ role: 'gue\u200bst' }, [invisible, garbled('role')]],
    [{ user_id: 'José' }, [garbled('user_id')]],
    [{ user_id: 'a\x80' }, [garbled('user_id')]],
    [{ user_id: '???>>>' }, [garbled('room_id, user_id, role')]],
    [{ name: 'José' }, []], // the client doesn't read it
    [{ ...management, room_id: undefined, user_id: undefined, role: undefined, name: '???>>>é' }, []],
    [{ type: 'App' }, [/^type must be exactly app/]],
    [{ access_key: 'undefined' }, [/^access_key is a missing value/, /isn't HMS_ACCESS_KEY/]],
    [{ type: 'management' }, [/^Its type is management, but it has a room_id/]],
    [{ access_key: KEY.replace('6', '7') }, [/^Its access_key isn't HMS_ACCESS_KEY/]],
    [{ access_key: 'my-key' }, [/^Is access_key the app access key/, /isn't HMS_ACCESS_KEY/]],
    [{ access_key: REAL }, [/^access_key is the app secret: .*swapped/]],
    [{ access_key: REAL.slice(0, -1) }, [/^Is access_key the app secret\?.*swapped/]],
    [{ access_key: 'x'.repeat(65) }, [/^Is access_key the app secret\?/]],
  ])('%j', (change, hints) => {
    expectClaimHints(change, hints);
  });

  it('may show that the credentials are swapped, whatever is known', () => {
    const token = forge(HEADER, { ...app, access_key: REAL }, KEY);
    expectHints(token, [/the access key: use the secret/, /^access_key is the app secret/]);
    expectHints(token, [/^Is access_key the app secret\?/], { isDemo: false });
    expect(JSON.stringify(inspectToken(token, { isDemo: false }, NOW))).not.toContain(REAL);
  });

  it('blame the app rather than the secret', () => {
    const token = forge(HEADER, { ...app, access_key: KEY.replace('6', '7') }, 'other');
    expectHints(token, [/^Its access_key isn't HMS_ACCESS_KEY/]);
    expectHints(token, [/^It was signed with a secret other/], { secret: SECRET, isDemo: false });
    expectHints(token, [/Leave --demo out/], { ...testCredentials, isDemo: true });
  });
});

describe('the times', () => {
  const hour = 3600;
  const day = 24 * hour;
  const at = (start: number, end = start + hour) => ({ iat: start, nbf: start, exp: end });
  const zone = (hours: string) =>
    RegExp(`^If it was just created, its times are off by about ${hours} h, like a time zone\\.`);
  const early = /^If it should be active, the clock/;
  const expired = /^It has expired/;
  const never = /^It's never valid/;
  it.each<[what: string, change: object, hints: RegExp[]]>([
    ['text', { exp: String(NOW + hour), iat: '2026-01-01T00:00:00Z' }, [/^Text instead of a number: iat, exp/]],
    ['milliseconds', at(NOW * 1000), [/^Milliseconds: iat, nbf, exp\./]],
    ['one in milliseconds', { exp: NOW * 1000 }, [/^Milliseconds: exp\./]],
    ['microseconds', at(NOW * 1e6), [/^Microseconds: iat, nbf, exp\./]],
    ['nanoseconds', at(NOW * 1e9), [/^Nanoseconds: iat, nbf, exp\./]],
    ['divided twice', at(Math.floor(NOW / 1000)), [/^Divided by 1000 twice: iat, nbf, exp\./]],
    ['twice', at(NOW * 2), [/^About twice the current time: iat, nbf, exp\./]],
    ['exp twice', { exp: NOW * 2 + hour }, [/^About twice the current time: exp\./]],
    ['a length of time', { exp: hour }, [/^From 1970 to 1999: exp\./]],
    ['0', { nbf: 0 }, [/^From 1970 to 1999: nbf\./]],
    ['the year 2200', { exp: 7_258_118_400 }, [/^After the year 2099: exp\./]],
    ['the year 285,000', { exp: 9e15 }, [/^After the year 2099: exp\./]],
    ['exp before nbf', { exp: NOW - hour }, [never]],
    ['exp and nbf at once', { exp: NOW }, [never]],
    ['exp before iat', at(NOW + hour, NOW + hour - 1), [never, zone('1')]],
    ['90 days', { exp: NOW + 90 * day }, []],
    ['more than 90 days', { exp: NOW + 90 * day + 1 }, [/^It lives longer than 90 days/]],
    [
      'more than 90 days without nbf',
      { nbf: undefined, exp: NOW + 91 * day },
      [/^Missing: nbf/, /longer than 90 days/],
    ],
    ['expired', at(NOW - 4000), [expired]],
    ['expired, without a start', { iat: undefined, nbf: undefined, exp: NOW - 9 }, [/^Missing: iat, nbf/, expired]],
    ['expired a whole hour ago', at(NOW - 5 * hour - 60), [zone('5'), expired]],
    ['expired half an hour ago', at(NOW - 5.5 * hour), [zone('5\\.5'), expired]],
    ['expired 14 hours ago', at(NOW - 14 * hour), [zone('14'), expired]],
    ['expired 15 hours ago', at(NOW - 15 * hour), [expired]],
    ['expired, with a separate nbf', { iat: NOW - 5 * hour, nbf: NOW - 4 * hour, exp: NOW - 1 }, [expired]],
    ['active for hours', { iat: NOW - 5 * hour, nbf: NOW - 5 * hour }, []],
    ['early by a time zone', at(NOW + 5.5 * hour - 10), [zone('5\\.5'), early]],
    ['early by some minutes', at(NOW + 400), [early]],
    ['early by one second', { nbf: NOW + 1 }, [early]],
    ['early in 10 minutes less than 2 hours', at(NOW + 2 * hour - 600), [early]],
  ])('%s', (_what, change, hints) => {
    expectClaimHints(change, hints);
  });

  it('that are too large for a number are none', () => {
    const claims = JSON.stringify({ ...app, exp: 0 }).replace('"exp":0', '"exp":1e400');
    expectHints(forge(HEADER, claims, REAL), [/^After the year 2099: exp/]);
  });
});

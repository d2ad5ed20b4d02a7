/** The parameters and claims of both tokens: mistakes in IDs that every function rejects, and the claims' order. */

import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { type AppClaimsInput, appClaims, managementClaims } from '../src/index.js';
import { at, date, NOW } from './support/forge.js';
import { fields, useFakeClock } from './support/functions.js';

const BAD: unknown[] = [
  ...[null, 1, 0, true, {}, ['x'], Object('x') as unknown, Symbol('x'), 1n, () => 'x'],
  ...['', ' ', '\t\n', '\u00a0', '\ufeff', '\u200b', '\u200d\u2060', '\u3164', '\u2800', '\u{e0041}', '\ufe0f', '\0'],
  ...['<room_id>', '<ROLE>', '<your room-id>', '<x>', '<é>', '<1a>', '<a\nb>', '{{room_id}}', '{{}}', '{{a\nb}}'],
  ...['${userId}', 'user-${id}', '${', 'a${'],
  ...['undefined', 'null', 'NaN', '[object Object]', '[object Undefined]', '[object a\nb]', '[object ]'],
  ...['\ud800', 'ann😀'.slice(0, 4), '\ude00ann', 'a\ud83db', '\ude00\ud83d'],
];
const SURROUNDED = [
  ...['id ', ' id', 'id\n', '\tid', 'id\u00a0', 'id\u200b', '\ufeffid', '\u200did', 'id\u2060', 'id\0', '\u202eid'],
];
const ROOM_CODES = ['abc-defg-hij', 'abc-def-ghi'];
const LINKS = ['https://x.app.100ms.live/meeting/abc-defg-hij', 'x.app.100ms.live/preview/a', '/', 'a/b', 'a/'];
const GOOD = [
  ...['room-1', 'null-island', 'undefined-1', 'NaN1', 'nullable', 'Undefined', 'Null', 'nan', 'None', 'is null'],
  ...['[object', 'x[object Object]', '[object Object]x', '[Object x]', '0', '00', '-', '007', 'a b', 'a"b', '"a"', "'"],
  ...['x<room_id>', '<room_id>x', '<3>', '<>', '<', '>', '<?>', '<a><b>', '<a<b>', '<a>b>', '{{a}}b', 'b{{a}}', '{a}'],
  ...['{{a}', '{{', '$', '$1', '$a', '$ {a}', 'José', '用户', 'ß', '×', 'a.b@c:d', 'your-room', '🙂', '👩‍💻', '✋🏽'],
  ...['host ❤\ufe0f'],
  ...['a\u200bb', 'a\nb', 'ab-cdef-ghi', 'abc-de-fgh', 'abc-defgh-ijk', 'abc-defg-hi', 'abc-defg-hijk', 'abcd-efg-hij'],
  ...['Abc-defg-hij', 'abc-1efg-hij', 'abc-defg-hij-klm', 'xabc-defg-hij', 'abc_defg_hij', '64f0c1a2b3d4e5f601234567'],
  ...['🏴\u{e0067}\u{e0062}\u{e007f}', '☺\ufe0e', 'x'.repeat(2000), '\u{10ffff}', '\ufffd', 'admin\u0301', 'U+200B'],
];

useFakeClock();

describe.each(fields('roomId', 'userId', 'role', 'jti'))('$field of $name', ({ field, set }) => {
  const isRoom = field === 'roomId';
  const isTrimmed = isRoom || field === 'role';
  const bad = [...BAD, ...(isTrimmed ? SURROUNDED : []), ...(isRoom ? [...ROOM_CODES, ...LINKS] : [])];
  const good = [...GOOD, ...(isTrimmed ? [] : SURROUNDED), ...(isRoom ? [] : [...ROOM_CODES, ...LINKS])];

  it('rejects every mistake', () => {
    for (const value of bad) expect(() => set(value), inspect(value)).toThrowTokenError('ERR_INVALID_ARGUMENT', field);
  });

  it('accepts anything else', () => {
    for (const value of good) expect(() => set(value), value).not.toThrow();
  });
});

describe('managementClaims and appClaims', () => {
  const common = { accessKey: 'access-key', issuedAt: at, jti: 'jti-1' };
  const app = { ...common, roomId: 'room-1', userId: 'user-1', role: 'guest' };

  it.each(['accessKey', 'roomId', 'userId', 'role', 'issuedAt', 'jti'])('need %s', (field) => {
    const code = field === 'accessKey' ? 'ERR_INVALID_CONFIG' : 'ERR_INVALID_ARGUMENT';
    expect(() => appClaims({ ...app, [field]: undefined })).toThrowTokenError(code, field);
    if (field in common)
      expect(() => managementClaims({ ...common, [field]: undefined })).toThrowTokenError(code, field);
  });

  it('return the documented claims in the documented order', () => {
    expect(JSON.stringify(managementClaims(common))).toBe(
      '{"access_key":"access-key","type":"management","version":2,' +
        '"iat":1750000000,"nbf":1750000000,"exp":1750086400,"jti":"jti-1"}',
    );
    expect(JSON.stringify(appClaims(app))).toBe(
      '{"access_key":"access-key","room_id":"room-1","user_id":"user-1","role":"guest","type":"app","version":2,' +
        '"iat":1750000000,"nbf":1750000000,"exp":1750086400,"jti":"jti-1"}',
    );
  });

  it('are pure: the same input returns the same claims, and isn’t changed', () => {
    const input: AppClaimsInput = { ...app, notBefore: date(NOW + 60), expiresIn: '1m' };
    const before = structuredClone(input);
    expect(appClaims(Object.freeze(input))).toEqual({ ...appClaims(app), nbf: NOW + 60, exp: NOW + 120 });
    expect(input).toEqual(before);
  });

  it('never return claims that expire before they are issued', () => {
    for (const notBefore of [date(NOW - 60), date(NOW - 61), new Date(0)]) {
      const times = { notBefore, expiresIn: '1m' } as const;
      expect(() => managementClaims({ ...common, ...times })).toThrowTokenError('ERR_INVALID_ARGUMENT', 'notBefore');
      expect(() => appClaims({ ...app, ...times })).toThrowTokenError('ERR_INVALID_ARGUMENT', 'notBefore');
    }
    expect(appClaims({ ...app, notBefore: date(NOW - 59), expiresIn: '1m' })).toMatchObject({ exp: NOW + 1 });
    expect(managementClaims({ ...common, issuedAt: new Date(0) })).toMatchObject({ iat: 0, nbf: 0, exp: 86_400 });
  });
});

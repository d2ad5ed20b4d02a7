/** The form of a token (RFC 7515 §7.1): what `decodeToken` takes apart, and what it refuses. */

import { Buffer } from 'node:buffer';

import { describe, expect, it } from 'vitest';

import { decodeToken, signToken, verifyToken } from '../src/index.js';
import { fault } from './support/fault.js';
import { APP, base64url, forge, HEADER, SECRET, signed } from './support/forge.js';

const MALFORMED = { code: 'ERR_TOKEN_MALFORMED' };
const decode = decodeToken as (token: unknown) => unknown;

const valid = forge(HEADER, APP);
const [header, payload, signature] = valid.split('.') as [string, string, string];

const PARTS = ['header', 'payload', 'signature'] as const;

/** `valid` with another text for one of its parts. */
function replaced(part: (typeof PARTS)[number], text: string): string {
  return PARTS.map((name, index) => (name === part ? text : valid.split('.')[index])).join('.');
}

describe('what it returns', () => {
  it('is the header, the claims and the signature as it stands', () => {
    expect(decodeToken(valid)).toEqual({ header: HEADER, claims: APP, signature });
  });

  it('is not verified: any alg, any signature, no claims', () => {
    expect(decodeToken(`${base64url({ alg: 'none' })}.${base64url({})}.`)).toEqual({
      header: { alg: 'none' },
      claims: {},
      signature: '',
    });
    expect(decodeToken(replaced('signature', 'AAAA')).claims).toEqual(APP);
  });

  it.each([
    ['white space between JSON tokens', ' { "a" :\r\n\t[ 1 ] } ', { a: [1] }],
    ['text that is not ASCII', '{"a":"José, 用户, 🙂"}', { a: 'José, 用户, 🙂' }],
    ['U+FFFD, which is also what bad bytes would be read as', '{"a":"\u{fffd}"}', { a: '\u{fffd}' }],
    ['an escaped lone surrogate', '{"a":"\\ud800"}', { a: '\ud800' }],
    ['U+0000 and U+FEFF inside a string', '{"a":"\\u0000\u{feff}"}', { a: '\0\u{feff}' }],
    ['a duplicate member: the last one counts (RFC 7519 §4)', '{"a":1,"a":2}', { a: 2 }],
    ['an empty name', '{"":0}', { '': 0 }],
  ])('keeps %s', (_, json, claims) => {
    expect(decodeToken(forge(HEADER, json)).claims).toEqual(claims);
  });

  it('has a member named __proto__ as data, which changes no prototype', () => {
    const { claims } = decodeToken(forge(HEADER, '{"__proto__":{"type":"app"},"constructor":{"prototype":1}}'));
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(Object.keys(claims)).toEqual(['__proto__', 'constructor']);
    expect(claims.type).toBeUndefined();
    expect({}).not.toHaveProperty('type');
  });
});

describe('three parts', () => {
  it.each([
    ['nothing', ''],
    ['one part', header],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${valid}.${signature}`],
    ['five parts, as a JWE has', `${header}.AAAA.AAAA.AAAA.AAAA`],
    ['a dot behind', `${valid}.`],
    ['a dot in front', `.${valid}`],
    ['two dots together', valid.replace('.', '..')],
    ['dots alone', '..'],
    ['an empty header', replaced('header', '')],
    ['an empty payload', replaced('payload', '')],
    ['another dot', valid.replace('.', '\u{ff0e}')],
    ['Bearer in front', `Bearer ${valid}`],
    ['quotes around', JSON.stringify(valid)],
    ['the JSON serialization', JSON.stringify({ protected: header, payload, signature })],
  ])('refuses %s', (_, token) => {
    expect(fault(() => decodeToken(token))).toEqual(MALFORMED);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['a bigint', 1n],
    ['a boolean', true],
    ['a symbol', Symbol('token')],
    ['a function', () => valid],
    ['an array', [valid]],
    ['its three parts', valid.split('.')],
    ['a String object', Object(valid)],
    ['its bytes', Buffer.from(valid)],
    ['what writes itself as a token', { toString: () => valid }],
    ['what splits as a token', { split: () => valid.split('.') }],
  ])('refuses what is not a string: %s', (_, token) => {
    expect(fault(() => decode(token))).toEqual(MALFORMED);
  });
});

describe.each(PARTS)('strict base64url (RFC 4648 §5) in the %s', (part) => {
  // Texts of every length modulo 4, so that one, two or no character could follow as padding.
  const texts = { header: base64url(HEADER), payload: base64url(APP), signature };
  const text = texts[part];

  it.each([
    ['padding', `${text}=`],
    ['double padding', `${text}==`],
    ['padding in front', `=${text}`],
    ['a space in front', ` ${text}`],
    ['a space behind', `${text} `],
    ['a space inside', `${text.slice(0, 8)} ${text.slice(8)}`],
    ['a line feed behind', `${text}\n`],
    ['a carriage return and a line feed behind', `${text}\r\n`],
    ['a line end inside', `${text.slice(0, 8)}\r\n${text.slice(8)}`],
    ['a tab', `${text}\t`],
    ['U+0000', `${text}\0`],
    ['U+FEFF', `\u{feff}${text}`],
    ['a zero-width space', `${text}\u{200b}`],
    ['a character whose low byte is a letter', `\u{141}${text.slice(1)}`],
    ['a full-width letter', `\u{ff21}${text.slice(1)}`],
    ['a percent escape', `${text}%3D`],
    ['a lone surrogate', `${text}\ud800`],
    ['a comma', `${text},`],
    ['an asterisk', `*${text.slice(1)}`],
  ])('refuses %s', (_, changed) => {
    expect(fault(() => decodeToken(replaced(part, changed)))).toEqual(MALFORMED);
  });

  it('refuses the other alphabet, wholly or partly', () => {
    const filled = part === 'signature' ? '-_-_' : base64url(' {"ab":"~~~???"}');
    expect(filled).toMatch(/[-_]/);
    expect(fault(() => decodeToken(replaced(part, filled)))).toBeUndefined();
    for (const other of [
      filled.replaceAll('-', '+').replaceAll('_', '/'),
      filled.replace('-', '+'),
      filled.replace('_', '/'),
    ].filter((changed) => changed !== filled)) {
      expect(fault(() => decodeToken(replaced(part, other)))).toEqual(MALFORMED);
    }
  });

  it('refuses padding where base64 would have it', () => {
    for (const json of ['{"a":1}', '{"ab":1}', '{"abc":1}']) {
      const strict = base64url(json);
      const padded = Buffer.from(json).toString('base64');
      expect(fault(() => decodeToken(replaced(part, strict)))).toBeUndefined();
      expect(fault(() => decodeToken(replaced(part, padded)))).toEqual(padded === strict ? undefined : MALFORMED);
    }
  });

  it('refuses a length that no bytes have, 1 modulo 4', () => {
    const whole = base64url('{"abc": 1}  ');
    expect(whole.length % 4).toBe(0);
    expect(fault(() => decodeToken(replaced(part, whole)))).toBeUndefined();
    for (const last of ['A', 'Q', 'w', '_']) {
      expect(fault(() => decodeToken(replaced(part, whole + last)))).toEqual(MALFORMED);
    }
  });

  it.each([
    ['two characters, where four bits are left over', '{"abc":1} ', 16],
    ['three characters, where two bits are left over', '{"abc":1}  ', 4],
  ])('refuses stray trailing bits in a tail of %s', (_, json, spare) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const strict = base64url(json);
    expect(strict.length % 4).toBe(spare === 16 ? 2 : 3);
    const last = alphabet.indexOf(strict.slice(-1));
    expect(fault(() => decodeToken(replaced(part, strict)))).toBeUndefined();
    for (let stray = 1; stray < spare; stray++) {
      const changed = strict.slice(0, -1) + alphabet.charAt(last + stray);
      expect(Buffer.from(changed, 'base64url').toString()).toBe(json);
      expect(fault(() => decodeToken(replaced(part, changed)))).toEqual(MALFORMED);
    }
  });
});

describe.each(['header', 'payload'] as const)('a JSON object in UTF-8 in the %s', (part) => {
  it.each([
    ['null', 'null'],
    ['true', 'true'],
    ['a number', '1'],
    ['a string', '"{}"'],
    ['an array', '[]'],
    ['an array of an object', '[{"alg":"HS256"}]'],
    ['white space', ' '],
    ['text', 'HS256'],
    ['half an object', '{"alg":"HS256"'],
    ['two objects', '{}{}'],
    ['text behind an object', '{"alg":"HS256"}x'],
    ['U+0000 behind an object', '{"alg":"HS256"}\0'],
    ['a trailing comma', '{"alg":"HS256",}'],
    ['single quotes', "{'alg':'HS256'}"],
    ['no quotes', '{alg:"HS256"}'],
    ['a comment', '{"alg":"HS256"/* */}'],
    ['a control character in a string', '{"alg":"HS256\n"}'],
    ['NaN', '{"exp":NaN}'],
    ['Infinity', '{"exp":Infinity}'],
    ['hexadecimal', '{"exp":0x10}'],
    ['a leading zero', '{"exp":01}'],
    ['a leading plus', '{"exp":+1}'],
    ['an undefined', '{"exp":undefined}'],
    ['an unescaped quote', '{"a":"""}'],
    ['a bad escape', '{"a":"\\x41"}'],
    ['no-break space between tokens', '{\u{a0}"a":1}'],
    ['a byte order mark (RFC 8259 §8.1)', '\u{feff}{"alg":"HS256"}'],
  ])('refuses %s', (_, json) => {
    expect(fault(() => decodeToken(replaced(part, base64url(json))))).toEqual(MALFORMED);
  });

  it.each([
    ['a byte that is never in UTF-8', [0xff]],
    ['a continuation byte alone', [0x80]],
    ['Latin-1', [0xe9]],
    ['the first byte of two', [0xc3]],
    ['two bytes of three', [0xe2, 0x82]],
    ['three bytes of four', [0xf0, 0x9f, 0x99]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong U+0000', [0xc0, 0x80]],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf]],
    ['an overlong form of four bytes', [0xf0, 0x80, 0x80, 0xaf]],
    ['a high surrogate', [0xed, 0xa0, 0x80]],
    ['a low surrogate', [0xed, 0xbf, 0xbf]],
    ['a surrogate pair (CESU-8)', [0xed, 0xa0, 0xbd, 0xed, 0xb9, 0x82]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a form of five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ])('refuses invalid UTF-8 (RFC 3629 §3): %s', (_, bytes) => {
    const json = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(fault(() => decodeToken(replaced(part, base64url(json))))).toEqual(MALFORMED);
  });

  it.each(['utf16le', 'latin1'] as const)('refuses %s', (encoding) => {
    const json = Buffer.from('{"alg":"HS256","a":"é"}', encoding);
    expect(fault(() => decodeToken(replaced(part, base64url(json))))).toEqual(MALFORMED);
  });

  it('refuses a byte order mark of UTF-16', () => {
    for (const mark of [
      [0xff, 0xfe],
      [0xfe, 0xff],
    ]) {
      const json = Buffer.concat([Buffer.from(mark), Buffer.from('{"alg":"HS256"}')]);
      expect(fault(() => decodeToken(replaced(part, base64url(json))))).toEqual(MALFORMED);
    }
  });
});

// In quadratic time, each of these would take many minutes, and so run into the time limit of a test.
describe('megabytes', () => {
  const MEGA = 2 ** 20;

  it.each<[string, () => string]>([
    ['dots', () => '.'.repeat(4 * MEGA)],
    ['letters', () => 'A'.repeat(4 * MEGA)],
    ['parts', () => 'e30.'.repeat(MEGA)],
    ['white space in front', () => ' '.repeat(4 * MEGA) + valid],
    ['white space behind', () => valid + '\n'.repeat(4 * MEGA)],
    ['padding', () => valid + '='.repeat(4 * MEGA)],
    ['bad bytes', () => replaced('payload', Buffer.alloc(2 * MEGA, 0xff).toString('base64url'))],
    ['opening brackets', () => replaced('payload', base64url('['.repeat(MEGA)))],
    ['opening braces', () => replaced('header', base64url('{"a":'.repeat(MEGA / 4)))],
    ['an unfinished string', () => replaced('payload', base64url(`{"a":"${'a'.repeat(2 * MEGA)}`))],
    ['backslashes', () => replaced('payload', base64url(`{"a":"${'\\'.repeat(2 * MEGA + 1)}"}`))],
    ['digits of one number, and no end', () => replaced('payload', base64url(`{"a":${'1'.repeat(2 * MEGA)}`))],
  ])('refuses %s', (_, token) => {
    expect(fault(() => decodeToken(token()))).toEqual(MALFORMED);
  });

  it("verifies a signature of megabytes as any other: it is not this secret's", () => {
    expect(fault(() => verifyToken(replaced('signature', 'A'.repeat(4 * MEGA)), SECRET))).toEqual({
      code: 'ERR_TOKEN_SIGNATURE',
    });
  });

  it.each<[string, () => string]>([
    ['one string', () => `{"a":"${'a'.repeat(2 * MEGA)}"}`],
    ['white space', () => `{"a":1${' '.repeat(2 * MEGA)}}`],
    ['the same member again and again', () => `{${'"a":1,'.repeat(MEGA / 2)}"a":2}`],
    ['nesting', () => `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nested objects', () => `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('reads %s', (_, json) => {
    expect(Object.keys(decodeToken(forge(HEADER, json())).claims)).toEqual(['a']);
  });

  it('reads fifty thousand members', () => {
    const claims = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`member-${String(index)}`, index]));
    expect(Object.keys(decodeToken(signToken(claims, SECRET)).claims)).toHaveLength(50_000);
  });

  it('refuses a deeply nested token that is signed, in a documented way', () => {
    const token = signed(`${header}.${base64url(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)}`);
    expect(fault(() => verifyToken(token, SECRET))).toEqual({ code: 'ERR_TOKEN_CLAIMS', field: 'type' });
  });
});

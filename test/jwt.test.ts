/** Compact JWTs (RFC 7515 §7.1): how claims are written, what is taken apart, and that forged claims are never parsed. */

import { Buffer } from 'node:buffer';
import { createSecretKey } from 'node:crypto';

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { TokenErrorCode } from '../src/errors.js';
import { decodeToken, encodePart, verifyJwt } from '../src/jwt.js';
import { APP, base64url, forge, HEADER, SECRET, signed } from './support/forge.js';
import { ALPHABET, content, isBase64url, ODD } from './support/fuzz.js';
import { anyCharacter } from './support/text.js';
import { untyped } from './support/untyped.js';

const MALFORMED = 'ERR_TOKEN_MALFORMED';
const key = createSecretKey(SECRET, 'utf8');
const valid = forge(HEADER, APP);
const [header, payload, signature] = valid.split('.') as [string, string, string];

const parse = vi.spyOn(JSON, 'parse'); // calls through
afterEach(() => {
  parse.mockClear();
});

describe('encodePart', () => {
  const special = fc.constantFrom(...Array.from('><?~"\\\0\x1f\x7fé\u202e🙂'), '\ud800', '\udc00');
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: special }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  // JSON of about a thousand characters, where the way of escaping changes, of two, where the buffer does, and of more.
  const filling = fc.record({ unit: fc.constantFrom('a', '?', 'é', '"', '\ud800', '🙂', '>?~'), size: sizes() });
  const longText = fc.tuple(text, filling).map(([some, { unit, size }]) => some + unit.repeat(size / unit.length));

  function sizes() {
    return fc.oneof(fc.integer({ min: 900, max: 1100 }), fc.integer({ min: 2000, max: 2100 }), fc.constant(20_000));
  }

  /** RFC 8259 §7 and RFC 4648 §5, by the book: what is not ASCII is escaped; and, only where needed, `>` `?` `~` DEL. */
  function byTheBook(claims: object): string {
    const escape = (json: string, unsafe: RegExp) =>
      json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const ascii = escape(JSON.stringify(claims), /[^\0-\x7f]/g);
    const part = base64url(ascii);
    return /[-_]/.test(part) ? base64url(escape(ascii, /[>?~\x7f]/g)) : part;
  }

  it.each([
    ['short', text, 1000],
    ['long', longText, 200],
  ])('writes %s texts so that atob and JSON.parse give them back', (_, arbitrary, numRuns) => {
    fc.assert(
      fc.property(arbitrary, text, (value, name) => {
        const claims = { value, more: { [`x${name}`]: [value.length, name] } };
        const part = encodePart(claims);
        expect(/^[A-Za-z0-9]+$/.test(part)).toBe(true);
        expect(JSON.parse(atob(part))).toEqual(claims);
        expect(part === byTheBook(claims)).toBe(true); // toBe would print megabytes
      }),
      { seed: 1, numRuns },
    );
  });

  it('writes every UTF-16 code unit, at every place of a three-byte group, in short and in long', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const isRead = (claims: object) => JSON.stringify(JSON.parse(atob(encodePart(claims)))) === JSON.stringify(claims);
    expect(units.filter((u) => !isRead({ u, p: 'a', q: u, pq: 'ab', r: u }))).toEqual([]);
    for (const pad of ['', 'a', 'ab']) expect(isRead({ pad, all: units.join('') })).toBe(true);
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  let deep: object = {};
  for (let depth = 0; depth < 100_000; depth++) deep = { deep };
  const throwing = () => {
    throw new Error(SECRET);
  };

  it.each<[string, unknown]>([
    ...[undefined, null, '{}', 1, true, 1n, [], new Date(0), new Map(), new Set(), Object('x')].map(
      (value): [string, unknown] => [Object.prototype.toString.call(value), value],
    ),
    ['a function', () => ({})],
    ['an array that writes itself as an object', Object.assign([], { toJSON: () => ({}) })],
    ['a BigInt inside', { a: 1n }],
    ['a cycle', cycle],
    ['what is nested too deep', deep],
    ...['{', [], null, undefined, 1].map((value): [string, unknown] => [
      `toJSON that gives ${JSON.stringify(value)}`,
      { toJSON: () => value },
    ]),
    ['toJSON that throws', { toJSON: throwing }],
    ['a getter that throws', Object.defineProperty({}, 'a', { get: throwing, enumerable: true })],
    ['40 million characters, which V8 could not escape', { a: '?'.repeat(40e6) }],
  ])('refuses claims with or of %s, and quotes nothing', (_, claims) => {
    const write = () => encodePart(untyped(claims));
    expect(write).toThrowTokenError('ERR_INVALID_ARGUMENT', 'claims');
    expect(write).not.toThrow(SECRET);
  });

  it.each<[string, object]>([
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['an instance of a class', new (class Claims { a = 1; })()], // prettier-ignore
    ['what toJSON gives', { toJSON: () => ({ a: 1 }) }],
    ['no member that is undefined', { a: 1, b: undefined }],
  ])('writes %s as JSON.stringify does', (_, claims) => {
    expect(atob(encodePart(claims))).toBe('{"a":1}');
  });
});

describe('decodeToken', () => {
  it('shows what is not verified: any alg, any signature, any claims', () => {
    expect(decodeToken(valid)).toEqual({ header: HEADER, claims: APP, signature });
    expect(decodeToken(`${base64url({ alg: 'none' })}.${base64url({})}.`)).toEqual({
      header: { alg: 'none' },
      claims: {},
      signature: '',
    });
    expect(decodeToken(`${header}.${payload}.AAAA`)).toEqual({ header: HEADER, claims: APP, signature: 'AAAA' });
  });

  it.each([
    ['white space between JSON tokens', ' { "a" :\r\n\t[ 1 ] } ', { a: [1] }],
    ['text that is not ASCII', '{"a":"José, 用户, 🙂"}', { a: 'José, 用户, 🙂' }],
    ['U+FFFD, which is also what bad bytes would be read as', '{"a":"\u{fffd}"}', { a: '\u{fffd}' }],
    ['an escaped lone surrogate', '{"a":"\\ud800"}', { a: '\ud800' }],
    ['U+0000 and U+FEFF inside a string', '{"a":"\\u0000\u{feff}"}', { a: '\0\u{feff}' }],
    ['the last of duplicate members (RFC 7519 §4)', '{"a":1,"a":2}', { a: 2 }],
    ['an empty name', '{"":0}', { '': 0 }],
  ])('reads %s', (_, json, claims) => {
    expect(decodeToken(forge(HEADER, json)).claims).toEqual(claims);
  });

  it('has a member named __proto__ as data, which changes no prototype', () => {
    const { claims } = decodeToken(forge(HEADER, '{"__proto__":{"type":"app"},"constructor":{"prototype":1}}'));
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(Object.keys(claims)).toEqual(['__proto__', 'constructor']);
    expect(claims.type).toBeUndefined();
  });

  it('gives every token a header of its own', () => {
    decodeToken(valid).header.alg = 'none';
    expect(decodeToken(valid).header).toEqual(HEADER);
  });

  it.each<[string, unknown]>([
    ...['', '.', '..', header, `${header}.${payload}`, `${valid}.`, `${valid}.AAAA.AAAA`].map((token) => [
      `${String(token.split('.').length)} parts in ${String(token.length)} characters`,
      token,
    ]),
    ['a dot in front', `.${valid}`],
    ['two dots together', valid.replace('.', '..')],
    ['an empty header', `.${payload}.${signature}`],
    ['an empty payload', `${header}..${signature}`],
    ['another dot', valid.replace('.', '\u{ff0e}')],
    ['Bearer in front', `Bearer ${valid}`],
    ['quotes around', JSON.stringify(valid)],
    ...[undefined, null, 1, 1n, true, Symbol('token'), [valid], Object(valid), Buffer.from(valid)].map(
      (token: unknown) => [Object.prototype.toString.call(token), token],
    ),
    ['what writes itself as a token', { toString: () => valid }],
    ['what splits as a token', { split: () => valid.split('.') }],
  ] as [string, unknown][])('refuses %s', (_, token) => {
    expect(() => decodeToken(untyped(token))).toThrowTokenError(MALFORMED);
  });

  describe('takes strict base64url (RFC 4648 §5) alone', () => {
    const bytes = [1, 2, 3].map((length) => Buffer.from('\xfb\xff\xfe\xff', 'latin1').subarray(0, length));

    it('in the signature, whatever follows, precedes or replaces it', () => {
      const odd = [...ODD, ',', '*', '%3D'];
      const texts = bytes.flatMap((some) => [some.toString('base64url'), some.toString('base64')]);
      for (const text of [...texts, ...ALPHABET].flatMap((text) =>
        ['', ...odd, ...ALPHABET].flatMap((more) => [text + more, more + text, text.slice(0, -1) + more]),
      )) {
        if (isBase64url(text)) expect(decodeToken(`${header}.${payload}.${text}`).signature).toBe(text);
        else expect(() => decodeToken(`${header}.${payload}.${text}`)).toThrowTokenError(MALFORMED);
      }
    });

    it.each([
      ['header', (text: string) => `${text}.${payload}.`],
      ['payload', (text: string) => `${header}.${text}.`],
    ])('in the %s: no padding, no other alphabet, no white space, no stray bits', (_, tokenOf) => {
      const json = ['{"a": "?~>"}', '{"a":"~?"}', '{"a":"~~~???"}'];
      const texts = json.map(base64url);
      expect(new Set(texts.map((text) => text.length % 4))).toEqual(new Set([0, 2, 3]));
      for (const text of texts) expect(() => decodeToken(tokenOf(text))).not.toThrow();
      for (const text of texts.flatMap((text) => [
        ...['=', '==', ' ', '\n', 'A'].flatMap((more) => [text + more, more + text]),
        text.replace(/[-_]/, '/'),
        text.slice(0, 8) + '\r\n' + text.slice(8),
        ...(text.length % 4 === 0 ? [] : [text.slice(0, -1) + (ALPHABET[ALPHABET.indexOf(text.slice(-1)) + 1] ?? '')]),
      ])) {
        if (!texts.includes(text)) expect(() => decodeToken(tokenOf(text))).toThrowTokenError(MALFORMED);
      }
    });
  });

  describe.each([
    ['header', (part: string) => decodeToken(`${part}.${payload}.${signature}`).header],
    ['payload', (part: string) => decodeToken(`${header}.${part}.${signature}`).claims],
  ])('takes a JSON object in UTF-8 alone in the %s', (_, decode) => {
    const inString = (...some: number[]) =>
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from(some), Buffer.from('"}')]);

    it('whatever the bytes are', () => {
      // Of the bytes at which forms of two, three and four begin or end, many a series is UTF-8.
      const edges = [0x00, 0x22, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xaf, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf];
      const byte = fc.constantFrom(...edges, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xf8, 0xfe, 0xff);
      const series = fc.oneof(
        byte.map((one) => [one]),
        fc.constant([0xef, 0xbf, 0xbd]), // U+FFFD, which stands for bad bytes, too
      );
      const bytes = fc.oneof(
        fc.array(series, { maxLength: 4 }).map((some) => inString(...some.flat())),
        fc.string({ unit: anyCharacter }).map((some) => Buffer.from(JSON.stringify({ some }))),
        fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
        fc.uint8Array(),
      );
      fc.assert(
        fc.property(bytes, (some) => {
          const part = base64url(some);
          const expected = content(part);
          if (expected === undefined) expect(() => decode(part)).toThrowTokenError(MALFORMED);
          else expect(decode(part)).toEqual(expected);
        }),
        { seed: 1, numRuns: 3000 },
      );
    });
  });

  it('takes a header of up to 8192 characters, and parses none that is longer', () => {
    const ofLength = (length: number) => {
      const part = base64url(`{"alg":"HS256","x":"${'x'.repeat((length / 4) * 3 - 22)}"}`);
      expect(part).toHaveLength(length);
      return signed(`${part}.${payload}`);
    };
    const [longest, tooLong] = [ofLength(8192), ofLength(8196)];
    expect(verifyJwt(longest, key)).toEqual(APP);
    parse.mockClear();
    for (const read of [decodeToken, (token: string) => verifyJwt(token, key)]) {
      expect(() => read(tooLong)).toThrowTokenError(MALFORMED);
    }
    expect(parse).not.toHaveBeenCalled();
  });
});

describe('verifyJwt', () => {
  it.each<[string, token: string, code: TokenErrorCode, parsed: string[]]>([
    ['a payload before the signature', `${header}.${payload}.`, 'ERR_TOKEN_SIGNATURE', []],
    ['what is not JSON before the signature', `${header}.AAAA.${signature}`, 'ERR_TOKEN_SIGNATURE', []],
    ['a payload under another algorithm', forge({ alg: 'none' }, APP), 'ERR_TOKEN_ALGORITHM', ['{"alg":"none"}']],
    ['a payload beside a signature that is not base64url', `${valid}=`, MALFORMED, []],
    ['a payload behind a header that is no object', forge([], APP), MALFORMED, ['[]']],
  ])('never parses %s', (_, token, code, parsed) => {
    const verify = () => verifyJwt(token, key);
    expect(verify).toThrowTokenError(code);
    expect(parse.mock.calls.map(([json]) => json)).toEqual(parsed);
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
    ['padding behind', () => valid + '='.repeat(4 * MEGA)],
    ['bytes that are no UTF-8', () => forge(HEADER, Buffer.alloc(2 * MEGA, 0xff))],
    ['opening brackets', () => forge(HEADER, '['.repeat(MEGA))],
    ['an unfinished string', () => forge(HEADER, `{"a":"${'a'.repeat(2 * MEGA)}`)],
    ['backslashes', () => forge(HEADER, `{"a":"${'\\'.repeat(2 * MEGA + 1)}"}`)],
    ['digits of one number, and no end', () => forge(HEADER, `{"a":${'1'.repeat(2 * MEGA)}`)],
  ])('of %s are refused', (_, token) => {
    expect(() => decodeToken(token())).toThrowTokenError(MALFORMED);
  });

  it('of a signature are of no key', () => {
    expect(() => verifyJwt(`${header}.${payload}.${'A'.repeat(4 * MEGA)}`, key)).toThrowTokenError(
      'ERR_TOKEN_SIGNATURE',
    );
  });

  it.each<[string, () => string]>([
    ['one string', () => `{"a":"${'a'.repeat(2 * MEGA)}"}`],
    ['white space', () => `{"a":1${' '.repeat(2 * MEGA)}}`],
    ['the same member again and again', () => `{${'"a":1,'.repeat(MEGA / 2)}"a":2}`],
    ['nested arrays', () => `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nested objects', () => `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('of %s are read, verified or not', (_, json) => {
    const token = forge(HEADER, json());
    expect(Object.keys(decodeToken(token).claims)).toEqual(['a']);
    expect(Object.keys(verifyJwt(token, key))).toEqual(['a']);
  });
});

/** Compact JWTs (RFC 7515 §7.1): how claims are written, which tokens are read, and that forged claims are never parsed. */

import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { TokenErrorCode } from '../src/errors.js';
import { createKey } from '../src/credentials.js';
import { decodeToken, encodePart, signJwt, verifyJwt } from '../src/jwt.js';
import { APP, base64url, forge, HEADER, SECRET } from './support/forge.js';
import { ALPHABET, content, isBase64url, ODD } from './support/fuzz.js';
import { anyCharacter } from './support/text.js';
import { untyped } from './support/untyped.js';

const MALFORMED = 'ERR_TOKEN_MALFORMED';
const MAX = 65_536;
const key = createKey(SECRET);
const valid = forge(HEADER, APP);
const [header, payload, signature] = valid.split('.') as [string, string, string];

const parse = vi.spyOn(JSON, 'parse'); // still parses
afterEach(() => {
  parse.mockClear();
});

describe('encodePart', () => {
  const special = fc.constantFrom(...Array.from('><?~"\\\0\x1f\x7fé\u202e🙂'), '\ud800', '\udc00');
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: special }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.tuple(special, fc.nat({ max: 8000 })).map(([unit, size]) => unit.repeat(size / unit.length)),
  );

  /** RFC 8259 §7 and RFC 4648 §5, step by step: escape non-ASCII, and `>` `?` `~` DEL only if that's needed. */
  function stepByStep(claims: object): string {
    const escape = (json: string, unsafe: RegExp) =>
      json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const ascii = escape(JSON.stringify(claims), /[^\0-\x7f]/g);
    const part = base64url(ascii);
    return /[-_]/.test(part) ? base64url(escape(ascii, /[>?~\x7f]/g)) : part;
  }

  it('writes any text so that atob and JSON.parse return it', () => {
    fc.assert(
      fc.property(text, text, (value, name) => {
        fc.pre(name.length < 1000);
        const claims = { value, more: { [`x${name}`]: [value.length, name] } };
        fc.pre(stepByStep(claims).length < MAX - 100);
        const part = encodePart(claims);
        expect(/^[A-Za-z0-9]+$/.test(part)).toBe(true);
        expect(JSON.parse(atob(part))).toEqual(claims);
        expect(part === stepByStep(claims)).toBe(true); // toBe would print both
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('writes every UTF-16 code unit, at every position in a group of three bytes', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const isRead = (claims: object) => JSON.stringify(JSON.parse(atob(encodePart(claims)))) === JSON.stringify(claims);
    expect(units.filter((u) => !isRead({ u, p: 'a', q: u, pq: 'ab', r: u }))).toEqual([]);
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  let deep: object = {};
  for (let depth = 0; depth < 100_000; depth++) deep = { deep };
  const fail = () => {
    throw new Error(SECRET);
  };

  it('rejects anything but a JSON object, and never quotes it', () => {
    const values = [
      ...[undefined, null, '{}', 1, true, 1n],
      [],
      ...[new Date(0), new Map(), new Set(), Object('x') as unknown, () => ({})],
    ];
    const results = ['{', [], null, undefined, 1].map((result) => ({ toJSON: () => result }));
    const throwing = [{ toJSON: fail }, Object.defineProperty({}, 'a', { get: fail, enumerable: true })];
    for (const claims of [
      ...values,
      ...results,
      ...throwing,
      ...[{ a: 1n }, cycle, deep, Object.assign([], { toJSON: () => ({}) })],
    ]) {
      const write = () => encodePart(untyped(claims));
      expect(write).toThrowTokenError('ERR_INVALID_ARGUMENT', 'claims');
      expect(write).not.toThrow(SECRET);
    }
  });

  it('writes null-prototype objects, class instances and results of toJSON like JSON.stringify', () => {
    class Claims {
      a = 1;
      b = undefined;
    }
    for (const claims of [
      ...[Object.assign(Object.create(null) as object, { a: 1 }), new Claims(), { toJSON: () => ({ a: 1 }) }],
    ])
      expect(atob(encodePart(claims))).toBe('{"a":1}');
  });
});

describe('a token of at most 65,536 characters', () => {
  // With the header and the signature, that leaves 49,091 bytes of JSON.
  it.each([
    ['x', 'x', 1],
    ['é', '\\u00e9', 6],
    ['?', '\\u003f', 6],
    ['"', '\\"', 2],
  ])('can be created and read with %s in it, and a longer one can’t be created', (unit, written, size) => {
    const longest = Math.floor((49_091 - 8) / size);
    const token = signJwt({ a: unit.repeat(longest) }, key);
    expect(token.length).toBeGreaterThan(MAX - 8);
    expect(token.length).toBeLessThanOrEqual(MAX);
    expect(decodeToken(token).claims).toEqual({ a: unit.repeat(longest) });
    expect(atob(token.split('.')[1] ?? '')).toBe(`{"a":"${written.repeat(longest)}"}`);
    for (const length of [longest + 1, longest + 20, longest + 100, longest * 2, longest * 10, 40e6])
      expect(() => signJwt({ a: unit.repeat(length) }, key), String(length)).toThrowTokenError(
        'ERR_INVALID_ARGUMENT',
        'claims',
      );
  });

  it('can be read if another library created it, and a longer one isn’t parsed', () => {
    const spaces = (count: number) => JSON.stringify(APP) + ' '.repeat(count);
    const room = 49_091 - JSON.stringify(APP).length;
    const [longest, tooLong] = [forge(HEADER, spaces(room)), forge(HEADER, spaces(room + 1))];
    expect([longest.length, tooLong.length]).toEqual([MAX, MAX + 1]);
    expect(decodeToken(longest).claims).toEqual(APP);
    expect(verifyJwt(longest, key)).toEqual(APP);
    parse.mockClear();
    for (const read of [decodeToken, (token: string) => verifyJwt(token, key)])
      for (const token of [tooLong, `${longest}=`, '.'.repeat(4e6), 'A'.repeat(4e6), 'e30.'.repeat(1e6)])
        expect(() => read(token)).toThrowTokenError(MALFORMED);
    expect(parse).not.toHaveBeenCalled();
  });

  it('can’t contain bytes that aren’t UTF-8, or unfinished JSON', () => {
    for (const bytes of [
      Buffer.alloc(49_090, 0xff),
      Buffer.alloc(49_090, '{"a":"\xf0\x9f', 'latin1'),
      '['.repeat(49_090),
    ]) {
      expect(() => decodeToken(forge(HEADER, bytes))).toThrowTokenError(MALFORMED);
      expect(() => verifyJwt(forge(HEADER, bytes), key)).toThrowTokenError(MALFORMED);
    }
  });

  it('can contain deep nesting, a long header, or a long signature', () => {
    const nested = `{"a":${'['.repeat(24_000)}${']'.repeat(24_000)}}`;
    expect(Object.keys(verifyJwt(forge(HEADER, nested), key))).toEqual(['a']);
    const long = forge({ ...HEADER, x: 'x'.repeat(48_000) }, { a: 1 });
    expect(verifyJwt(long, key)).toEqual({ a: 1 });
    const odd = `${header}.${payload}.${'A'.repeat(65_000)}`;
    expect(decodeToken(odd).signature).toHaveLength(65_000);
    expect(() => verifyJwt(odd, key)).toThrowTokenError('ERR_TOKEN_SIGNATURE');
  });
});

describe('decodeToken', () => {
  it('returns anything, verified or not', () => {
    expect(decodeToken(valid)).toEqual({ header: HEADER, claims: APP, signature });
    const unsigned = decodeToken(`${base64url({ alg: 'none' })}.${base64url({})}.`);
    expect(unsigned).toEqual({ header: { alg: 'none' }, claims: {}, signature: '' });
    expect(decodeToken(`${header}.${payload}.AAAA`)).toEqual({ header: HEADER, claims: APP, signature: 'AAAA' });
  });

  it.each([
    ['whitespace between JSON tokens', ' { "a" :\r\n\t[ 1 ] } ', { a: [1] }],
    ['non-ASCII text', '{"a":"José, 用户, 🙂"}', { a: 'José, 用户, 🙂' }],
    ['U+FFFD, which decoding also returns for invalid bytes', '{"a":"\u{fffd}"}', { a: '\u{fffd}' }],
    ['an escaped lone surrogate', '{"a":"\\ud800"}', { a: '\ud800' }],
    ['U+0000 and U+FEFF in a string', '{"a":"\\u0000\u{feff}"}', { a: '\0\u{feff}' }],
    ['the last of duplicate members (RFC 7519 §4)', '{"a":1,"a":2}', { a: 2 }],
    ['an empty name', '{"":0}', { '': 0 }],
  ])('reads %s', (_, json, claims) => {
    expect(decodeToken(forge(HEADER, json)).claims).toEqual(claims);
  });

  it('returns a member named __proto__ as data, and changes no prototype', () => {
    const { claims } = decodeToken(forge(HEADER, '{"__proto__":{"type":"app"},"constructor":{"prototype":1}}'));
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(Object.keys(claims)).toEqual(['__proto__', 'constructor']);
    expect(claims.type).toBeUndefined();
  });

  it('returns a new header each time', () => {
    decodeToken(valid).header.alg = 'none';
    expect(decodeToken(valid).header).toEqual(HEADER);
  });

  it('rejects anything but three parts', () => {
    const texts = ['', '.', '..', header, `${header}.${payload}`, `.${valid}`, `${valid}.`, `${valid}.AAAA.AAAA`];
    const parts = [`.${payload}.${signature}`, `${header}..${signature}`, valid.replace('.', '..')];
    const odd = [valid.replace('.', '\u{ff0e}'), `Bearer ${valid}`, JSON.stringify(valid)];
    const objects = [
      [valid],
      ...[Object(valid) as unknown, Buffer.from(valid), { toString: () => valid }, { split: () => parts }],
    ];
    for (const token of [...texts, ...parts, ...odd, ...objects, undefined, null, 1, 1n, true, Symbol('token')])
      for (const read of [decodeToken, (text: string) => verifyJwt(text, createKey('another'))])
        expect(() => read(untyped(token)), inspect(token)).toThrowTokenError(MALFORMED);
  });

  it('accepts only strict base64url (RFC 4648 §5), with anything before, after or in place of a character', () => {
    const bytes = [1, 2, 3].map((length) => Buffer.from('\xfb\xff\xfe\xff', 'latin1').subarray(0, length));
    const texts = bytes.flatMap((some) => [some.toString('base64url'), some.toString('base64')]);
    for (const text of [...texts, ...ALPHABET].flatMap((text) =>
      ['', ...ODD, ',', '*', '%3D', ...ALPHABET].flatMap((more) => [
        ...[text + more, more + text, text.slice(0, -1) + more],
      ]),
    )) {
      if (isBase64url(text)) expect(decodeToken(`${header}.${payload}.${text}`).signature).toBe(text);
      else expect(() => decodeToken(`${header}.${payload}.${text}`)).toThrowTokenError(MALFORMED);
    }
  });

  it.each([
    ['header', (part: string) => decodeToken(`${part}.${payload}.${signature}`).header],
    ['payload', (part: string) => decodeToken(`${header}.${part}.${signature}`).claims],
  ])('accepts only a JSON object in UTF-8 as the %s, whatever the bytes are', (_, decode) => {
    const inString = (some: Buffer) => Buffer.concat([Buffer.from('{"a":"'), some, Buffer.from('"}')]);
    // Many sequences of the first and last bytes of each UTF-8 form are valid. Decoding returns U+FFFD for the others.
    const edges = '00 22 41 7f 80 8f 90 9f a0 af bf c0 c1 c2 df e0 e1 ed ee ef f0 f1 f4 f5 f8 fe ff efbfbd'.split(' ');
    const bytes = fc.oneof(
      fc.array(fc.constantFrom(...edges), { maxLength: 4 }).map((hex) => inString(Buffer.from(hex.join(''), 'hex'))),
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

describe('verifyJwt', () => {
  it.each<[string, token: string, code: TokenErrorCode, parsed: string[]]>([
    ['with a missing signature', `${header}.${payload}.`, 'ERR_TOKEN_SIGNATURE', []],
    ['that isn’t JSON, with another token’s signature', `${header}.AAAA.${signature}`, 'ERR_TOKEN_SIGNATURE', []],
    ['with another algorithm', forge({ alg: 'none' }, APP), 'ERR_TOKEN_ALGORITHM', ['{"alg":"none"}']],
    ['with a signature that isn’t base64url', `${valid}=`, MALFORMED, []],
    ['with a header that isn’t an object', forge([], APP), MALFORMED, ['[]']],
  ])('never parses a payload %s', (_, token, code, parsed) => {
    expect(() => verifyJwt(token, key)).toThrowTokenError(code);
    expect(parse.mock.calls.map(([json]) => json)).toEqual(parsed);
  });
});

import { createHmac, createSecretKey, generateKeyPairSync } from 'node:crypto';

import fc from 'fast-check';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { appClaims, decodeToken, signToken } from '../src/index.js';
import { faultOf } from './support/fault.js';
import { samples } from './support/vectors.js';

const secret = 'fake-secret-for-tests';
const base = { accessKey: 'access-key', issuedAt: 1_750_000_000, jti: 'jti-1' };

function part(token: string, index: 0 | 1 | 2): string {
  return token.split('.')[index] ?? '';
}

function text(token: string, index: 0 | 1): string {
  return Buffer.from(part(token, index), 'base64url').toString();
}

/** What the 100ms sample makes of the same claims. */
function sampleToken(claims: object, key: string): string {
  return jsonwebtoken.sign(claims, key, { algorithm: 'HS256', noTimestamp: !('iat' in claims) });
}

/** What the 100ms web client reads in a token. */
function clientClaims(token: string): unknown {
  return JSON.parse(atob(part(token, 1)));
}

describe('signToken', () => {
  it('has the header in the documented order', () => {
    expect(text(signToken({}, secret), 0)).toBe('{"alg":"HS256","typ":"JWT"}');
  });

  it('takes the UTF-8 bytes of the secret as the key, and does not base64-decode them', () => {
    for (const utf8 of ['c2VjcmV0', 'sécret-🔑']) {
      const token = signToken({ a: 1 }, utf8);
      const end = token.lastIndexOf('.');
      const mac = createHmac('sha256', Buffer.from(utf8)).update(token.slice(0, end)).digest('base64url');
      expect(token.slice(end + 1)).toBe(mac);
      expect(signToken({ a: 1 }, createSecretKey(Buffer.from(utf8)))).toBe(token);
    }
  });

  it('is byte for byte jsonwebtoken for claims that need no client-safe encoding', () => {
    const characters = fc.integer({ min: 0, max: 0x7e }).map((code) => String.fromCharCode(code));
    const plain = fc.string({ unit: characters.filter((character) => !'>?~'.includes(character)), minLength: 1 });
    fc.assert(
      fc.property(plain, plain, plain, (roomId, userId, role) => {
        const claims = { room_id: roomId, user_id: userId, role, version: 2, iat: 1, jti: 'j' };
        expect(signToken(claims, secret)).toBe(sampleToken(claims, secret));
      }),
      { seed: 1 },
    );
  });

  it('is byte for byte jsonwebtoken for `>?~` and DEL too, where they make no - and no _', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('>', '?', '~', '\x7f', 'a', 'b') }), (user_id) => {
        const claims = { user_id };
        const theirs = sampleToken(claims, secret);
        fc.pre(!/[-_]/.test(part(theirs, 1)));
        expect(signToken(claims, secret)).toBe(theirs);
      }),
      { seed: 1 },
    );
  });

  it.each(samples.map((sample) => [`${sample.library} ${sample.kind} ${sample.claims.jti}`, sample] as const))(
    'signs the claims of %s so that its library reads the same',
    (_name, { claims, secret: sampleSecret, token: theirs }) => {
      const token = signToken(claims, sampleSecret);
      expect(JSON.parse(text(token, 1))).toEqual(claims);
      expect(jsonwebtoken.verify(token, sampleSecret, { algorithms: ['HS256'], ignoreExpiration: true })).toEqual(
        claims,
      );
      // Identical wherever theirs has our header and needs none of our escapes.
      const sameHeader = part(theirs, 0) === part(token, 0);
      const clientSafe = !/[-_]/.test(part(theirs, 1)) && text(theirs, 1) === JSON.stringify(claims);
      if (sameHeader && clientSafe && /^[\0-\x7f]*$/.test(text(theirs, 1))) expect(token).toBe(theirs);
    },
  );

  it('reproduces samples of four libraries to the byte', () => {
    const same = samples.filter(({ claims, secret, token }) => signToken(claims, secret) === token);
    expect(same.map(({ library, kind }) => `${library.split(' ')[0] ?? ''} ${kind}`)).toEqual(
      expect.arrayContaining(['jsonwebtoken management', 'jsonwebtoken app', 'PyJWT app', 'golang-jwt app']),
    );
  });
});

describe('client-safe encoding', () => {
  const hostile = fc.constantFrom(
    '>',
    '?',
    '~',
    '\x7f',
    '\0',
    '\u001f',
    '"',
    '\\',
    '<',
    'é',
    '\ud800',
    '\udc00',
    '🙂',
    '‮',
  );
  const anyString = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: hostile }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  const identifier = anyString.filter((value) => value.trim() !== '' && !value.startsWith('<'));

  it('gives atob and JSON.parse the same strings, whatever they are, in base64url without - and _', () => {
    fc.assert(
      fc.property(identifier, identifier, identifier, (roomId, userId, role) => {
        const claims = appClaims({ ...base, roomId, userId, role });
        const token = signToken(claims, secret);
        expect(part(token, 1)).toMatch(/^[A-Za-z0-9]+$/);
        expect(text(token, 1)).toMatch(/^[\0-\x7f]*$/);
        expect(clientClaims(token)).toEqual(claims);
        expect(clientClaims(token)).toMatchObject({ room_id: roomId, user_id: userId, role });
        expect(decodeToken(token).claims).toEqual(claims);
        expect(jsonwebtoken.verify(token, secret, { ignoreExpiration: true })).toEqual(claims);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('holds for every UTF-16 code unit, at every place of a three-byte group', () => {
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const user_id = String.fromCharCode(unit);
      const token = signToken({ user_id, p: 'a', q: user_id, pq: 'ab', r: user_id }, secret);
      if (/[-_]/.test(part(token, 1))) expect.fail(`- or _ for U+${unit.toString(16)}`);
      if (JSON.stringify(clientClaims(token)) !== JSON.stringify(decodeToken(token).claims)) expect.fail(String(unit));
    }
  });

  it('escapes names of members, and what is nested, as well', () => {
    const claims = { 'é~>?': { 'ü?': ['~', '>', '?', 'José'] } };
    expect(clientClaims(signToken(claims, secret))).toEqual(claims);
  });

  it('is what the sample lacks: José turns into JosÃ©, and a name with ~ stops the client', () => {
    expect(clientClaims(sampleToken({ user_id: 'José' }, secret))).toMatchObject({ user_id: 'JosÃ©' });
    expect(() => clientClaims(sampleToken({ user_id: 'a~b~c~' }, secret))).toThrow(
      expect.objectContaining({ name: 'InvalidCharacterError' }),
    );
    expect(clientClaims(signToken({ user_id: 'José a~b~c~' }, secret))).toEqual({ user_id: 'José a~b~c~' });
  });
});

describe('bad input', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  let deep: object = {};
  for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', '{}'],
    ['a number', 1],
    ['an array', []],
    ['an array that writes an object', Object.assign([], { toJSON: () => ({}) })],
    ['a function', () => ({})],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['a boxed string', Object('x')],
    ['a BigInt inside', { a: 1n }],
    ['a cycle', cycle],
    ['what is nested too deep', deep],
    ['toJSON that gives a string', { toJSON: () => '{' }],
    ['toJSON that gives an array', { toJSON: () => [] }],
    ['toJSON that gives null', { toJSON: () => null }],
    ['toJSON that gives nothing', { toJSON: () => undefined }],
    [
      'toJSON that throws',
      {
        toJSON() {
          throw new Error('with a secret in it');
        },
      },
    ],
  ])('claims are %s', (_name, claims) => {
    const fault = faultOf(() => {
      Reflect.apply(signToken, undefined, [claims, secret]);
    });
    expect(fault).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: 'claims' });
    expect(fault.message).not.toContain('secret');
  });

  it('is not an object that writes itself as another', () => {
    expect(decodeToken(signToken({ toJSON: () => ({ a: 1 }) }, secret)).claims).toEqual({ a: 1 });
  });

  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' \n'],
    ['a number', 1],
    ['bytes', Buffer.from(secret)],
    ['a placeholder', '<app_secret>'],
    ['with a line end', `${secret}\n`],
    ['with a blank before it', ` ${secret}`],
    ['a public key', publicKey],
    ['a private key', privateKey],
    ['an empty key', createSecretKey(Buffer.alloc(0))],
    [
      'what only has the prototype of a key',
      Object.create(Object.getPrototypeOf(createSecretKey('x', 'utf8')) as object),
    ],
  ])('the secret is %s', (_name, given) => {
    const fault = faultOf(() => {
      Reflect.apply(signToken, undefined, [{}, given]);
    });
    expect(fault).toMatchObject({ code: 'ERR_INVALID_CONFIG', field: 'secret' });
    expect(fault.message).not.toContain(secret);
    expect(fault.message).not.toContain('<app_secret>');
  });
});

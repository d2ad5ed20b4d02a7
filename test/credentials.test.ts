/** The access key and the secret: mistakes that every function rejects, and that nothing ever shows the secret. */

import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';

import { describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, signToken, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, at } from './support/forge.js';
import { fields, room, useFakeClock } from './support/functions.js';
import { untyped } from './support/untyped.js';

const HEX = '64f0c1a2b3d4e5f6fa4e0000';

const BAD: unknown[] = [
  ...[undefined, null, 1, true, {}, ['x'], Object('x') as unknown, Symbol('x'), () => 'x', new Uint8Array()],
  ...['', ' ', '\t\n', '\u00a0', '\ufeff', '\u200b', '\u2060\u00ad', '\u3164', '\0'],
  ...['abc\ufe0f', '\ufe0fabc', 'abc\u2800', '\u2800abc', 'abc\ufff9', 'abc\u{e0061}'],
  ...['abc\n', 'abc\r', ' abc', 'abc\u00a0', '\ufeffabc', 'abc\u200b', '\u200dabc', '\u2028abc', 'abc\0', '\u202eabc'],
  ...['"abc"', "'abc'", '`abc`', '\\"abc\\"', '\u201cabc\u201d', '\u2018abc\u2019', '""', '"a\nb"', '""abc""'],
  ...['<app_secret>', '<your access-key>', '<é>', '{{secret}}', '{{ secret }}', '{{}}', '{{a\nb}}'],
  ...['${HMS_SECRET}', 'a${', '${', '$HMS_SECRET', '$S', '$_', '$A1'],
  ...['your-app-secret', 'your_secret', 'Your App Secret', 'yourAppSecret', 'YOUR_APP_SECRET', 'YOURKEY'],
  ...['undefined', 'null', 'NaN', '[object Object]', '[object Promise]', '[object a\nb]', '[object ]'],
  ...['\ud800', '\udc00', 'a\ud83d', '\ude00a', 'a\ud83db', '\ude00\ud83d'],
];
const GOOD = [
  ...['x', 'sécret-🔑', 'a secret with spaces', 'a\u200bb', 'a"b', '"abc', "abc'", '"', "'a`", 'a"b"', 'a\\"b\\"'],
  ...['"a"b', '“a”b', 'a“b”'],
  ...['\u201cabc', 'abc\u201d', '<', '<>', '<3>', 'x<app_secret>', '<a>b', '<a><b>', '{{a}}b', '{{', 'a{{b}}', '{a}'],
  ...['$100', '$', 'a$B', '$hms', '$A-B', '$ {a}', 'yours', 'not-your-secret', 'yOUR-key', 'your'],
  ...['undefined-1', 'an undefined', 'nullable', 'Null', 'NaNs', '[object', 'a[object Object]', '[Object x]', '0'],
  ...[HEX.slice(1), `${HEX}0`, `g${HEX.slice(1)}`, 'x'.repeat(64), '🔑'.repeat(32), '-', 'a\nb'],
];

useFakeClock();

describe.each(fields('accessKey', 'secret'))('$field of $name', ({ name, field, set }) => {
  const isPossible = (value: unknown) =>
    // A variable has no NUL, and half of a surrogate pair becomes U+FFFD.
    name.includes('HMS_') ? typeof value === 'string' && !/[\0\p{Cs}]/u.test(value) : true;
  const isDefault = (value: unknown) => value === undefined && name === 'createTokenFixtures';
  const own = field === 'secret' ? [HEX, HEX.toUpperCase()] : ['x'.repeat(65), 'é'.repeat(65), `x${'\n'.repeat(63)}x`];

  it('rejects every mistake', () => {
    for (const value of [...BAD, ...own].filter((value) => isPossible(value) && !isDefault(value)))
      expect(() => set(value), inspect(value)).toThrowTokenError('ERR_INVALID_CONFIG', field);
  });

  it('accepts anything else', () => {
    for (const value of [...GOOD, field === 'secret' ? 'x'.repeat(1000) : HEX])
      expect(() => set(value), value).not.toThrow();
  });
});

it('the UTF-8 bytes of the secret are the key, and are not base64-decoded', () => {
  for (const secret of ['c2VjcmV0', 'sécret-🔑', 'x', 'x'.repeat(5000)]) {
    const token = signToken(APP, secret);
    const [signingInput, signature] = token.split(/\.(?=[^.]*$)/);
    const mac = createHmac('sha256', new TextEncoder().encode(secret)).update(String(signingInput)).digest('base64url');
    expect(signature).toBe(mac);
    expect(verifyToken(token, secret, { currentDate: at })).toEqual(APP);
  }
});

it('keys work without FinalizationRegistry, which older Workers don’t have', async () => {
  const registry = FinalizationRegistry;
  Reflect.deleteProperty(globalThis, 'FinalizationRegistry');
  try {
    vi.resetModules();
    const old = await import('../src/sign.js');
    expect(old.signToken(APP, 'a-secret')).toBe(signToken(APP, 'a-secret'));
  } finally {
    globalThis.FinalizationRegistry = registry;
  }
});

it('keys are created once for the same secret, and their bytes are overwritten once they are collected', async () => {
  const register = vi.fn<(key: unknown, bytes: Buffer) => void>();
  const Registry = vi.fn<(cleanUp: (bytes: Buffer) => void) => object>(function () {
    return { register };
  });
  vi.stubGlobal('FinalizationRegistry', Registry);
  vi.resetModules();
  const { secretKey } = await import('../src/credentials.js');
  vi.unstubAllGlobals();
  const [first, second, third] = ['a-secret', 'a-secret', 'another'].map(secretKey);
  expect(second).toBe(first);
  expect(register.mock.calls.map(([key]) => key === first || key === third)).toEqual([true, true]);
  for (const [, bytes] of register.mock.calls) {
    Registry.mock.calls[0]?.[0](bytes);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  }
});

describe('the secret', () => {
  const SECRET = 'fake-secret-6ba7b810-9dad-11d1';
  const given = { accessKey: ACCESS_KEY, secret: SECRET };
  const tokens = createTokenBuilder(given);
  tokens.getManagementToken();

  it.each([tokens, createTokenFixtures(given)])('doesn’t appear when a builder or fixtures are printed', (printed) => {
    for (const output of [
      inspect(printed, { showHidden: true, depth: Infinity, getters: true }),
      JSON.stringify(printed),
      ...Object.values(printed).map((method: unknown) => String(method) + inspect(method, { showHidden: true })),
    ])
      expect(output).not.toContain(SECRET);
  });

  const [header, payload] = signToken({ secret: SECRET }, SECRET).split('.');
  const cycle: Record<string, unknown> = { [SECRET]: SECRET };
  cycle.self = cycle;

  it.each<[where: string, act: () => unknown]>([
    ['with a newline', () => createTokenBuilder({ ...given, secret: `${SECRET}\n` })],
    ['in quotes', () => createTokenBuilder({ ...given, secret: `"${SECRET}"` })],
    ['as a placeholder', () => createTokenBuilder({ ...given, secret: `<${SECRET}>` })],
    ['as the access key', () => createTokenBuilder({ accessKey: SECRET.repeat(3), secret: SECRET })],
    ['as the config', () => createTokenBuilder(untyped(SECRET))],
    ['as the second argument', () => Reflect.apply(createTokenBuilder, undefined, untyped([{}, SECRET]))],
    ['as a lifetime', () => createTokenBuilder({ ...given, expiresIn: untyped(SECRET) })],
    ['as an option name', () => createTokenBuilder(untyped({ [SECRET]: SECRET }))],
    ['as options', () => tokens.generateManagementToken(untyped(SECRET))],
    ['as a time', () => tokens.generateManagementToken({ issuedAt: untyped(SECRET) })],
    ['in an array', () => tokens.generateManagementToken({ jti: untyped([SECRET]) })],
    ['as a role', () => tokens.generateAppToken({ ...room, role: `<${SECRET}>` })],
    ['as a room ID', () => tokens.generateAppToken({ ...room, roomId: `/${SECRET}` })],
    ['in an extra argument', () => Reflect.apply(tokens.getManagementToken, undefined, untyped([{ [SECRET]: 1 }]))],
    ['as a token', () => verifyToken(SECRET, ACCESS_KEY)],
    ['as three parts', () => verifyToken(`${SECRET}.${SECRET}.${SECRET}`, SECRET)],
    ['as verification options', () => verifyToken('', SECRET, untyped(SECRET))],
    ['as a tolerance', () => tokens.verifyAppToken('a.b.c', { clockTolerance: untyped(SECRET) })],
    ['in a token with a different secret', () => verifyToken(signToken({ [SECRET]: SECRET }, SECRET), 'another')],
    ['in a token without claims', () => verifyToken(signToken({ type: SECRET }, SECRET), SECRET)],
    ['in a token without a signature', () => verifyToken([header, payload, ''].join('.'), SECRET)],
    ['in claims with a cycle', () => signToken(cycle, SECRET)],
    ['in claims that throw', () => signToken({ toJSON: () => JSON.parse(SECRET) as unknown }, SECRET)],
    ['as claims', () => signToken(untyped(SECRET), SECRET)],
    ['as an option name of the fixtures', () => createTokenFixtures(untyped({ [SECRET]: 1 }))],
    ['as the time of the fixtures', () => createTokenFixtures({ at: untyped(SECRET) })],
  ])('doesn’t appear in an error or its stack if passed %s', (_, act) => {
    let output = '';
    try {
      act();
    } catch (error) {
      output = inspect(error, { showHidden: true, depth: Infinity }) + JSON.stringify(error) + String(error);
    }
    expect(output).toContain('TokenError');
    expect(output).not.toContain(SECRET);
  });
});

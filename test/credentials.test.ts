/** The access key and the app secret: where they come from, how they must be, and that nothing shows the secret. */

import { createSecretKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { appClaims, createTokenBuilder, managementClaims, signToken, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW } from './support/forge.js';
import { untyped } from './support/untyped.js';

const SECRET = 'fake-secret-6ba7b810-9dad-11d1';
const given = { accessKey: ACCESS_KEY, secret: SECRET };

beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('bad credentials', () => {
  // How each is told: see messages.
  const BAD = [
    ...[undefined, null, 1, new String('x'), ['x'], createSecretKey('x', 'utf8')],
    ...['', ' \t', '\ufeff', '<app_secret>', '<your access-key>', ' <key>\n'],
    ...['abc\n', ' abc', '\ufeffabc', 'abc\u00a0'],
  ];
  const input = { accessKey: ACCESS_KEY, roomId: 'r', userId: 'u', role: 'guest', issuedAt: NOW, jti: 'id' };
  const environment = (name: string) => (value: unknown) => {
    vi.stubEnv('HMS_ACCESS_KEY', ACCESS_KEY);
    vi.stubEnv('HMS_SECRET', SECRET);
    vi.stubEnv(name, value as string | undefined);
    createTokenBuilder();
  };

  it.each<[where: string, field: string, take: (value: never) => unknown]>([
    ['createTokenBuilder', 'accessKey', (accessKey) => createTokenBuilder({ ...given, accessKey })],
    ['createTokenBuilder', 'secret', (secret) => createTokenBuilder({ ...given, secret })],
    ['the environment', 'accessKey', environment('HMS_ACCESS_KEY')],
    ['the environment', 'secret', environment('HMS_SECRET')],
    ['createTokenFixtures', 'accessKey', (accessKey) => createTokenFixtures({ accessKey })],
    ['createTokenFixtures', 'secret', (secret) => createTokenFixtures({ secret })],
    ['managementClaims', 'accessKey', (accessKey) => managementClaims({ issuedAt: 0, jti: 'id', accessKey })],
    ['appClaims', 'accessKey', (accessKey) => appClaims({ ...input, accessKey })],
    ['signToken', 'secret', (secret) => signToken({}, secret)],
    ['verifyToken', 'secret', (secret) => verifyToken(forge(HEADER, APP), secret)],
  ])('are refused by %s: %s', (where, field, take) => {
    for (const value of BAD) {
      if (where === 'the environment' && value !== undefined && typeof value !== 'string') continue; // cannot be
      if (where.startsWith('create') && value === undefined) continue; // not given
      if (/^(sign|verify)/.test(where) && value instanceof KeyObject) continue;
      expect(() => take(untyped(value))).toThrowTokenError('ERR_INVALID_CONFIG', field);
    }
  });

  it.each([
    ['an empty key', createSecretKey(Buffer.alloc(0))],
    ['a private key', generateKeyPairSync('ed25519').privateKey],
    ['a public key', generateKeyPairSync('ed25519').publicKey],
  ])('are, to signToken and verifyToken, %s', (_what, key) => {
    expect(() => signToken({}, key)).toThrowTokenError('ERR_INVALID_CONFIG', 'secret');
    expect(() => verifyToken('', key)).toThrowTokenError('ERR_INVALID_CONFIG', 'secret');
  });
});

describe('the environment', () => {
  const accessKeyOf = ({ generateManagementToken }: ReturnType<typeof createTokenBuilder>) =>
    verifyToken(generateManagementToken(), SECRET).access_key;

  /** With another `process`, for no longer than the call: the test runner needs its own. */
  function withProcess<T>(process: object | undefined, act: () => T): T {
    vi.stubGlobal('process', process);
    try {
      return act();
    } finally {
      vi.unstubAllGlobals();
    }
  }

  it('is read when a builder is made, and only for what is not given', () => {
    vi.stubEnv('HMS_ACCESS_KEY', 'key-of-environment');
    vi.stubEnv('HMS_SECRET', SECRET);
    const builders = [
      createTokenBuilder(),
      createTokenBuilder({ accessKey: undefined, secret: SECRET }),
      createTokenBuilder({ accessKey: ACCESS_KEY, secret: undefined }),
    ];
    vi.stubEnv('HMS_ACCESS_KEY', 'changed');
    vi.stubEnv('HMS_SECRET', 'changed');
    expect(builders.map(accessKeyOf)).toEqual(['key-of-environment', 'key-of-environment', ACCESS_KEY]);
  });

  it('is left alone where both are given: it may be denied, or there may be none', () => {
    const denied = vi.fn(() => {
      throw new Error('denied');
    });
    const env = new Proxy({}, { get: denied, has: denied, getOwnPropertyDescriptor: denied });
    for (const process of [{ env }, {}, undefined]) {
      expect(withProcess(process, () => accessKeyOf(createTokenBuilder(given)))).toBe(ACCESS_KEY);
    }
    expect(denied).not.toHaveBeenCalled();
  });

  it('lacks both, and nothing worse happens, where there is no process', () => {
    for (const process of [{}, undefined]) {
      const build = (config: object) => () => withProcess(process, () => createTokenBuilder(config));
      expect(build({ secret: SECRET })).toThrowTokenError('ERR_INVALID_CONFIG', 'accessKey');
      expect(build({ accessKey: ACCESS_KEY })).toThrowTokenError('ERR_INVALID_CONFIG', 'secret');
    }
  });
});

describe('the secret', () => {
  const tokens = createTokenBuilder(given);
  const fixtures = createTokenFixtures(given);
  const room = { roomId: 'r', userId: 'u', role: 'guest' };
  tokens.getManagementToken();

  it.each([tokens, fixtures])('shows up in nothing that prints a builder or fixtures', (made) => {
    const outputs = [
      inspect(made, { showHidden: true, depth: Infinity, getters: true }),
      JSON.stringify(made),
      ...Object.values(made).map((method: unknown) => String(method) + inspect(method, { showHidden: true })),
    ];
    for (const output of outputs) expect(output).not.toContain(SECRET);
  });

  const [header, payload] = signToken({ secret: SECRET }, SECRET).split('.');
  const cycle: Record<string, unknown> = { [SECRET]: SECRET };
  cycle.self = cycle;

  it.each<[where: string, act: () => unknown]>([
    ['with a line end', () => createTokenBuilder({ ...given, secret: `${SECRET}\n` })],
    ['as a placeholder', () => createTokenBuilder({ ...given, secret: `<${SECRET}>` })],
    ['as the access key', () => createTokenBuilder({ accessKey: ` ${SECRET}`, secret: SECRET })],
    ['as the config', () => createTokenBuilder(untyped(SECRET))],
    ['as a lifetime', () => createTokenBuilder({ ...given, expiresIn: untyped(SECRET) })],
    ['as a key of the config', () => createTokenBuilder(untyped({ ...given, [SECRET]: 1 }))],
    ['as key and value of the config', () => createTokenBuilder(untyped({ [SECRET]: SECRET }))],
    ['as options', () => tokens.generateManagementToken(untyped(SECRET))],
    ['as a key of options', () => tokens.generateManagementToken(untyped({ [SECRET]: 1 }))],
    ['as a time', () => tokens.generateManagementToken({ issuedAt: untyped(SECRET) })],
    ['in the jti', () => tokens.generateManagementToken({ jti: untyped([SECRET]) })],
    ['as a placeholder of a role', () => tokens.generateAppToken({ ...room, role: `<${SECRET}>` })],
    [
      'behind the parameters',
      (): unknown => Reflect.apply(tokens.generateAppToken, undefined, [room, { [SECRET]: SECRET }]),
    ],
    ['behind nothing', (): unknown => Reflect.apply(tokens.getManagementToken, undefined, [SECRET])],
    ['as a token', () => verifyToken(SECRET, ACCESS_KEY)],
    ['as three parts', () => verifyToken(`${SECRET}.${SECRET}.${SECRET}`, SECRET)],
    ['as verification', () => verifyToken('', SECRET, untyped(SECRET))],
    ['as a tolerance', () => tokens.verifyAppToken('a.b.c', { clockTolerance: untyped(SECRET) })],
    ['in a token of another', () => verifyToken(signToken({ [SECRET]: SECRET }, SECRET), 'another-secret')],
    ['in a token that lacks claims', () => verifyToken(signToken({ type: SECRET }, SECRET), SECRET)],
    ['in a token without signature', () => verifyToken([header, payload, ''].join('.'), SECRET)],
    ['in claims with a cycle', () => signToken(cycle, SECRET)],
    ['as claims', () => signToken(untyped(SECRET), SECRET)],
    ['as a key of the fixtures', () => createTokenFixtures(untyped({ [SECRET]: 1 }))],
    ['as the time of the fixtures', () => createTokenFixtures({ at: untyped(SECRET) })],
  ])('shows up in no error, its stack included: %s', (_where, act) => {
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

/** Rules for every options object, extra argument and, in a polluted environment, every function. */

import vm from 'node:vm';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  appClaims,
  createTokenBuilder,
  managementClaims,
  signToken,
  TokenError,
  verifyToken,
} from '../src/index.js';
import { APP, at, forge, HEADER, SECRET, without } from './support/forge.js';
import { credentials, functions, room } from './support/functions.js';
import { untyped } from './support/untyped.js';

const ARGUMENT = 'ERR_INVALID_ARGUMENT';
const tokens = createTokenBuilder(credentials);

beforeEach(() => {
  vi.useFakeTimers({ now: at });
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

class Options {
  constructor(options: object) {
    Object.assign(this, options);
  }
}

it.each(functions)('the table of functions has every option of $name', ({ given, call }) => {
  const options = `the options are ${Object.keys(given).join(', ')}`;
  expect(() => call(untyped({ x: 1 }))).toThrow(new RegExp(`; ${options}$`));
});

describe.each(functions)('$name', ({ object, code, given, call }) => {
  const act = (value: unknown) => call(untyped(value));
  const expected = () => act(given);
  const define = (descriptor: (key: string, value: unknown) => PropertyDescriptor) =>
    Object.entries(given).reduce<object>(
      (target, [key, value]) => Object.defineProperty(target, key, descriptor(key, value)),
      {},
    );

  it('accepts any plain object, and a copy of a class instance', () => {
    for (const plain of [
      Object.freeze({ ...given }),
      Object.assign(Object.create(null), given),
      Object.assign(vm.runInNewContext('({})') as object, given),
      define((_, value) => ({ value })), // not enumerable
      { ...new Options(given) },
    ]) {
      expect(act(plain)).toEqual(expected());
    }
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a string', '1h'],
    ['a number', 1],
    ['an array', [given]],
    ['a function', () => given],
    ['a Map', new Map(Object.entries(given))],
    ['a Date', at],
    ['a promise', Promise.resolve(given)],
    ['a class instance', new Options(given)],
    ['an object that inherits valid options', Object.create(given)],
    ['an object that inherits a typo', Object.create({ expiresin: '1h' })],
    ['an object that inherits isPrototypeOf', Object.create({ ...given, isPrototypeOf: () => true })],
    ['an object that inherits from a null prototype', Object.create(Object.assign(Object.create(null), given))],
  ])('rejects %s', (_, value) => {
    expect(() => act(value)).toThrowTokenError(code, object);
  });

  it('rejects unknown options, unless they are undefined', () => {
    const upper = Object.keys(given).map((key) => key.toUpperCase());
    for (const key of ['x', 'toString', 'constructor', '__proto__', 'room_id', 'refreshBefore', ...upper]) {
      const changed = (value: unknown) => Object.defineProperty({ ...given }, key, { value, enumerable: true });
      expect(() => act(changed('1h'))).toThrowTokenError(code, key);
      expect(act(changed(undefined))).toEqual(expected());
    }
  });

  it('rejects null and other types for each option', () => {
    for (const key of Object.keys(given)) {
      const isCredential = key === 'accessKey' || key === 'secret';
      for (const value of [null, true, 0, NaN, 1n, Symbol('x'), {}, [], '', () => '1h']) {
        expect(() => act({ ...given, [key]: value })).toThrowTokenError(
          isCredential ? 'ERR_INVALID_CONFIG' : code,
          key,
        );
      }
    }
  });

  it('reads each option once, so a getter can’t change it after the check', () => {
    const reads: string[] = [];
    const getters = define((key, value) => ({ enumerable: true, get: () => (reads.push(key), value) }));
    expect(act(getters)).toEqual(expected());
    expect(reads).toEqual(Object.keys(given));
  });
});

describe('arguments that would be ignored', () => {
  const input = { ...credentials, issuedAt: at, jti: 'id' };
  const creators: [name: string, create: unknown, ...valid: unknown[]][] = [
    ['createTokenBuilder', createTokenBuilder, credentials],
    ['generateManagementToken', tokens.generateManagementToken, {}],
    ['generateAppToken', tokens.generateAppToken, room],
    ['getManagementToken', tokens.getManagementToken],
    ['managementClaims', managementClaims, without(input, 'secret')],
    ['appClaims', appClaims, { ...without(input, 'secret'), ...room }],
    ['signToken', signToken, APP, SECRET],
  ];

  it.each(creators)('are rejected by %s', (_, create, ...valid) => {
    const act =
      (...extra: unknown[]) =>
      (): unknown =>
        Reflect.apply(create as () => unknown, undefined, [...valid, ...extra]);
    const list = [room, room];
    for (const extra of [
      ...[[3600], ['1h'], [{ expiresIn: '1h' }], [null], [false], [''], [undefined, 1], [1, undefined]],
      ...[[0, list, undefined], [2, list], [-1, list], [0.5, list], ['0', list], [0, { 0: room }], [0, 'a'], [0]],
    ]) {
      expect(act(...extra)).toThrowTokenError(ARGUMENT, 'options');
    }
    for (const extra of [[], [undefined], [undefined, undefined, undefined], [0, list], [1, list]]) {
      // The parameter of map's callback is an extra argument too, if the function has no parameters.
      if (extra.length === 2 && valid.length === 0) extra.unshift(undefined);
      expect(act(...extra)).not.toThrow();
    }
  });

  it.each(creators.slice(0, 6))('of %s can come from map', (_, create, valid) => {
    expect([valid, valid].map(create as (value: unknown) => unknown)).toHaveLength(2);
  });

  it('are reported after a first argument that is wrong', () => {
    const call = (create: unknown, ...values: string[]) => (): unknown =>
      Reflect.apply(create as () => unknown, undefined, values);
    expect(call(createTokenBuilder, 'key', 'secret')).toThrowTokenError('ERR_INVALID_CONFIG', 'config');
    expect(call(tokens.generateAppToken, 'room', 'user', 'role')).toThrowTokenError(ARGUMENT, 'params');
    expect(call(tokens.generateManagementToken, '1h', 'jti')).toThrowTokenError(ARGUMENT, 'options');
    expect(call(managementClaims, 'key', 'id')).toThrowTokenError(ARGUMENT, 'input');
    expect(call(appClaims, 'key', 'room')).toThrowTokenError(ARGUMENT, 'input');
    expect(call(signToken, 'claims', SECRET, '1h')).toThrowTokenError(ARGUMENT, 'claims');
  });
});

describe('a polluted Object.prototype changes nothing', () => {
  const POLLUTION = {
    ...Object.assign({}, ...functions.map(({ given }) => given)),
    ...{ expiresIn: '1s', issuedAt: new Date(0), notBefore: new Date(0), currentDate: new Date(0), at: new Date(0) },
    ...{ roomId: 'polluted', clockSkew: '1h', clockTolerance: '1h', HMS_ACCESS_KEY: 'polluted', HMS_SECRET: 'polluted' },
    ...{ alg: 'HS256', crit: ['x'], usual: /^/, '': 1, toJSON: () => ({ polluted: true }) },
    ...{ ...APP, type: 'management', role: 'polluted', jti: 'polluted' },
  } as Record<string, unknown>;
  const tokens = {
    'an expired token': forge(HEADER, { ...APP, exp: 1 }),
    'a token without alg': forge({}, APP),
    ...Object.fromEntries(
      Object.keys(APP).map((claim) => [`a token without ${claim}`, forge(HEADER, without(APP, claim))]),
    ),
  };
  const acts: [string, () => unknown][] = [
    ...functions.flatMap(({ name, given, call }): [string, () => unknown][] => [
      [`${name} without options`, () => call(untyped({}))],
      [`${name} with every option`, () => call(untyped(given))],
      ...Object.keys(given).flatMap((key): [string, () => unknown][] => [
        [`${name} without ${key}`, () => call(untyped(without(given, key)))],
        [`${name} with an invalid ${key}`, () => call(untyped({ ...given, [key]: ' ' }))],
      ]),
    ]),
    ['createTokenBuilder()', () => createTokenBuilder()],
    ...Object.entries(tokens).map(([what, token]): [string, () => unknown] => [what, () => verifyToken(token, SECRET)]),
  ];

  /** Returns the result or the error, to be compared. */
  function outcome(act: () => unknown): unknown {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return { code: error.code, field: error.field, message: error.message };
    }
  }

  it.each(Object.entries(POLLUTION))('with %s', (key, value) => {
    for (const [what, act] of acts) {
      const before = outcome(act);
      for (const enumerable of [true, false]) {
        const after = polluted(key, { value, enumerable }, () => outcome(act));
        // Signing nothing is fine; signing something else isn't.
        const isClaimsError = key === 'toJSON' && JSON.stringify(after).includes('"field":"claims"');
        if (!isClaimsError) expect(after, what).toEqual(before);
      }
    }
  });

  it('except that nothing can be signed with a toJSON', () => {
    const sign = () => polluted('toJSON', { value: POLLUTION.toJSON }, () => signToken(APP, SECRET));
    expect(sign).toThrowTokenError(ARGUMENT, 'claims');
  });

  function polluted<T>(key: string, descriptor: PropertyDescriptor, act: () => T): T {
    Object.defineProperty(Object.prototype, key, { ...descriptor, configurable: true, writable: true });
    try {
      return act();
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
  }
});

it('names an unknown option only if it can’t be a secret', () => {
  const act = (key: string) => () => createTokenBuilder(untyped({ [key]: 1 }));
  for (const key of ['with-a-dash', 'a'.repeat(31), '1a', 'a b', 'é', '']) {
    expect(act(key)).toThrowTokenError('ERR_INVALID_CONFIG', 'config');
  }
  for (const key of ['a'.repeat(30), '_A1']) expect(act(key)).toThrowTokenError('ERR_INVALID_CONFIG', key);
});

/** Rules for every options object, extra argument and, in a polluted environment, every function. */

import { inspect } from 'node:util';
import vm from 'node:vm';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import {
  appClaims,
  createTokenBuilder,
  managementClaims,
  signToken,
  TokenError,
  type TokenErrorCode,
  verifyToken,
} from '../src/index.js';
import { stringCheck } from '../src/input.js';
import { APP, at, forge, HEADER, SECRET, without } from './support/forge.js';
import { credentials, functions, room, useFakeClock } from './support/functions.js';
import { untyped } from './support/untyped.js';

const ARGUMENT = 'ERR_INVALID_ARGUMENT';
const tokens = createTokenBuilder(credentials);

useFakeClock();

beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

/** An instance of a class, such as a NestJS DTO. */
class Options {
  isClass = undefined;

  static of(options: object): object {
    return Object.assign(new Options(), options);
  }
}

it('a string that is usual, or the last valid one, is not compared with every mistake, for speed', () => {
  const [mistake, usual] = [false, true].map((isMatch) => ({ test: vi.fn((text: string) => isMatch && text === 'a') }));
  const check = stringCheck([[untyped(mistake), 'is wrong']], untyped(usual));
  expect(['a', 'a', 'b', 'b', 'a'].map((text) => check(text, 'x'))).toEqual(['a', 'a', 'b', 'b', 'a']);
  expect(usual?.test.mock.calls).toEqual([['a'], ['b'], ['a']]);
  expect(mistake?.test.mock.calls).toEqual([['b']]);
});

it('the table of functions has every option', () => {
  for (const { name, given, call } of functions) {
    const options = Object.keys(given).join(', ');
    expect(() => call(untyped({ x: 1 })), name).toThrow(new RegExp(`; the options are ${options}$`));
  }
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
      ...[Object.freeze({ ...given }), Object.assign(Object.create(null) as object, given)],
      Object.assign(vm.runInNewContext('({})') as object, given),
      define((_, value) => ({ value })), // not enumerable
      { ...Options.of(given) },
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
    ['a class instance', Options.of(given)],
    ['an object that inherits valid options', Object.create(given)],
    ['an object that inherits a typo', Object.create({ expiresin: '1h' })],
    ['an object that inherits isPrototypeOf', Object.create({ ...given, isPrototypeOf: () => true })],
    [
      'an object that inherits from a null prototype',
      Object.create(Object.assign(Object.create(null) as object, given)),
    ],
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

  const apply = (create: unknown, values: unknown[]) => (): unknown =>
    Reflect.apply(create as () => unknown, undefined, values);

  it.each(creators)('are rejected by %s', (_, create, ...valid) => {
    const list = [room, room];
    for (const extra of [
      ...[[3600], ['1h'], [{ expiresIn: '1h' }], [null], [false], [''], [undefined, 1], [1, undefined], [0]],
      ...[
        [0, list, undefined],
        [2, list],
        [-1, list],
        [0.5, list],
        ['0', list],
        [0, { 0: room }],
        [0, 'a'],
      ],
    ])
      expect(apply(create, [...valid, ...extra]), inspect(extra)).toThrowTokenError(ARGUMENT, 'options');
    // The first argument of map's callback is extra, too, if the function has no parameters.
    const first = valid.length === 0 ? [undefined] : valid;
    for (const extra of [[], [undefined], [undefined, undefined, undefined], [0, list], [1, list]])
      expect(apply(create, [...first, ...extra]), inspect(extra)).not.toThrow();
    if (valid.length > 0) expect(apply(create, ['x', 'y', 'z'])).toThrow(/must be a (plain|JSON) object/); // the first argument is wrong
  });

  it.each<[string, unknown, unknown, string, TokenErrorCode?]>([
    ['createTokenBuilder', createTokenBuilder, { ...credentials, secret: 'undefined' }, 'secret', 'ERR_INVALID_CONFIG'],
    ['generateManagementToken', tokens.generateManagementToken, { jti: '' }, 'jti'],
    ['generateAppToken', tokens.generateAppToken, { ...room, roomId: 'abc-defg-hij' }, 'roomId'],
    ['managementClaims', managementClaims, { ...without(input, 'secret'), jti: '' }, 'jti'],
    ['appClaims', appClaims, { ...without(input, 'secret'), ...room, role: '' }, 'role'],
  ])('are reported by %s only if its first argument is valid', (_, create, first, field, code = ARGUMENT) => {
    expect(apply(create, [first, 3600])).toThrowTokenError(code, field);
  });

  it.each(creators.slice(0, 6))('can come from map: %s', (_, create, valid) => {
    expect([valid, valid].map(create as (value: unknown) => unknown)).toHaveLength(2);
  });
});

describe('a polluted Object.prototype changes nothing', () => {
  const text = ['HMS_ACCESS_KEY', 'HMS_SECRET', 'roomId', 'role', 'jti'].map((name) => [name, 'polluted'] as const);
  const POLLUTION: Record<string, unknown> = {
    ...(Object.assign({}, APP, ...functions.map(({ given }) => given)) as object),
    ...{ ...Object.fromEntries(text), expiresIn: '1s', clockSkew: '1h', clockTolerance: '1h', type: 'management' },
    ...{ issuedAt: new Date(0), notBefore: new Date(0), currentDate: new Date(0), at: new Date(0) },
    ...{ alg: 'HS256', crit: ['x'], usual: /^/, '': 1, toJSON: () => ({ polluted: true }) },
  };
  const invalid = Object.keys(APP).map((claim) => forge(HEADER, without(APP, claim)));
  const tokens = [forge(HEADER, { ...APP, exp: 1 }), forge({}, APP), ...invalid];
  const acts: [string, () => unknown][] = [
    ...functions.flatMap(({ name, given, call }) =>
      [{}, given, ...Object.keys(given).flatMap((key) => [without(given, key), { ...given, [key]: ' ' }])].map(
        (options): [string, () => unknown] => [`${name}(${inspect(options)})`, () => call(untyped(options))],
      ),
    ),
    ...[undefined, ...tokens].map((token): [string, () => unknown] => [
      `verifyToken(${String(token)})`,
      () => (token === undefined ? createTokenBuilder() : verifyToken(token, SECRET)),
    ]),
  ];

  /** Returns the result or the error while every object inherits a property, to be compared. */
  function outcome(act: () => unknown, key = 'x', descriptor: PropertyDescriptor = {}): unknown {
    Object.defineProperty(Object.prototype, key, { ...descriptor, configurable: true, writable: true });
    try {
      return act();
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return { code: error.code, field: error.field, message: error.message };
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
  }

  it.each(Object.entries(POLLUTION))('with %s', (key, value) => {
    for (const [what, act] of acts) {
      const before = outcome(act);
      for (const enumerable of [true, false]) {
        const after = outcome(act, key, { value, enumerable });
        // Signing nothing is fine; signing something else isn't.
        const isClaimsError = key === 'toJSON' && JSON.stringify(after).includes('"field":"claims"');
        if (!isClaimsError) expect(after, what).toEqual(before);
      }
    }
  });

  it('except that nothing can be signed with a toJSON', () => {
    const after = outcome(() => signToken(APP, SECRET), 'toJSON', { value: POLLUTION.toJSON });
    expect(after).toMatchObject({ code: ARGUMENT, field: 'claims' });
  });
});

it('names an unknown option only if it can’t be a secret', () => {
  const act = (key: string) => () => createTokenBuilder(untyped({ [key]: 1 }));
  for (const key of ['with-a-dash', 'a'.repeat(31), '1a', 'a b', 'é', '']) {
    expect(act(key)).toThrowTokenError('ERR_INVALID_CONFIG', 'config');
  }
  for (const key of ['a'.repeat(30), '_A1']) expect(act(key)).toThrowTokenError('ERR_INVALID_CONFIG', key);
});

/** What every function asks of every option, parameter and config: plain objects, own members, known keys, strings. */

import vm from 'node:vm';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  appClaims,
  createTokenBuilder,
  decodeToken,
  managementClaims,
  signToken,
  TokenError,
  type TokenErrorCode,
  verifyToken,
} from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';
import { untyped } from './support/untyped.js';

const ARGUMENT: TokenErrorCode = 'ERR_INVALID_ARGUMENT';
const at = new Date(NOW * 1000);
const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
const times = { issuedAt: NOW - 60, notBefore: NOW - 30, expiresIn: '1h', jti: 'id' } as const;
const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };
// Of another realm, as every Date is in Jest.
const anHourLater = vm.runInNewContext(`new Date(${String((NOW + 3600) * 1000)})`) as Date;
const verification = { currentDate: anHourLater, clockTolerance: '30s' };
const tokens = createTokenBuilder(credentials);

/** The claims of a token that {@link SECRET} signed. A random id is none of its caller's business. */
function read(token: string) {
  const { jti, ...claims } = verifyToken(token, SECRET, { currentDate: at, clockTolerance: '90d' });
  return jti.length === 36 ? claims : { ...claims, jti };
}

interface Taker {
  what: string;
  /** The name of the object itself. */
  name: string;
  code?: TokenErrorCode;
  /** Every key that there is. */
  given: object;
  take: (given: never) => unknown;
}

const TAKERS: Taker[] = [
  {
    what: 'createTokenBuilder',
    name: 'config',
    code: 'ERR_INVALID_CONFIG',
    given: { ...credentials, expiresIn: '1h', clockSkew: '1m', refreshBefore: '59m' },
    take(config) {
      vi.setSystemTime(at);
      const builder = createTokenBuilder(config);
      const first = builder.getManagementToken();
      vi.setSystemTime(at.getTime() + 60_000);
      return [read(first), first === builder.getManagementToken(), read(builder.generateAppToken(room))];
    },
  },
  {
    what: 'generateManagementToken',
    name: 'options',
    given: times,
    take: (o) => read(tokens.generateManagementToken(o)),
  },
  {
    what: 'generateAppToken',
    name: 'params',
    given: { ...room, ...times },
    take: (o) => read(tokens.generateAppToken(o)),
  },
  {
    what: 'verifyManagementToken',
    name: 'options',
    given: verification,
    take: (options) => tokens.verifyManagementToken(forge(HEADER, MANAGEMENT), options),
  },
  {
    what: 'verifyAppToken',
    name: 'options',
    given: verification,
    take: (options) => tokens.verifyAppToken(forge(HEADER, APP), options),
  },
  {
    what: 'verifyToken',
    name: 'options',
    given: verification,
    take: (options) => verifyToken(forge(HEADER, APP), SECRET, options),
  },
  { what: 'managementClaims', name: 'input', given: { accessKey: ACCESS_KEY, ...times }, take: managementClaims },
  { what: 'appClaims', name: 'input', given: { accessKey: ACCESS_KEY, ...room, ...times }, take: appClaims },
  {
    what: 'createTokenFixtures',
    name: 'config',
    given: { ...credentials, at },
    take: (config) => Object.values(createTokenFixtures(config)).map((make: () => string) => make()),
  },
  {
    what: 'appToken of the fixtures',
    name: 'params',
    given: { ...room, ...times },
    take: (params) => decodeToken(createTokenFixtures({ at }).appToken(params)),
  },
  {
    what: 'expiredManagementToken of the fixtures',
    name: 'options',
    given: { ...times, issuedAt: NOW - 90_000, notBefore: NOW - 90_000 },
    take: (options) => decodeToken(createTokenFixtures({ at }).expiredManagementToken(options)),
  },
];

/** What a call returns or throws, to be compared. */
function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const { code, field, message } = error;
    return { code, field, message };
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: at });
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe.each(TAKERS)('$what', ({ name, code = ARGUMENT, given, take }) => {
  const call = (value: unknown) => take(untyped(value));
  const expected = () => call(given);

  it('takes an object without a prototype, of another realm, frozen, or with members that are not enumerable', () => {
    const hidden = Object.entries(given).map(([key, value]: [string, unknown]) => [key, { value }]);
    for (const plain of [
      Object.freeze({ ...given }),
      Object.assign(Object.create(null), given),
      Object.assign(vm.runInNewContext('({})') as object, given),
      Object.defineProperties({}, Object.fromEntries(hidden) as PropertyDescriptorMap),
    ]) {
      expect(call(plain)).toEqual(expected());
    }
  });

  class Options {
    constructor(options: object) {
      Object.assign(this, options);
    }

    toString() {
      return 'options';
    }
  }

  it.each<[string, unknown]>([
    ['null', null],
    ['a string', '1h'],
    ['a number', 1],
    ['an array', [given]],
    ['a function', () => given],
    ['a Map', new Map(Object.entries(given))],
    ['a Date', at],
    ['a promise', Promise.resolve(given)],
    ['an instance of a class', new Options(given)],
    [
      'one with getters',
      new (class {
        get expiresin() {
          return String(at);
        }
      })(),
    ],
    ['one that inherits well', Object.create(given)],
    ['one that inherits a typo', Object.create({ expiresin: '1h' })],
    ['one that inherits a method of Object.prototype', Object.create({ ...given, isPrototypeOf: () => true })],
    [
      'one that inherits from what has no prototype',
      Object.create(Object.assign(Object.create(null) as object, given)),
    ],
  ])('refuses %s, and says to pass a plain object', (_what, value) => {
    const isInstance = Object.prototype.toString.call(value) === '[object Object]';
    const advice = isInstance ? `; pass { ...${name} }` : ` of ${Object.keys(given).join(', ')}`;
    expect(() => call(value)).toThrowTokenError(code, name, `${name} must be a plain object${advice}`);
  });

  it('takes a copy of a class instance, as it is told to pass', () => {
    expect(call(Object.assign({}, new Options(given)))).toEqual(expected());
  });

  it.each(['x', 'toString', 'constructor', '__proto__', 'room_id'])('refuses the unknown key %s', (key) => {
    const change = Object.defineProperty({ ...given }, key, { value: '1h', enumerable: true });
    expect(() => call(change)).toThrowTokenError(code, key);
  });

  it('tells the key that a typo meant, and ignores unknown keys whose value is undefined', () => {
    for (const key of Object.keys(given)) {
      for (const typo of [key.toUpperCase(), `${key.slice(0, 3)}x`]) {
        const message = `unknown option ${typo}; did you mean ${key}?`;
        expect(() => call({ ...given, [typo]: 1 })).toThrowTokenError(code, typo, message);
        expect(call({ ...given, [typo]: undefined })).toEqual(expected());
      }
    }
  });

  it('refuses null, and what is of the wrong type, for each key', () => {
    for (const key of Object.keys(given)) {
      for (const value of [null, true, Symbol('x'), {}, '', NaN]) {
        const isCredential = key === 'accessKey' || key === 'secret';
        expect(() => call({ ...given, [key]: value })).toThrowTokenError(
          isCredential ? 'ERR_INVALID_CONFIG' : code,
          key,
        );
      }
    }
  });

  it('reads each member once, so that no getter can change it after the check', () => {
    const reads: string[] = [];
    const getters = Object.entries(given).map(([key, value]: [string, unknown]) => [
      key,
      { enumerable: true, get: () => (reads.push(key), value) },
    ]);
    expect(call(Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap))).toEqual(expected());
    expect(reads).toEqual(Object.keys(given));
  });
});

describe('a polluted Object.prototype changes nothing', () => {
  const POLLUTION = {
    accessKey: 'polluted',
    secret: 'polluted',
    expiresIn: 1,
    clockSkew: '1h',
    refreshBefore: '90d',
    issuedAt: 5,
    notBefore: 5,
    roomId: 'polluted',
    userId: 'polluted',
    currentDate: new Date(0),
    clockTolerance: '90d',
    at: new Date(0),
    HMS_ACCESS_KEY: 'polluted',
    HMS_SECRET: 'polluted',
    alg: 'HS256',
    crit: ['x'],
    toJSON: () => ({ polluted: true }),
    ...APP,
    type: 'management',
    role: 'polluted',
    jti: 'polluted',
  };
  const without = (given: object, left: string) => Object.entries(given).filter(([key]) => key !== left);
  const acts: [string, () => unknown][] = TAKERS.flatMap(({ what, given, take }) => [
    [`${what} with nothing`, () => take(untyped({}))],
    [`${what} with all keys`, () => take(untyped(given))],
    ...Object.keys(given).map((left): [string, () => unknown] => [
      `${what} without ${left}`,
      () => take(untyped(Object.fromEntries(without(given, left)))),
    ]),
  ]);
  const token = forge(HEADER, APP);
  acts.push(
    ['createTokenBuilder()', () => createTokenBuilder()],
    ['verifyToken of an expired token', () => verifyToken(token, SECRET, { currentDate: new Date(2 * at.getTime()) })],
    ['verifyToken of {}', () => verifyToken(forge(HEADER, {}), SECRET)],
    ['verifyToken without alg', () => verifyToken(forge({}, APP), SECRET)],
    ...Object.keys(APP).map((claim): [string, () => unknown] => [
      `verifyToken without ${claim}`,
      () => verifyToken(forge(HEADER, { ...APP, [claim]: undefined }), SECRET),
    ]),
  );

  it.each(Object.entries(POLLUTION))('by %s', (key, value: unknown) => {
    for (const [what, act] of acts) {
      const before = outcome(act);
      for (const enumerable of [true, false]) {
        const after = polluted(key, { value, enumerable }, () => outcome(act));
        // To sign nothing is well; to sign something else is not.
        if (key !== 'toJSON' || !isRefused(after)) expect(after, what).toEqual(before);
      }
    }
  });

  it('by toJSON, but that nothing can be signed', () => {
    const sign = () => polluted('toJSON', { value: POLLUTION.toJSON }, () => signToken(APP, SECRET));
    expect(sign).toThrowTokenError('ERR_INVALID_ARGUMENT', 'claims');
  });
});

/** Calls `act` while every object inherits a member. */
function polluted<T>(key: string, descriptor: PropertyDescriptor, act: () => T): T {
  Object.defineProperty(Object.prototype, key, { ...descriptor, configurable: true, writable: true });
  try {
    return act();
  } finally {
    Reflect.deleteProperty(Object.prototype, key);
  }
}

const isRefused = (result: unknown) => typeof result === 'object' && result !== null && 'message' in result;

describe('strings', () => {
  const input = { accessKey: ACCESS_KEY, ...room, ...times };
  const BAD: [problem: string, ...values: unknown[]][] = [
    ['is missing', undefined],
    ['must be a string that is not blank', '', ' ', '\t\n', '\u00a0', '\ufeff'],
    ['must be a string that is not blank', null, 1, true, {}, ['x'], Symbol('x'), 1n, new String('x')],
    ['is still a placeholder', '<room_id>', '<ROLE>', '<your room-id>', '<x>', ' <x>\n', `<${'a'.repeat(61)}>`],
  ];

  it.each(['roomId', 'userId', 'role', 'jti'])('refuses what is no %s', (field) => {
    for (const [problem, ...values] of BAD) {
      for (const value of values) {
        const act = () => appClaims({ ...input, [field]: value });
        expect(act).toThrowTokenError(ARGUMENT, field, `${field} ${problem}`);
      }
    }
  });

  it.each(['<', '<>', '<?>', '< room>', '<1>', '<a><b>', 'x<room_id>', '<room_id>x', `<${'a'.repeat(62)}>`, ' u '])(
    'takes the user id %j, which is no placeholder',
    (userId) => {
      expect(appClaims({ ...input, userId }).user_id).toBe(userId);
    },
  );
});

it('lists the options where a key is like none of them, and names no key that may be a secret', () => {
  const known = 'the options are accessKey, secret, expiresIn, clockSkew, refreshBefore';
  const act = (key: string, value: unknown) => () => createTokenBuilder(untyped({ [key]: value }));
  expect(act('lifetime', 1)).toThrowTokenError('ERR_INVALID_CONFIG', 'lifetime', `unknown option lifetime; ${known}`);
  for (const key of ['with-a-dash', 'a'.repeat(31), '1a', 'a b', '']) {
    expect(act(key, 1)).toThrowTokenError('ERR_INVALID_CONFIG', 'config', `unknown option in config; ${known}`);
  }
  expect(act('a'.repeat(30), 1)).toThrowTokenError('ERR_INVALID_CONFIG', 'a'.repeat(30));
});

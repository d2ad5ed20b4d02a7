/** Whether a token is valid now: every check, in the documented order, and times at the very second. */

import { Buffer } from 'node:buffer';
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { runInNewContext } from 'node:vm';

import fc from 'fast-check';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';

import {
  type AppClaims,
  createTokenBuilder,
  decodeToken,
  type ManagementClaims,
  signToken,
  type VerifyOptions,
  verifyToken,
} from '../src/index.js';
import { type Fault, fault } from './support/fault.js';
import { ACCESS_KEY, APP, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';

const { verifyAppToken, verifyManagementToken } = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
const verify = verifyToken as (token: unknown, secret: unknown, options?: unknown) => unknown;

/** The time of so many seconds since 1970, to the millisecond. */
function at(seconds: number): Date {
  return new Date(Math.round(seconds * 1000));
}

const now = { currentDate: at(NOW) };
const appToken = forge(HEADER, APP);
const managementToken = forge(HEADER, MANAGEMENT);

function without(claims: object, name: string): object {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a valid token', () => {
  it('gives its claims', () => {
    expect(verifyToken(appToken, SECRET, now)).toEqual(APP);
    expect(verifyToken(managementToken, SECRET, now)).toEqual(MANAGEMENT);
    expect(verifyAppToken(appToken, now)).toEqual(APP);
    expect(verifyManagementToken(managementToken, now)).toEqual(MANAGEMENT);
  });

  it('gives a union discriminated by type', () => {
    const claims = verifyToken(appToken, SECRET, now);
    expectTypeOf(claims).toEqualTypeOf<ManagementClaims | AppClaims>();
    if (claims.type === 'app') {
      expectTypeOf(claims).toEqualTypeOf<AppClaims>();
      expect(claims.room_id).toBe(APP.room_id);
    } else {
      expectTypeOf(claims).toEqualTypeOf<ManagementClaims>();
      expect.unreachable();
    }
    expectTypeOf(verifyAppToken(appToken, now)).toEqualTypeOf<AppClaims>();
    expectTypeOf(verifyManagementToken(managementToken, now)).toEqualTypeOf<ManagementClaims>();
  });

  it.each<[string, object | string]>([
    ['no typ, as of ruby-jwt and jjwt', { alg: 'HS256' }],
    ['typ in front, as of php-jwt', { typ: 'JWT', alg: 'HS256' }],
    ['another typ', { alg: 'HS256', typ: 'at+jwt' }],
    ['a typ that is not a string', { alg: 'HS256', typ: null }],
    ['a kid', { ...HEADER, kid: '1' }],
    ['white space', ' {\r\n\t"alg" : "HS256" } '],
    ['an escaped alg', '{"\\u0061lg":"\\u0048S256"}'],
    ['two algs, of which the last counts', '{"alg":"none","alg":"HS256"}'],
    ['a member named __proto__', '{"alg":"HS256","__proto__":{"crit":["exp"]}}'],
    ['crit in another member', { ...HEADER, x: { crit: ['exp'] } }],
  ])('may have a header with %s', (_, header) => {
    expect(verifyToken(forge(header, APP), SECRET, now)).toEqual(APP);
  });

  it('may have its claims in any order', () => {
    const reversed = Object.fromEntries(Object.entries(APP).reverse());
    expect(Object.keys(verifyToken(forge(HEADER, reversed), SECRET, now))).toEqual(Object.keys(reversed));
  });

  it('keeps extra claims, as they are', () => {
    const extra = { ...MANAGEMENT, room_id: null, aud: ['a'], sub: 1, nested: { exp: 0 }, '': [] };
    expect(verifyToken(forge(HEADER, extra), SECRET, now)).toEqual(extra);
    expect(verifyManagementToken(forge(HEADER, extra), now)).toEqual(extra);
  });

  it('has the last of duplicate claims (RFC 7519 §4)', () => {
    const json = JSON.stringify(APP);
    expect(verifyToken(forge(HEADER, json.replace('{', '{"role":"host","exp":0,')), SECRET, now)).toEqual(APP);
    expect(fault(() => verifyToken(forge(HEADER, json.replace(/}$/, ',"exp":0}')), SECRET, now))).toEqual({
      code: 'ERR_TOKEN_EXPIRED',
      field: 'exp',
    });
  });

  it('may have a claim named __proto__, which changes no prototype', () => {
    const claims = verifyToken(forge(HEADER, JSON.stringify(APP).replace('{', '{"__proto__":{"x":1},')), SECRET, now);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(claims).not.toHaveProperty('x');
    expect(claims).toMatchObject(APP);
  });

  it("may live longer than 90 days: that limit is the minter's", () => {
    const claims = { ...APP, exp: NOW + 91 * 86_400 };
    expect(verifyToken(forge(HEADER, claims), SECRET, now)).toEqual(claims);
  });

  it('may name any room, user and role that is not empty', () => {
    const claims = { ...APP, room_id: ' ', user_id: '<user_id>', role: '\0', jti: '1' };
    expect(verifyAppToken(forge(HEADER, claims), now)).toEqual(claims);
  });

  it('is what signToken makes of any JSON claims', () => {
    const extra = fc.jsonValue({ noUnicodeString: false });
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const values = fc.record({ room_id: text, user_id: text, role: text, jti: text, extra });
    fc.assert(
      fc.property(values, (some) => {
        const claims = { ...APP, ...some };
        const token = signToken(claims, SECRET);
        // JSON has no -0.
        const written: unknown = JSON.parse(JSON.stringify(claims));
        expect(verifyToken(token, SECRET, now)).toEqual(written);
        expect(decodeToken(token).claims).toEqual(written);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('the order of checks', () => {
  interface Draft {
    header: object;
    claims: object;
    secret: string;
    tail: string;
    options: unknown;
  }
  type Step = [name: string, spoil: (draft: Draft) => Partial<Draft>, fault: Fault];

  // Faults of one step are not ordered among each other, but for the times.
  const steps: Step[][] = [
    [
      ['unknown option', () => ({ options: { now: 0 } }), { code: 'ERR_INVALID_ARGUMENT', field: 'now' }],
      [
        'bad currentDate',
        () => ({ options: { currentDate: NOW } }),
        { code: 'ERR_INVALID_ARGUMENT', field: 'currentDate' },
      ],
      [
        'bad clockTolerance',
        () => ({ options: { ...now, clockTolerance: -1 } }),
        { code: 'ERR_INVALID_ARGUMENT', field: 'clockTolerance' },
      ],
    ],
    [
      ['padding', () => ({ tail: '=' }), { code: 'ERR_TOKEN_MALFORMED' }],
      ['fourth part', () => ({ tail: '.' }), { code: 'ERR_TOKEN_MALFORMED' }],
    ],
    [
      ['alg none', ({ header }) => ({ header: { ...header, alg: 'none' } }), { code: 'ERR_TOKEN_ALGORITHM' }],
      ['crit', ({ header }) => ({ header: { ...header, crit: ['exp'] } }), { code: 'ERR_TOKEN_ALGORITHM' }],
    ],
    [['other secret', () => ({ secret: 'another-fake-secret' }), { code: 'ERR_TOKEN_SIGNATURE' }]],
    [
      [
        'type management',
        ({ claims }) => ({ claims: { ...claims, type: 'management' } }),
        { code: 'ERR_TOKEN_CLAIMS', field: 'type' },
      ],
      ['no role', ({ claims }) => ({ claims: without(claims, 'role') }), { code: 'ERR_TOKEN_CLAIMS', field: 'role' }],
      [
        'version 1',
        ({ claims }) => ({ claims: { ...claims, version: 1 } }),
        { code: 'ERR_TOKEN_CLAIMS', field: 'version' },
      ],
      [
        'another access_key',
        ({ claims }) => ({ claims: { ...claims, access_key: 'another' } }),
        { code: 'ERR_TOKEN_CLAIMS', field: 'access_key' },
      ],
      ['no exp', ({ claims }) => ({ claims: without(claims, 'exp') }), { code: 'ERR_TOKEN_CLAIMS', field: 'exp' }],
    ],
    [
      [
        'nbf to come',
        ({ claims }) => ({ claims: { ...claims, nbf: NOW + 60 } }),
        { code: 'ERR_TOKEN_NOT_ACTIVE', field: 'nbf' },
      ],
    ],
    [
      [
        'iat to come',
        ({ claims }) => ({ claims: { ...claims, iat: NOW + 60 } }),
        { code: 'ERR_TOKEN_NOT_ACTIVE', field: 'iat' },
      ],
    ],
    [
      [
        'exp passed',
        ({ claims }) => ({ claims: { ...claims, exp: NOW - 60 } }),
        { code: 'ERR_TOKEN_EXPIRED', field: 'exp' },
      ],
    ],
  ];

  function outcome(...faults: Step[]): Fault | undefined {
    let draft: Draft = { header: HEADER, claims: APP, secret: SECRET, tail: '', options: now };
    // The last first: where two touch the same member, that of the earlier step must stand.
    for (const [, spoil] of [...faults].reverse()) draft = { ...draft, ...spoil(draft) };
    const token = forge(draft.header, draft.claims, draft.secret) + draft.tail;
    return fault(() => verifyAppToken(token, draft.options as VerifyOptions));
  }

  it('finds nothing wrong with the draft that is spoilt below', () => {
    expect(outcome()).toBeUndefined();
  });

  it.each(steps.flat())('finds %s alone', (...step) => {
    expect(outcome(step)).toEqual(step[2]);
  });

  const pairs = steps.flatMap((earlier, index) =>
    earlier.flatMap((first) => steps.slice(index + 1).flatMap((later) => later.map((second) => ({ first, second })))),
  );

  it.each(pairs)('finds $first.0 before $second.0', ({ first, second }) => {
    expect(outcome(first, second)).toEqual(first[2]);
  });
});

describe('times', () => {
  const DAYS_90 = 90 * 86_400;
  const active = undefined;
  const expired = { code: 'ERR_TOKEN_EXPIRED', field: 'exp' };
  const nbfToCome = { code: 'ERR_TOKEN_NOT_ACTIVE', field: 'nbf' };
  const iatToCome = { code: 'ERR_TOKEN_NOT_ACTIVE', field: 'iat' };

  interface Case {
    /** Seconds after NOW, as are the claims. */
    now: number;
    iat?: number;
    nbf?: number;
    exp?: number;
    clockTolerance?: VerifyOptions['clockTolerance'];
    expected: object | undefined;
  }

  it.each<Case>([
    // RFC 7519 §4.1.4: not accepted "on or after" exp.
    { now: 99.999, exp: 100, expected: active },
    { now: 100, exp: 100, expected: expired },
    { now: 100.001, exp: 100, expected: expired },
    { now: 10, exp: 10.001, expected: active },
    { now: 10.001, exp: 10.001, expected: expired },
    { now: 10.499, exp: 10.5, expected: active },
    { now: 10.5, exp: 10.5, expected: expired },
    // RFC 7519 §4.1.5: accepted from nbf on.
    { now: -0.001, nbf: 0, iat: -1, expected: nbfToCome },
    { now: 0, nbf: 0, iat: -1, expected: active },
    { now: 0.249, nbf: 0.25, expected: nbfToCome },
    { now: 0.25, nbf: 0.25, expected: active },
    // RFC 7519 §4.1.6: a token from the future is of a clock that is wrong.
    { now: -0.001, iat: 0, nbf: -1, expected: iatToCome },
    { now: 0, iat: 0, nbf: -1, expected: active },
    { now: 0.249, iat: 0.25, expected: iatToCome },
    { now: 0.25, iat: 0.25, expected: active },
    { now: 0, iat: 60, nbf: -60, expected: iatToCome },
    // nbf may lie before iat, and a token that no time suits is refused at all of them.
    { now: 0, iat: 0, nbf: -60, expected: active },
    { now: 19, nbf: 20, exp: 10, expected: nbfToCome },
    { now: 20, nbf: 20, exp: 10, expected: expired },
    { now: 9, nbf: 10, exp: 10, expected: nbfToCome },
    { now: 10, nbf: 10, exp: 10, expected: expired },
    // No tolerance is asked for.
    { now: 100, exp: 100, clockTolerance: 0, expected: expired },
    { now: 100, exp: 100, clockTolerance: '0s', expected: expired },
    { now: -0.001, nbf: 0, iat: -1, clockTolerance: 0, expected: nbfToCome },
    // Tolerance moves all three.
    { now: 129.999, exp: 100, clockTolerance: 30, expected: active },
    { now: 130, exp: 100, clockTolerance: 30, expected: expired },
    { now: -30.001, nbf: 0, iat: -60, clockTolerance: 30, expected: nbfToCome },
    { now: -30, nbf: 0, iat: -60, clockTolerance: 30, expected: active },
    { now: -30.001, nbf: -60, iat: 0, clockTolerance: 30, expected: iatToCome },
    { now: -30, nbf: -60, iat: 0, clockTolerance: 30, expected: active },
    { now: 129.999, exp: 100, clockTolerance: '30s', expected: active },
    { now: 130, exp: 100, clockTolerance: '30s', expected: expired },
    { now: 159.999, exp: 100, clockTolerance: '1m', expected: active },
    { now: 160, exp: 100, clockTolerance: '1m', expected: expired },
    { now: 3699.999, exp: 100, clockTolerance: '1h', expected: active },
    { now: 3700, exp: 100, clockTolerance: '1h', expected: expired },
    { now: 40.499, exp: 10.5, clockTolerance: 30, expected: active },
    { now: 40.5, exp: 10.5, clockTolerance: 30, expected: expired },
    { now: 99.999 + DAYS_90, exp: 100, clockTolerance: '90d', expected: active },
    { now: 100 + DAYS_90, exp: 100, clockTolerance: DAYS_90, expected: expired },
    // The ends of what is a time at all.
    { now: 0, iat: -NOW, nbf: -NOW, expected: active },
    { now: 0, exp: -NOW, expected: expired },
    { now: 0, exp: Number.MAX_VALUE, expected: active },
    { now: 0, nbf: Number.MAX_VALUE, expected: nbfToCome },
    { now: -NOW, iat: -NOW, nbf: -NOW, expected: active },
    { now: -NOW - 1, iat: -NOW, nbf: -NOW, expected: nbfToCome },
  ])('$expected.code at $now with iat $iat, nbf $nbf, exp $exp, tolerance $clockTolerance', (row) => {
    const { iat = -5, nbf = -5, exp = 3600, clockTolerance, expected } = row;
    // Fractions here are of at most three digits: their sums are rounded to those.
    const numericDate = (seconds: number) => (seconds > 1e9 ? seconds : Number((NOW + seconds).toFixed(3)));
    const times = { iat: numericDate(iat), nbf: numericDate(nbf), exp: numericDate(exp) };
    const token = forge(HEADER, { ...APP, ...times });
    const options = { currentDate: at(NOW + row.now), ...(clockTolerance === undefined ? {} : { clockTolerance }) };
    expect(fault(() => verifyToken(token, SECRET, options))).toEqual(expected);
    expect(fault(() => verifyAppToken(token, options))).toEqual(expected);
  });

  it('are checked against the clock by default, at each call', () => {
    vi.useFakeTimers({ now: at(NOW - 0.001) });
    expect(fault(() => verifyToken(appToken, SECRET))).toEqual(nbfToCome);
    vi.setSystemTime(at(NOW));
    expect(verifyToken(appToken, SECRET)).toEqual(APP);
    expect(verifyAppToken(appToken)).toEqual(APP);
    expect(verifyManagementToken(managementToken, { currentDate: undefined })).toEqual(MANAGEMENT);
    vi.setSystemTime(at(APP.exp - 0.001));
    expect(verifyToken(appToken, SECRET, {})).toEqual(APP);
    vi.setSystemTime(at(APP.exp));
    expect(fault(() => verifyToken(appToken, SECRET))).toEqual(expired);
    expect(verifyToken(appToken, SECRET, { clockTolerance: 1 })).toEqual(APP);
  });

  it('are checked at a Date of another realm', () => {
    const realm = (seconds: number) => runInNewContext(`new Date(${String(seconds * 1000)})`) as Date;
    expect(realm(NOW)).not.toBeInstanceOf(Date);
    expect(verifyToken(appToken, SECRET, { currentDate: realm(NOW) })).toEqual(APP);
    expect(fault(() => verifyToken(appToken, SECRET, { currentDate: realm(APP.exp) }))).toEqual(expired);
  });
});

describe('claims', () => {
  const names = ['access_key', 'room_id', 'user_id', 'role', 'type', 'version', 'iat', 'nbf', 'exp', 'jti'] as const;
  const strings = ['access_key', 'room_id', 'user_id', 'role', 'jti'] as const;
  const ofAppTokensOnly = ['room_id', 'user_id', 'role'];
  const claimFault = (field: string) => ({ code: 'ERR_TOKEN_CLAIMS', field });

  it.each(names)('%s must be there', (name) => {
    expect(fault(() => verifyToken(forge(HEADER, without(APP, name)), SECRET, now))).toEqual(claimFault(name));
    expect(fault(() => verifyToken(forge(HEADER, without(MANAGEMENT, name)), SECRET, now))).toEqual(
      ofAppTokensOnly.includes(name) ? undefined : claimFault(name),
    );
  });

  it.each(names)('%s must be of its type', (name) => {
    const number = name === 'version' || name === 'iat' || name === 'nbf' || name === 'exp';
    const inAnotherType = number ? String(APP[name]) : 1;
    for (const value of [null, true, false, [], {}, [APP[name]], { value: APP[name] }, inAnotherType]) {
      const token = forge(HEADER, { ...APP, [name]: value });
      expect(fault(() => verifyToken(token, SECRET, now))).toEqual(claimFault(name));
    }
  });

  it.each(strings)('%s must not be empty', (name) => {
    expect(fault(() => verifyToken(forge(HEADER, { ...APP, [name]: '' }), SECRET, now))).toEqual(claimFault(name));
  });

  it.each(['iat', 'nbf', 'exp'])('%s must be a NumericDate from 1970', (name) => {
    const json = JSON.stringify({ ...APP, [name]: 'here' });
    for (const number of ['-1', '-0.001', '1e400', '-1e400', '9'.repeat(400)]) {
      const token = forge(HEADER, json.replace('"here"', number));
      expect(fault(() => verifyToken(token, SECRET, now))).toEqual(claimFault(name));
    }
  });

  it('of time may be written as JSON can write numbers', () => {
    const json = JSON.stringify({ ...APP, iat: '<iat>', nbf: '<nbf>', exp: '<exp>' });
    const numbers = json.replace('"<iat>"', '-0').replace('"<nbf>"', '0.0').replace('"<exp>"', '1.750003600E+9');
    const token = forge(HEADER, numbers);
    expect(verifyToken(token, SECRET, now)).toMatchObject({ nbf: 0, exp: APP.exp });
  });

  it.each([1, 3, 0, -2, 2.5, 20])('version must not be %d', (version) => {
    expect(fault(() => verifyToken(forge(HEADER, { ...APP, version }), SECRET, now))).toEqual(claimFault('version'));
  });

  it.each(['App', 'APP', ' app', 'app ', 'auth', '', 'Management', 'toString', '__proto__'])(
    'type must not be %j',
    (type) => {
      expect(fault(() => verifyToken(forge(HEADER, { ...APP, type }), SECRET, now))).toEqual(claimFault('type'));
    },
  );

  it('of the other type are refused where one is asked for', () => {
    expect(fault(() => verifyAppToken(managementToken, now))).toEqual(claimFault('type'));
    expect(fault(() => verifyManagementToken(appToken, now))).toEqual(claimFault('type'));
    // Nor does it help to have the claims of both.
    const both = forge(HEADER, { ...APP, ...MANAGEMENT });
    expect(fault(() => verifyAppToken(both, now))).toEqual(claimFault('type'));
  });

  it.each(['another-access-key', ACCESS_KEY.toUpperCase(), `${ACCESS_KEY} `, ACCESS_KEY.slice(0, -1)])(
    "access_key must be the builder's, and is not if %j",
    (access_key) => {
      const app = { ...APP, access_key };
      expect(fault(() => verifyAppToken(forge(HEADER, app), now))).toEqual(claimFault('access_key'));
      const management = { ...MANAGEMENT, access_key };
      expect(fault(() => verifyManagementToken(forge(HEADER, management), now))).toEqual(claimFault('access_key'));
      // verifyToken has no access key to compare it with.
      expect(verifyToken(forge(HEADER, app), SECRET, now)).toEqual(app);
    },
  );

  it("are the token's own: a polluted Object.prototype fills no gap", () => {
    const pollute = (members: object) => {
      for (const [key, value] of Object.entries(members)) {
        Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
      }
    };
    pollute({ ...APP, alg: 'HS256', crit: ['exp'] });
    try {
      for (const name of names) {
        expect(fault(() => verifyToken(forge(HEADER, without(APP, name)), SECRET, now))).toEqual(claimFault(name));
      }
      expect(fault(() => verifyToken(forge('{}', APP), SECRET, now))).toEqual({ code: 'ERR_TOKEN_ALGORITHM' });
      expect(verifyToken(appToken, SECRET, now)).toEqual(APP);
    } finally {
      for (const key of [...names, 'alg', 'crit']) Reflect.deleteProperty(Object.prototype, key);
    }
  });
});

describe('options are checked before the token', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'options'],
    ['a string', '30s', 'options'],
    ['a number', 30, 'options'],
    ['an array', [], 'options'],
    ['a Date', at(NOW), 'options'],
    ['a function', () => now, 'options'],
    ['a Map', new Map(Object.entries(now)), 'options'],
    ['an unknown key', { ...now, issuer: 'x' }, 'issuer'],
    ['a misspelt key', { currentdate: at(NOW) }, 'currentdate'],
    ["jsonwebtoken's key", { clockTimestamp: NOW }, 'clockTimestamp'],
    ['an own key named __proto__', JSON.parse('{"__proto__":{}}'), '__proto__'],
    ['an unknown key that is null', { algorithms: null }, 'algorithms'],
    ['currentDate null', { currentDate: null }, 'currentDate'],
    ['currentDate in seconds', { currentDate: NOW }, 'currentDate'],
    ['currentDate in milliseconds', { currentDate: NOW * 1000 }, 'currentDate'],
    ['currentDate as text', { currentDate: '2025-06-15T15:06:40Z' }, 'currentDate'],
    ['an invalid currentDate', { currentDate: new Date(NaN) }, 'currentDate'],
    ['an invalid one of another realm', { currentDate: runInNewContext('new Date(NaN)') as unknown }, 'currentDate'],
    ['what looks like a Date', { currentDate: { getTime: () => NOW * 1000 } }, 'currentDate'],
    ['what inherits from Date', { currentDate: Object.create(Date.prototype) as unknown }, 'currentDate'],
    ['clockTolerance null', { clockTolerance: null }, 'clockTolerance'],
    ['a negative clockTolerance', { clockTolerance: -1 }, 'clockTolerance'],
    ['a fractional clockTolerance', { clockTolerance: 0.5 }, 'clockTolerance'],
    ['clockTolerance NaN', { clockTolerance: NaN }, 'clockTolerance'],
    ['clockTolerance Infinity', { clockTolerance: Infinity }, 'clockTolerance'],
    ['clockTolerance beyond 90 days', { clockTolerance: 7_776_001 }, 'clockTolerance'],
    ['clockTolerance of 91 days', { clockTolerance: '91d' }, 'clockTolerance'],
    ['clockTolerance without a unit', { clockTolerance: '30' }, 'clockTolerance'],
    ['clockTolerance blank', { clockTolerance: '' }, 'clockTolerance'],
    ['clockTolerance in other words', { clockTolerance: '30 seconds' }, 'clockTolerance'],
    ['clockTolerance true', { clockTolerance: true }, 'clockTolerance'],
    ['clockTolerance a bigint', { clockTolerance: 30n }, 'clockTolerance'],
    ['clockTolerance an object', { clockTolerance: { seconds: 30 } }, 'clockTolerance'],
  ])('%s', (_, options, field) => {
    const expected = { code: 'ERR_INVALID_ARGUMENT', field };
    for (const token of [appToken, 'not a token']) {
      expect(fault(() => verify(token, SECRET, options))).toEqual(expected);
      expect(fault(() => verifyAppToken(token, options as VerifyOptions))).toEqual(expected);
      expect(fault(() => verifyManagementToken(token, options as VerifyOptions))).toEqual(expected);
    }
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined values', { currentDate: undefined, clockTolerance: undefined }],
    ['an unknown key that is undefined', { leeway: undefined }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { clockTolerance: 0 })],
  ])('and "not given" is %s', (_, options) => {
    vi.useFakeTimers({ now: at(NOW) });
    expect(verify(appToken, SECRET, options)).toEqual(APP);
  });
});

describe('secrets', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');

  it('are the UTF-8 bytes of a text, never base64-decoded', () => {
    for (const secret of ['c2VjcmV0', 'sécret-用户', 'a secret with spaces', 'x', '<', 'a<b>']) {
      const token = forge(HEADER, APP, secret);
      expect(verifyToken(token, secret, now)).toEqual(APP);
      expect(verifyToken(token, createSecretKey(secret, 'utf8'), now)).toEqual(APP);
    }
    const decoded = createSecretKey(Buffer.from('c2VjcmV0', 'base64'));
    const signature = { code: 'ERR_TOKEN_SIGNATURE' };
    expect(fault(() => verifyToken(forge(HEADER, APP, 'c2VjcmV0'), decoded, now))).toEqual(signature);
    expect(fault(() => verifyToken(forge(HEADER, APP, 'secret'), 'c2VjcmV0', now))).toEqual(signature);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['an object', {}],
    ['an array', [SECRET]],
    ['a String object', Object(SECRET)],
    ['its bytes', Buffer.from(SECRET)],
    ['an empty text', ''],
    ['a blank text', ' \t'],
    ['a line end behind it', `${SECRET}\n`],
    ['a space in front of it', ` ${SECRET}`],
    ['a byte order mark in front of it', `\u{feff}${SECRET}`],
    ['a no-break space behind it', `${SECRET}\u{a0}`],
    ['the placeholder of the samples', '<app_secret>'],
    ['a placeholder in capitals', '<APP SECRET>'],
    ['a public key', publicKey],
    ['a private key', privateKey],
    ['an empty key', createSecretKey(Buffer.alloc(0))],
  ])('are not %s', (_, secret) => {
    for (const token of [appToken, 'not a token', undefined]) {
      expect(fault(() => verify(token, secret, now))).toEqual({ code: 'ERR_INVALID_CONFIG', field: 'secret' });
    }
  });
});

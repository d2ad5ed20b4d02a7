/** Verification: every check, in the documented order, and times to the millisecond. */

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, type TokenErrorCode, type VerifyOptions, verifyToken } from '../src/index.js';
import { ACCESS_KEY, APP, at, base64url, date, forge, HEADER, MANAGEMENT, NOW } from './support/forge.js';
import { SECRET, signed, without } from './support/forge.js';
import { credentials } from './support/functions.js';
import { untyped } from './support/untyped.js';

type Fault = [code: TokenErrorCode, field?: string];

const { verifyAppToken, verifyManagementToken } = createTokenBuilder(credentials);

const now = { currentDate: at };
const appToken = forge(HEADER, APP);
const managementToken = forge(HEADER, MANAGEMENT);

afterEach(() => {
  vi.useRealTimers();
});

describe('a valid token', () => {
  it('returns its claims', () => {
    expect(verifyToken(appToken, SECRET, now)).toEqual(APP);
    expect(verifyToken(managementToken, SECRET, now)).toEqual(MANAGEMENT);
    expect(verifyAppToken(appToken, now)).toEqual(APP);
    expect(verifyManagementToken(managementToken, now)).toEqual(MANAGEMENT);
  });

  it.each<[string, object | string]>([
    ['another typ', { alg: 'HS256', typ: 'at+jwt' }],
    ['a typ that is not a string', { alg: 'HS256', typ: null }],
    ['an escaped alg', '{"\\u0061lg":"\\u0048S256"}'],
    ['two algs, the last of which counts', '{"alg":"none","alg":"HS256"}'],
    ['a member named __proto__', '{"alg":"HS256","__proto__":{"crit":["exp"]}}'],
    ['crit in another member', { ...HEADER, x: { crit: ['exp'] } }],
  ])('may have a header with %s', (_, header) => {
    expect(verifyToken(forge(header, APP), SECRET, now)).toEqual(APP);
  });

  const json = JSON.stringify(APP);
  it.each<[string, claims: object | string, read?: object]>([
    ['claims in any order', Object.fromEntries(Object.entries(APP).reverse()), APP],
    ['duplicate claims, the last of which counts (RFC 7519 §4)', json.replace('{', '{"role":"host","exp":0,'), APP],
    ['any non-empty room, user and role', { ...APP, room_id: ' ', user_id: '<user_id>', role: '\0', jti: '1' }],
    [
      'times in any JSON number format',
      json.replace(`"iat":${String(NOW)},"nbf":${String(NOW)}`, '"iat":1.75E+9,"nbf":0.0'),
      { ...APP, nbf: 0 },
    ],
  ])('may have %s', (_, claims, read = untyped(claims)) => {
    expect(verifyToken(forge(HEADER, claims), SECRET, now)).toEqual(read);
  });
});

// For options, times, durations and secrets, see the tests of input, time and credentials.
it('checks run in the documented order: if everything is wrong, fixing one error reveals the next', () => {
  const valid = { header: HEADER as object, payload: '', claims: {}, secret: SECRET, tail: '', options: now as object };
  const steps: [change: Partial<typeof valid>, ...Fault][] = [
    [{ options: { now: 0 } }, 'ERR_INVALID_ARGUMENT', 'now'],
    [{ options: { currentDate: NOW } }, 'ERR_INVALID_ARGUMENT', 'currentDate'],
    [{ options: { ...now, clockTolerance: '1h1s' } }, 'ERR_INVALID_ARGUMENT', 'clockTolerance'],
    [{ tail: '=' }, 'ERR_TOKEN_MALFORMED'],
    [{ header: [] }, 'ERR_TOKEN_MALFORMED'],
    [{ header: { alg: 'none' } }, 'ERR_TOKEN_ALGORITHM'],
    [{ header: { ...HEADER, crit: ['exp'] } }, 'ERR_TOKEN_ALGORITHM'],
    [{ secret: 'another-fake-secret' }, 'ERR_TOKEN_SIGNATURE'],
    [{ payload: base64url('text') }, 'ERR_TOKEN_MALFORMED'],
    [{ claims: { type: 'management' } }, 'ERR_TOKEN_CLAIMS', 'type'],
    [{ claims: { role: undefined } }, 'ERR_TOKEN_CLAIMS', 'role'],
    [{ claims: { version: 1 } }, 'ERR_TOKEN_CLAIMS', 'version'],
    [{ claims: { iat: '1' } }, 'ERR_TOKEN_CLAIMS', 'iat'],
    [{ claims: { access_key: 'another' } }, 'ERR_TOKEN_CLAIMS', 'access_key'],
    [{ claims: { nbf: NOW + 60 } }, 'ERR_TOKEN_NOT_ACTIVE', 'nbf'],
    [{ claims: { iat: NOW + 60 } }, 'ERR_TOKEN_NOT_ACTIVE', 'iat'],
    [{ claims: { exp: NOW - 60 } }, 'ERR_TOKEN_EXPIRED', 'exp'],
  ];
  for (const [index, [, ...fault]] of steps.entries()) {
    const { header, payload, claims, secret, tail, options } = steps
      .slice(index)
      .reduceRight(
        (draft, [change]) => ({ ...draft, ...change, claims: { ...draft.claims, ...change.claims } }),
        valid,
      );
    const token = signed(`${base64url(header)}.${payload || base64url({ ...APP, ...claims })}`, secret) + tail;
    expect(() => verifyAppToken(token, options), String(index)).toThrowTokenError(...fault);
  }
});

describe('times', () => {
  const failing = (field: string): Fault => [field === 'exp' ? 'ERR_TOKEN_EXPIRED' : 'ERR_TOKEN_NOT_ACTIVE', field];
  type Times = Partial<Record<'iat' | 'nbf' | 'exp', number>>;

  /** All times are in seconds after NOW. They're rounded, because sums of fractions aren't exact. */
  function verified(times: Times, currentTime: number, clockTolerance?: VerifyOptions['clockTolerance']) {
    const shifted = Object.entries({ iat: -5, nbf: -5, exp: 3600, ...times }).map(([name, seconds]) => [
      name,
      seconds > 1e9 ? seconds : Number((NOW + seconds).toFixed(3)),
    ]);
    const claims = { ...APP, ...(Object.fromEntries(shifted) as object) };
    return () => verifyToken(forge(HEADER, claims), SECRET, { currentDate: date(NOW + currentTime), clockTolerance });
  }

  it.each<[Times, VerifyOptions['clockTolerance'], valid: number, invalid: number, field: string]>([
    // RFC 7519 §4.1.4: not accepted "on or after" exp.
    [{ exp: 100 }, undefined, 99.999, 100, 'exp'],
    [{ exp: 10.001 }, '0s', 10, 10.001, 'exp'],
    [{ exp: 100 }, '30s', 129.999, 130, 'exp'],
    [{ exp: 100 }, '1h', 3699.999, 3700, 'exp'],
    [{ iat: -NOW, nbf: -NOW, exp: 1 - NOW }, '0s', -NOW, 1 - NOW, 'exp'],
    [{ exp: Number.MAX_VALUE, nbf: 9 }, '0s', 9, 8.999, 'nbf'],
    // RFC 7519 §4.1.5: accepted from nbf on.
    [{ nbf: 0 }, undefined, 0, -0.001, 'nbf'],
    [{ nbf: 0.25 }, '0s', 0.25, 0.249, 'nbf'],
    [{ nbf: 0, iat: -60 }, '30s', -30, -30.001, 'nbf'],
    // RFC 7519 §4.1.6: if iat is in the future, some clock is wrong.
    [{ iat: 0 }, undefined, 0, -0.001, 'iat'],
    [{ iat: 60, nbf: -60 }, '0s', 60, 59.999, 'iat'],
    [{ iat: 0, nbf: -60 }, '30s', -30, -30.001, 'iat'],
  ])('%j with tolerance %s are valid at %d, but not at %d (%s)', (times, tolerance, valid, invalid, field) => {
    expect(verified(times, valid, tolerance)).not.toThrow();
    expect(verified(times, invalid, tolerance)).toThrowTokenError(...failing(field));
  });

  it('are never valid if nbf is exp, or very late', () => {
    expect(verified({ nbf: 10, exp: 10 }, 9)).toThrowTokenError(...failing('nbf'));
    expect(verified({ nbf: 10, exp: 10 }, 10)).toThrowTokenError(...failing('exp'));
    expect(verified({ nbf: Number.MAX_VALUE }, 0, '1h')).toThrowTokenError(...failing('nbf'));
  });

  it('are compared with the clock by default, in each call', () => {
    const verify = (options?: VerifyOptions) => () => verifyToken(appToken, SECRET, options);
    vi.useFakeTimers({ now: date(NOW - 0.001) });
    expect(verify()).toThrowTokenError(...failing('nbf'));
    vi.setSystemTime(at);
    expect([verify()(), verifyAppToken(appToken)]).toEqual([APP, APP]);
    expect(verifyManagementToken(managementToken, { currentDate: undefined })).toEqual(MANAGEMENT);
    vi.setSystemTime(date(APP.exp));
    expect(verify({})).toThrowTokenError(...failing('exp'));
    expect(verify({ clockTolerance: '1s' })()).toEqual(APP);
  });
});

// For invalid claims of app tokens, see support/hostile.ts.
describe('claims', () => {
  const names = Object.keys(APP);

  it.each(names)('of a management token must include %s, unless only app tokens have it', (name) => {
    const verify = () => verifyToken(forge(HEADER, without(MANAGEMENT, name)), SECRET, now);
    if (name in MANAGEMENT) expect(verify).toThrowTokenError('ERR_TOKEN_CLAIMS', name);
    else expect(verify()).toEqual(MANAGEMENT);
  });

  it.each(['another-access-key', ACCESS_KEY.toUpperCase(), `${ACCESS_KEY} `, ACCESS_KEY.slice(0, -1)])(
    'with access_key %j are rejected by a builder with another one, but not by verifyToken',
    (access_key) => {
      const [app, management] = [APP, MANAGEMENT].map((claims) => forge(HEADER, { ...claims, access_key }));
      expect(() => verifyAppToken(String(app), now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(() => verifyManagementToken(String(management), now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(verifyToken(String(app), SECRET, now)).toEqual({ ...APP, access_key });
    },
  );
});

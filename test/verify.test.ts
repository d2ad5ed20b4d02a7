/** Verification: every check, in the documented order, and times to the millisecond. */

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, type TokenErrorCode, type VerifyOptions, verifyToken } from '../src/index.js';
import {
  ACCESS_KEY,
  APP,
  at,
  base64url,
  forge,
  HEADER,
  MANAGEMENT,
  NOW,
  SECRET,
  signed,
  without,
} from './support/forge.js';
import { credentials } from './support/functions.js';
import { untyped } from './support/untyped.js';

type Fault = [code: TokenErrorCode, field?: string];

const { verifyAppToken, verifyManagementToken } = createTokenBuilder(credentials);

/** Returns the time of a Unix timestamp in seconds, to the millisecond. */
const date = (seconds: number) => new Date(Math.round(seconds * 1000));

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
    ['no typ, like those of ruby-jwt and jjwt', { alg: 'HS256' }],
    ['typ first, like those of php-jwt', { typ: 'JWT', alg: 'HS256' }],
    ['another typ', { alg: 'HS256', typ: 'at+jwt' }],
    ['a typ that is not a string', { alg: 'HS256', typ: null }],
    ['a kid', { ...HEADER, kid: '1' }],
    ['whitespace', ' {\r\n\t"alg" : "HS256" } '],
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
    ['extra claims', { ...MANAGEMENT, room_id: null, aud: ['a'], sub: 1, nested: { exp: 0 }, '': [] }],
    ['duplicate claims, the last of which counts (RFC 7519 §4)', json.replace('{', '{"role":"host","exp":0,'), APP],
    ['a lifetime of more than 90 days, which only limits creating tokens', { ...APP, exp: NOW + 91 * 86_400 }],
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
describe('the order of checks', () => {
  interface Draft {
    header: object;
    payload: string;
    claims: object;
    secret: string;
    tail: string;
    options: object;
  }
  type Step = [name: string, damage: (draft: Draft) => Partial<Draft>, fault: Fault];
  const change = (more: object) => (draft: Draft) => ({ claims: { ...draft.claims, ...more } });

  // Errors in one step have no order.
  const steps: Step[][] = [
    [
      ['an unknown option', () => ({ options: { now: 0 } }), ['ERR_INVALID_ARGUMENT', 'now']],
      ['a bad currentDate', () => ({ options: { currentDate: NOW } }), ['ERR_INVALID_ARGUMENT', 'currentDate']],
      ['a bad tolerance', () => ({ options: { clockTolerance: '1h1s' } }), ['ERR_INVALID_ARGUMENT', 'clockTolerance']],
    ],
    [
      ['padding', () => ({ tail: '=' }), ['ERR_TOKEN_MALFORMED']],
      ['a fourth part', () => ({ tail: '.' }), ['ERR_TOKEN_MALFORMED']],
      ['an empty payload', () => ({ payload: '' }), ['ERR_TOKEN_MALFORMED']],
      ['a header that is an array', () => ({ header: [] }), ['ERR_TOKEN_MALFORMED']],
    ],
    [
      ['another algorithm', () => ({ header: { alg: 'none' } }), ['ERR_TOKEN_ALGORITHM']],
      ['crit', () => ({ header: { ...HEADER, crit: ['exp'] } }), ['ERR_TOKEN_ALGORITHM']],
    ],
    [['another secret', () => ({ secret: 'another-fake-secret' }), ['ERR_TOKEN_SIGNATURE']]],
    [['a payload that is not JSON', () => ({ payload: base64url('text') }), ['ERR_TOKEN_MALFORMED']]],
    [['another type', change({ type: 'management' }), ['ERR_TOKEN_CLAIMS', 'type']]],
    [['no role', ({ claims }) => ({ claims: without(claims, 'role') }), ['ERR_TOKEN_CLAIMS', 'role']]],
    [['another version', change({ version: 1 }), ['ERR_TOKEN_CLAIMS', 'version']]],
    [['an iat that is text', change({ iat: '1' }), ['ERR_TOKEN_CLAIMS', 'iat']]],
    [["another app's access_key", change({ access_key: 'another' }), ['ERR_TOKEN_CLAIMS', 'access_key']]],
    [['a future nbf', change({ nbf: NOW + 60 }), ['ERR_TOKEN_NOT_ACTIVE', 'nbf']]],
    [['a future iat', change({ iat: NOW + 60 }), ['ERR_TOKEN_NOT_ACTIVE', 'iat']]],
    [['a past exp', change({ exp: NOW - 60 }), ['ERR_TOKEN_EXPIRED', 'exp']]],
  ];

  function verified(...faults: Step[]) {
    let draft: Draft = { header: HEADER, payload: 'claims', claims: APP, secret: SECRET, tail: '', options: now };
    // In reverse, because the earlier step wins if both change the same member.
    for (const [, damage] of [...faults].reverse()) draft = { ...draft, ...damage(draft) };
    const payload = draft.payload === 'claims' ? base64url(draft.claims) : draft.payload;
    const token = signed(`${base64url(draft.header)}.${payload}`, draft.secret) + draft.tail;
    return () => verifyAppToken(token, draft.options);
  }

  it('accepts the token that the next tests break', () => {
    expect(verified()()).toEqual(APP);
  });

  const options = steps.flatMap((group, index) =>
    group.map((first) => ({ first, later: steps.slice(index + 1).flat() })),
  );

  it.each(options)('reports $first.0, even if later checks would fail, too', ({ first, later }) => {
    expect(verified(first)).toThrowTokenError(...first[2]);
    for (const second of later) expect(verified(first, second), second[0]).toThrowTokenError(...first[2]);
  });
});

describe('times', () => {
  const expired: Fault = ['ERR_TOKEN_EXPIRED', 'exp'];
  const nbfInFuture: Fault = ['ERR_TOKEN_NOT_ACTIVE', 'nbf'];
  const iatInFuture: Fault = ['ERR_TOKEN_NOT_ACTIVE', 'iat'];

  interface Case {
    /** In seconds after NOW, like the claims. */
    now: number;
    iat?: number;
    nbf?: number;
    exp?: number;
    clockTolerance?: VerifyOptions['clockTolerance'];
    fault?: Fault;
  }

  it.each<Case>([
    // RFC 7519 §4.1.4: not accepted "on or after" exp.
    { now: 99.999, exp: 100 },
    { now: 100, exp: 100, fault: expired },
    { now: 10, exp: 10.001 },
    { now: 10.001, exp: 10.001, fault: expired },
    // RFC 7519 §4.1.5: accepted from nbf on.
    { now: -0.001, nbf: 0, iat: -1, fault: nbfInFuture },
    { now: 0, nbf: 0, iat: -1 },
    { now: 0.249, nbf: 0.25, fault: nbfInFuture },
    { now: 0.25, nbf: 0.25 },
    // RFC 7519 §4.1.6: if iat is in the future, some clock is wrong.
    { now: -0.001, iat: 0, nbf: -1, fault: iatInFuture },
    { now: 0, iat: 0, nbf: -1 },
    // nbf may be before iat. A token with nbf = exp is never valid.
    { now: 0, iat: 60, nbf: -60, fault: iatInFuture },
    { now: 0, iat: 0, nbf: -60 },
    { now: 9, nbf: 10, exp: 10, fault: nbfInFuture },
    { now: 10, nbf: 10, exp: 10, fault: expired },
    // The tolerance moves all three.
    { now: 100, exp: 100, clockTolerance: '0s', fault: expired },
    { now: 129.999, exp: 100, clockTolerance: '30s' },
    { now: 130, exp: 100, clockTolerance: '30s', fault: expired },
    { now: -30.001, nbf: 0, iat: -60, clockTolerance: '30s', fault: nbfInFuture },
    { now: -30, nbf: 0, iat: -60, clockTolerance: '30s' },
    { now: -30.001, nbf: -60, iat: 0, clockTolerance: '30s', fault: iatInFuture },
    { now: -30, nbf: -60, iat: 0, clockTolerance: '30s' },
    { now: 3699.999, exp: 100, clockTolerance: '1h' },
    { now: 3700, exp: 100, clockTolerance: '1h', fault: expired },
    // The smallest and the largest times.
    { now: 0, iat: -NOW, nbf: -NOW },
    { now: 0, exp: -NOW, fault: expired },
    { now: 0, exp: Number.MAX_VALUE },
    { now: 0, nbf: Number.MAX_VALUE, fault: nbfInFuture },
    { now: -NOW, iat: -NOW + 1, nbf: -NOW, fault: iatInFuture },
  ])('with iat $iat, nbf $nbf, exp $exp, tolerance $clockTolerance, at $now: $fault.0', (row) => {
    const { iat = -5, nbf = -5, exp = 3600, clockTolerance, fault } = row;
    // Rounded, because sums of fractions aren't exact.
    const numericDate = (seconds: number) => (seconds > 1e9 ? seconds : Number((NOW + seconds).toFixed(3)));
    const claims = { ...APP, iat: numericDate(iat), nbf: numericDate(nbf), exp: numericDate(exp) };
    const verify = () =>
      verifyToken(forge(HEADER, claims), SECRET, { currentDate: date(NOW + row.now), clockTolerance });
    if (fault === undefined) expect(verify()).toEqual(claims);
    else expect(verify).toThrowTokenError(...fault);
  });

  it('are compared with the clock by default, in each call', () => {
    const verify = (options?: VerifyOptions) => () => verifyToken(appToken, SECRET, options);
    vi.useFakeTimers({ now: date(NOW - 0.001) });
    expect(verify()).toThrowTokenError(...nbfInFuture);
    vi.setSystemTime(date(NOW));
    expect(verify()()).toEqual(APP);
    expect(verifyAppToken(appToken)).toEqual(APP);
    expect(verifyManagementToken(managementToken, { currentDate: undefined })).toEqual(MANAGEMENT);
    vi.setSystemTime(date(APP.exp - 0.001));
    expect(verify({})()).toEqual(APP);
    vi.setSystemTime(date(APP.exp));
    expect(verify()).toThrowTokenError(...expired);
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

  it.each([
    ['a management token as an app token', () => verifyAppToken(managementToken, now)],
    ['an app token as a management token', () => verifyManagementToken(appToken, now)],
    ['a token with the claims of both', () => verifyAppToken(forge(HEADER, { ...APP, ...MANAGEMENT }), now)],
  ])('of the other type are rejected: %s', (_, verify) => {
    expect(verify).toThrowTokenError('ERR_TOKEN_CLAIMS', 'type');
  });

  it.each(['another-access-key', ACCESS_KEY.toUpperCase(), `${ACCESS_KEY} `, ACCESS_KEY.slice(0, -1)])(
    'with access_key %j are rejected by a builder with another one, but not by verifyToken',
    (access_key) => {
      const app = forge(HEADER, { ...APP, access_key });
      const management = forge(HEADER, { ...MANAGEMENT, access_key });
      expect(() => verifyAppToken(app, now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(() => verifyManagementToken(management, now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(verifyToken(app, SECRET, now)).toEqual({ ...APP, access_key });
    },
  );
});

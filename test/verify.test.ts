/** Whether a token is valid now: every check, in the documented order, and times at the very second. */

import { createSecretKey } from 'node:crypto';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, type TokenErrorCode, type VerifyOptions, verifyToken } from '../src/index.js';
import {
  ACCESS_KEY,
  APP,
  base64url,
  forge,
  HEADER,
  MANAGEMENT,
  NOW,
  SECRET,
  signed,
  without,
} from './support/forge.js';
import { untyped } from './support/untyped.js';

type Fault = [code: TokenErrorCode, field?: string];

const { verifyAppToken, verifyManagementToken } = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });

/** The time of so many seconds since 1970, to the millisecond. */
function at(seconds: number): Date {
  return new Date(Math.round(seconds * 1000));
}

const now = { currentDate: at(NOW) };
const appToken = forge(HEADER, APP);
const managementToken = forge(HEADER, MANAGEMENT);

afterEach(() => {
  vi.useRealTimers();
});

describe('a valid token', () => {
  it('gives its claims', () => {
    expect(verifyToken(appToken, SECRET, now)).toEqual(APP);
    expect(verifyToken(managementToken, createSecretKey(SECRET, 'utf8'), now)).toEqual(MANAGEMENT);
    expect(verifyAppToken(appToken, now)).toEqual(APP);
    expect(verifyManagementToken(managementToken, now)).toEqual(MANAGEMENT);
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

  const json = JSON.stringify(APP);
  it.each<[string, claims: object | string, read?: object]>([
    ['their claims in any order', Object.fromEntries(Object.entries(APP).reverse()), APP],
    ['extra claims', { ...MANAGEMENT, room_id: null, aud: ['a'], sub: 1, nested: { exp: 0 }, '': [] }],
    ['duplicate claims, of which the last counts (RFC 7519 §4)', json.replace('{', '{"role":"host","exp":0,'), APP],
    ['a lifetime of more than 90 days, the limit of the minter', { ...APP, exp: NOW + 91 * 86_400 }],
    ['any room, user and role that is not empty', { ...APP, room_id: ' ', user_id: '<user_id>', role: '\0', jti: '1' }],
    [
      'times written as JSON can write numbers',
      json.replace(`"iat":${String(NOW)},"nbf":${String(NOW)}`, '"iat":1.75E+9,"nbf":0.0'),
      { ...APP, nbf: 0 },
    ],
  ])('may have %s', (_, claims, read = untyped(claims)) => {
    expect(verifyToken(forge(HEADER, claims), SECRET, now)).toEqual(read);
  });
});

// What is a plain object, a Date, a duration, a secret and a clock: see input, time, credentials and clock.
describe('the order of checks', () => {
  interface Draft {
    header: object;
    payload: string;
    claims: object;
    secret: string;
    tail: string;
    options: object;
  }
  type Step = [name: string, spoil: (draft: Draft) => Partial<Draft>, fault: Fault];
  const change = (more: object) => (draft: Draft) => ({ claims: { ...draft.claims, ...more } });

  // Faults of one step are not ordered among each other.
  const steps: Step[][] = [
    [
      ['an unknown option', () => ({ options: { now: 0 } }), ['ERR_INVALID_ARGUMENT', 'now']],
      ['a bad currentDate', () => ({ options: { currentDate: NOW } }), ['ERR_INVALID_ARGUMENT', 'currentDate']],
      ['a bad tolerance', () => ({ options: { clockTolerance: -1 } }), ['ERR_INVALID_ARGUMENT', 'clockTolerance']],
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
    [['an iat that is no number', change({ iat: '1' }), ['ERR_TOKEN_CLAIMS', 'iat']]],
    [["another app's access_key", change({ access_key: 'another' }), ['ERR_TOKEN_CLAIMS', 'access_key']]],
    [['nbf to come', change({ nbf: NOW + 60 }), ['ERR_TOKEN_NOT_ACTIVE', 'nbf']]],
    [['iat to come', change({ iat: NOW + 60 }), ['ERR_TOKEN_NOT_ACTIVE', 'iat']]],
    [['exp passed', change({ exp: NOW - 60 }), ['ERR_TOKEN_EXPIRED', 'exp']]],
  ];

  function verified(...faults: Step[]) {
    let draft: Draft = { header: HEADER, payload: 'claims', claims: APP, secret: SECRET, tail: '', options: now };
    // The last first: where two touch the same member, that of the earlier step must stand.
    for (const [, spoil] of [...faults].reverse()) draft = { ...draft, ...spoil(draft) };
    const payload = draft.payload === 'claims' ? base64url(draft.claims) : draft.payload;
    const token = signed(`${base64url(draft.header)}.${payload}`, draft.secret) + draft.tail;
    return () => verifyAppToken(token, draft.options);
  }

  it('finds nothing wrong with the draft that is spoilt below', () => {
    expect(verified()()).toEqual(APP);
  });

  const options = steps.flatMap((group, index) =>
    group.map((first) => ({ first, later: steps.slice(index + 1).flat() })),
  );

  it.each(options)('finds $first.0 alone, and before all that is checked later', ({ first, later }) => {
    expect(verified(first)).toThrowTokenError(...first[2]);
    for (const second of later) expect(verified(first, second), second[0]).toThrowTokenError(...first[2]);
  });
});

describe('times', () => {
  const DAYS_90 = 90 * 86_400;
  const expired: Fault = ['ERR_TOKEN_EXPIRED', 'exp'];
  const nbfToCome: Fault = ['ERR_TOKEN_NOT_ACTIVE', 'nbf'];
  const iatToCome: Fault = ['ERR_TOKEN_NOT_ACTIVE', 'iat'];

  interface Case {
    /** Seconds after NOW, as are the claims. */
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
    { now: -0.001, nbf: 0, iat: -1, fault: nbfToCome },
    { now: 0, nbf: 0, iat: -1 },
    { now: 0.249, nbf: 0.25, fault: nbfToCome },
    { now: 0.25, nbf: 0.25 },
    // RFC 7519 §4.1.6: a token from the future is of a clock that is wrong.
    { now: -0.001, iat: 0, nbf: -1, fault: iatToCome },
    { now: 0, iat: 0, nbf: -1 },
    // nbf may lie before iat, and a token that no time suits is refused at all of them.
    { now: 0, iat: 60, nbf: -60, fault: iatToCome },
    { now: 0, iat: 0, nbf: -60 },
    { now: 9, nbf: 10, exp: 10, fault: nbfToCome },
    { now: 10, nbf: 10, exp: 10, fault: expired },
    // Tolerance moves all three.
    { now: 100, exp: 100, clockTolerance: 0, fault: expired },
    { now: 129.999, exp: 100, clockTolerance: 30 },
    { now: 130, exp: 100, clockTolerance: '30s', fault: expired },
    { now: -30.001, nbf: 0, iat: -60, clockTolerance: 30, fault: nbfToCome },
    { now: -30, nbf: 0, iat: -60, clockTolerance: '30s' },
    { now: -30.001, nbf: -60, iat: 0, clockTolerance: 30, fault: iatToCome },
    { now: -30, nbf: -60, iat: 0, clockTolerance: 30 },
    { now: 99.999 + DAYS_90, exp: 100, clockTolerance: '90d' },
    { now: 100 + DAYS_90, exp: 100, clockTolerance: DAYS_90, fault: expired },
    // The ends of what is a time at all.
    { now: 0, iat: -NOW, nbf: -NOW },
    { now: 0, exp: -NOW, fault: expired },
    { now: 0, exp: Number.MAX_VALUE },
    { now: 0, nbf: Number.MAX_VALUE, fault: nbfToCome },
    { now: -NOW - 1, iat: -NOW, nbf: -NOW, fault: nbfToCome },
  ])('are $fault.0 at $now with iat $iat, nbf $nbf, exp $exp, tolerance $clockTolerance', (row) => {
    const { iat = -5, nbf = -5, exp = 3600, clockTolerance, fault } = row;
    // Fractions here are of at most three digits: their sums are rounded to those.
    const numericDate = (seconds: number) => (seconds > 1e9 ? seconds : Number((NOW + seconds).toFixed(3)));
    const claims = { ...APP, iat: numericDate(iat), nbf: numericDate(nbf), exp: numericDate(exp) };
    const verify = () => verifyToken(forge(HEADER, claims), SECRET, { currentDate: at(NOW + row.now), clockTolerance });
    if (fault === undefined) expect(verify()).toEqual(claims);
    else expect(verify).toThrowTokenError(...fault);
  });

  it('are checked against the clock by default, at each call', () => {
    const verify = (options?: VerifyOptions) => () => verifyToken(appToken, SECRET, options);
    vi.useFakeTimers({ now: at(NOW - 0.001) });
    expect(verify()).toThrowTokenError(...nbfToCome);
    vi.setSystemTime(at(NOW));
    expect(verify()()).toEqual(APP);
    expect(verifyAppToken(appToken)).toEqual(APP);
    expect(verifyManagementToken(managementToken, { currentDate: undefined })).toEqual(MANAGEMENT);
    vi.setSystemTime(at(APP.exp - 0.001));
    expect(verify({})()).toEqual(APP);
    vi.setSystemTime(at(APP.exp));
    expect(verify()).toThrowTokenError(...expired);
    expect(verify({ clockTolerance: 1 })()).toEqual(APP);
  });
});

// The faults of an app token's claims are among the hostile tokens, in attacks.test.ts.
describe('claims', () => {
  const names = Object.keys(APP);

  it.each(names)('of a management token include %s, unless it is of app tokens alone', (name) => {
    const verify = () => verifyToken(forge(HEADER, without(MANAGEMENT, name)), SECRET, now);
    if (name in MANAGEMENT) expect(verify).toThrowTokenError('ERR_TOKEN_CLAIMS', name);
    else expect(verify()).toEqual(MANAGEMENT);
  });

  it.each([
    ['a management token for an app token', () => verifyAppToken(managementToken, now)],
    ['an app token for a management token', () => verifyManagementToken(appToken, now)],
    ['one with the claims of both', () => verifyAppToken(forge(HEADER, { ...APP, ...MANAGEMENT }), now)],
  ])('of the other type are refused: %s', (_, verify) => {
    expect(verify).toThrowTokenError('ERR_TOKEN_CLAIMS', 'type');
  });

  it.each(['another-access-key', ACCESS_KEY.toUpperCase(), `${ACCESS_KEY} `, ACCESS_KEY.slice(0, -1)])(
    'of access_key %j are refused by a builder, which has another; verifyToken has none to compare it with',
    (access_key) => {
      const app = forge(HEADER, { ...APP, access_key });
      const management = forge(HEADER, { ...MANAGEMENT, access_key });
      expect(() => verifyAppToken(app, now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(() => verifyManagementToken(management, now)).toThrowTokenError('ERR_TOKEN_CLAIMS', 'access_key');
      expect(verifyToken(app, SECRET, now)).toEqual({ ...APP, access_key });
    },
  );
});

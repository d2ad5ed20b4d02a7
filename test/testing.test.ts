import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { decodeToken, verifyToken } from '../src/index.js';
import { createTokenFixtures, testCredentials, type TokenFixtures } from '../src/testing.js';
import { fault, faultOf } from './support/fault.js';

const { secret } = testCredentials;
const at = new Date('2026-01-01T00:00:00.500Z');
const second = Math.floor(at.getTime() / 1000);

const OUTCOMES: [keyof TokenFixtures, string | undefined][] = [
  ['appToken', undefined],
  ['managementToken', undefined],
  ['expiredAppToken', 'ERR_TOKEN_EXPIRED'],
  ['expiredManagementToken', 'ERR_TOKEN_EXPIRED'],
  ['notYetActiveAppToken', 'ERR_TOKEN_NOT_ACTIVE'],
  ['notYetActiveManagementToken', 'ERR_TOKEN_NOT_ACTIVE'],
  ['wrongSecretAppToken', 'ERR_TOKEN_SIGNATURE'],
  ['tamperedAppToken', 'ERR_TOKEN_SIGNATURE'],
  ['unsignedAppToken', 'ERR_TOKEN_ALGORITHM'],
];

const TIMES = [
  undefined,
  {},
  { expiresIn: '24h' },
  { expiresIn: 1 },
  { expiresIn: '90d' },
  { issuedAt: second },
  { issuedAt: second - 172_800 },
  { issuedAt: second + 60 },
  { notBefore: second - 1800 },
  { notBefore: second + 60 },
  { issuedAt: second - 60, notBefore: second + 60 },
  { issuedAt: second + 60, notBefore: second - 60, expiresIn: '1h' },
  { issuedAt: second - 172_800, expiresIn: '1h' },
  { jti: 'mine' },
] as const;

beforeEach(() => {
  vi.useFakeTimers({ now: at });
});

afterEach(() => {
  vi.useRealTimers();
});

describe.each(OUTCOMES)('%s', (name, code) => {
  it.each(TIMES)('ends in its own code, whatever times are given: %j', (options) => {
    for (const fixtures of [createTokenFixtures({ at }), createTokenFixtures()]) {
      const token = fixtures[name](options);
      expect(fault(() => verifyToken(token, secret, { currentDate: at }))?.code).toBe(code);
    }
  });

  it('keeps what is given and does not take away what it is named for', () => {
    const issuedAt = second - 7200;
    const { claims } = decodeToken(createTokenFixtures({ at })[name]({ issuedAt, jti: 'mine' }));
    expect(claims).toMatchObject({ iat: issuedAt, jti: 'mine' });
  });

  it('gives the same bytes for the same calls, and counts jtis per createTokenFixtures', () => {
    const calls = () => {
      const fixtures = createTokenFixtures({ at });
      return [fixtures[name](), fixtures[name]()];
    };
    expect(calls()).toEqual(calls());
    expect(calls().map((token) => decodeToken(token).claims.jti)).toEqual([
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000002',
    ]);
  });

  it('refuses an unknown key', () => {
    const fixture: unknown = createTokenFixtures()[name];
    expect(faultOf(() => Reflect.apply(fixture as () => string, undefined, [{ expiresin: '1h' }]))).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      field: 'expiresin',
    });
  });
});

describe('createTokenFixtures', () => {
  it('has stable bytes across releases', () => {
    expect(createTokenFixtures({ at }).appToken()).toMatchInlineSnapshot(
      `"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoiZmFrZS1hY2Nlc3Mta2V5LWZvci10ZXN0cyIsInJvb21faWQiOiJ0ZXN0LXJvb20iLCJ1c2VyX2lkIjoidGVzdC11c2VyIiwicm9sZSI6Imd1ZXN0IiwidHlwZSI6ImFwcCIsInZlcnNpb24iOjIsImlhdCI6MTc2NzIyNTYwMCwibmJmIjoxNzY3MjI1NjAwLCJleHAiOjE3NjczMTIwMDAsImp0aSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.10syqYx1aGTRL87Frn5UiZACfCFvJTFxcgIWqQ4u4Ys"`,
    );
  });

  it('fills in the parameters of an app token, and takes those given', () => {
    const { claims } = decodeToken(createTokenFixtures({ at }).appToken({ userId: 'José', issuedAt: undefined }));
    expect(claims).toMatchObject({ room_id: 'test-room', user_id: 'José', role: 'guest', exp: second + 86_400 });
  });

  it.each([
    [
      { issuedAt: second - 60, notBefore: second + 600 },
      { iat: second - 60, nbf: second - 60 },
    ],
    [
      { issuedAt: second + 600, notBefore: second - 60 },
      { iat: second, nbf: second - 60 },
    ],
    [
      { issuedAt: second + 600, notBefore: second + 600 },
      { iat: second, nbf: second },
    ],
  ])('keeps of %j what leaves the token valid', (times, kept) => {
    expect(decodeToken(createTokenFixtures({ at }).appToken(times)).claims).toMatchObject(kept);
  });

  it('signs as of each call unless at is given', () => {
    const fixtures = createTokenFixtures();
    vi.setSystemTime(at.getTime() + 60_000);
    expect(decodeToken(fixtures.managementToken()).claims.iat).toBe(second + 60);
  });

  it('takes other credentials', () => {
    const fixtures = createTokenFixtures({ accessKey: 'other', secret: 'other-secret' });
    expect(verifyToken(fixtures.appToken(), 'other-secret').access_key).toBe('other');
  });

  it.each([
    ['guest', 'host'],
    ['host', 'admin'],
    ['admin', 'host'],
  ])('raises the role %s to %s after signing', (role, raised) => {
    const fixtures = createTokenFixtures({ at });
    const token = fixtures.tamperedAppToken({ role, jti: 'j' });
    const original = fixtures.appToken({ role, jti: 'j' });
    expect(decodeToken(token).claims.role).toBe(raised);
    expect(decodeToken(token).signature).toBe(decodeToken(original).signature);
  });

  it('works at the start of 1970, but for what cannot be there', () => {
    const early = createTokenFixtures({ at: new Date(0) });
    expect(decodeToken(early.appToken()).claims.iat).toBe(0);
    expect(faultOf(() => early.expiredAppToken())).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: 'at' });
    const soon = createTokenFixtures({ at: new Date(1000) });
    expect(decodeToken(soon.expiredAppToken()).claims).toMatchObject({ nbf: 0, exp: 1 });
  });

  it.each([
    [{ secret: '' }, 'ERR_INVALID_CONFIG', 'secret'],
    [{ accessKey: ' ' }, 'ERR_INVALID_CONFIG', 'accessKey'],
    [{ at: new Date(NaN) }, 'ERR_INVALID_ARGUMENT', 'at'],
    [{ at: 0 }, 'ERR_INVALID_ARGUMENT', 'at'],
    [{ at: null }, 'ERR_INVALID_ARGUMENT', 'at'],
    [{ at: new Date(-1) }, 'ERR_INVALID_ARGUMENT', 'at'],
    [{ now: at }, 'ERR_INVALID_ARGUMENT', 'now'],
    [null, 'ERR_INVALID_ARGUMENT', 'config'],
  ])('refuses %j', (config, code, field) => {
    expect(faultOf(() => Reflect.apply(createTokenFixtures, undefined, [config]))).toMatchObject({ code, field });
  });
});

it('says of an unsigned token that it is one', () => {
  const { header, signature } = decodeToken(createTokenFixtures().unsignedAppToken());
  expect(header).toEqual({ alg: 'none', typ: 'JWT' });
  expect(signature).toBe('');
});

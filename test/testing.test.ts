/** Fixtures: each has its outcome with any parameters and tolerance, and the same bytes with `at`. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { decodeToken, type TokenErrorCode, verifyToken } from '../src/index.js';
import { createTokenFixtures, testCredentials, type TokenFixtures } from '../src/testing.js';
import { date, seconds } from './support/forge.js';

const { secret } = testCredentials;
const at = new Date('2026-01-01T00:00:00.500Z');
const second = Math.floor(at.getTime() / 1000);
const HOUR = 3600;
const DAY = 24 * HOUR;
const MAX = 90 * DAY;
const END = new Date(253_402_300_799_999); // the end of 9999

const OUTCOMES: [name: keyof TokenFixtures, code?: TokenErrorCode, field?: string][] = [
  ['appToken'],
  ['managementToken'],
  ['expiredAppToken', 'ERR_TOKEN_EXPIRED', 'exp'],
  ['expiredManagementToken', 'ERR_TOKEN_EXPIRED', 'exp'],
  ['notYetActiveAppToken', 'ERR_TOKEN_NOT_ACTIVE', 'nbf'],
  ['notYetActiveManagementToken', 'ERR_TOKEN_NOT_ACTIVE', 'nbf'],
  ['wrongSecretAppToken', 'ERR_TOKEN_SIGNATURE'],
  ['tamperedAppToken', 'ERR_TOKEN_SIGNATURE'],
  ['unsignedAppToken', 'ERR_TOKEN_ALGORITHM'],
];

beforeEach(() => {
  vi.useFakeTimers({ now: at });
});

afterEach(() => {
  vi.useRealTimers();
});

it('the table has every fixture', () => {
  expect(OUTCOMES.map(([name]) => name)).toEqual(Object.keys(createTokenFixtures()));
});

describe.each(OUTCOMES)('%s', (name, code, field) => {
  const isExpired = name.startsWith('expired');
  const isFuture = name.startsWith('notYet');

  function expectOutcome(token: string, currentDate: Date) {
    for (const clockTolerance of ['0s', '1h'] as const) {
      const act = () => verifyToken(token, secret, { currentDate, clockTolerance });
      const latest = Math.floor(currentDate.getTime() / 1000) + (clockTolerance === '1h' ? HOUR : 0);
      const isIat = isFuture && Number(decodeToken(token).claims.nbf) <= latest;
      if (code === undefined) expect(act()).toEqual(decodeToken(token).claims);
      else expect(act).toThrowTokenError(code, isIat ? 'iat' : field);
    }
  }

  it('has its outcome with any parameters, and uses all that allow it', () => {
    const near = (distance: number) => fc.integer({ min: second - distance, max: second + distance });
    const time = fc.oneof(near(HOUR + 2), near(2 * DAY), near(2 * MAX));
    const lifetime = fc.oneof(fc.integer({ min: 1, max: DAY }), fc.integer({ min: 1, max: MAX }));
    const params = fc.record(
      { issuedAt: time, notBefore: time, expiresIn: lifetime, jti: fc.constant('mine') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(params, fc.boolean(), ({ issuedAt, notBefore, expiresIn, jti }, isFixed) => {
        const token = createTokenFixtures(isFixed ? { at } : {})[name]({
          issuedAt: issuedAt === undefined ? undefined : date(issuedAt),
          notBefore: notBefore === undefined ? undefined : date(notBefore),
          expiresIn: expiresIn === undefined ? undefined : seconds(expiresIn),
          jti,
        });
        expectOutcome(token, at);
        const { claims } = decodeToken(token);
        expect(claims.jti).toBe(jti ?? '00000000-0000-4000-8000-000000000001');
        if (expiresIn !== undefined) expect(Number(claims.exp) - Number(claims.nbf)).toBe(expiresIn);
        // Whether the times that are set allow the outcome, with a suitable value for the others.
        const start = notBefore ?? (isFuture ? second + 2 * HOUR : (issuedAt ?? second));
        const latest = Math.max(start, issuedAt ?? (isExpired ? 0 : second));
        const allowed = isFuture
          ? latest > second + HOUR
          : latest <= second &&
            (isExpired ? start + (expiresIn ?? 1) <= second - HOUR : start + (expiresIn ?? MAX) > second);
        if (allowed) expect([issuedAt ?? claims.iat, notBefore ?? claims.nbf]).toEqual([claims.iat, claims.nbf]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('has the same bytes for the same calls with at, and counts jtis', () => {
    const calls = () => {
      const fixtures = createTokenFixtures({ at });
      return [fixtures[name](), fixtures[name]({ jti: 'mine' }), fixtures[name]()];
    };
    const created = calls();
    vi.setSystemTime(0);
    expect(calls()).toEqual(created);
    const jtis = ['00000000-0000-4000-8000-000000000001', 'mine', '00000000-0000-4000-8000-000000000002'];
    expect(created.map((token) => decodeToken(token).claims.jti)).toEqual(jtis);
  });

  it('has its outcome at the time of the call or at, from 1970 to 9999, but nothing can expire in the first hour', () => {
    for (const time of [new Date(0), new Date(999), date(HOUR), date(HOUR + 1), at, date(second + 1000 * DAY), END]) {
      const fixtures = createTokenFixtures();
      for (const create of [
        () => createTokenFixtures({ at: time })[name](),
        () => (vi.setSystemTime(time), fixtures[name]()),
      ]) {
        if (!isExpired || time.getTime() > HOUR * 1000) expectOutcome(create(), time);
        else expect(create).toThrowTokenError('ERR_INVALID_ARGUMENT', 'at');
      }
    }
  });
});

describe('createTokenFixtures', () => {
  it('returns the same bytes in every release', () => {
    expect(createTokenFixtures({ at }).appToken()).toMatchInlineSnapshot(
      `"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoiZmFrZS1hY2Nlc3Mta2V5LWZvci10ZXN0cyIsInJvb21faWQiOiI2NGYwYzFhMmIzZDRlNWY2MDEyMzQ1NjciLCJ1c2VyX2lkIjoidGVzdC11c2VyIiwicm9sZSI6Imd1ZXN0IiwidHlwZSI6ImFwcCIsInZlcnNpb24iOjIsImlhdCI6MTc2NzIyNTYwMCwibmJmIjoxNzY3MjI1NjAwLCJleHAiOjE3NjczMTIwMDAsImp0aSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.6gXgjofV6X2-7oAjX_rDTRDn0P3imdY5iJUDij0rvV8"`,
    );
  });

  it.each<[keyof TokenFixtures, number, number, number]>([
    ['appToken', 0, 0, DAY],
    ['expiredAppToken', -2 * HOUR, -2 * HOUR, -HOUR],
    ['notYetActiveAppToken', 0, 2 * HOUR, 2 * HOUR + DAY],
  ])('chooses the parameters of %s that aren’t set', (name, iat, nbf, exp) => {
    const { claims } = decodeToken(createTokenFixtures({ at })[name]({ userId: 'José', issuedAt: undefined }));
    const times = { iat: second + iat, nbf: second + nbf, exp: second + exp };
    expect(claims).toMatchObject({ user_id: 'José', role: 'guest', ...times });
    expect(claims.room_id).toMatch(/^[0-9a-f]{24}$/);
  });

  it('ignores a lifetime that would leave no time to expire in', () => {
    const { claims } = decodeToken(createTokenFixtures({ at: date(12 * HOUR) }).expiredAppToken({ expiresIn: '24h' }));
    expect(claims).toMatchObject({ iat: 10 * HOUR, exp: 11 * HOUR });
  });

  it.each([
    [-60, 600, -60, -60],
    [600, -60, 0, -60],
    [600, 600, 0, 0],
  ])('with issuedAt %i s and notBefore %i s from now, appToken has iat %i and nbf %i', (issued, start, iat, nbf) => {
    const params = { issuedAt: date(second + issued), notBefore: date(second + start) };
    const { claims } = decodeToken(createTokenFixtures({ at }).appToken(params));
    expect(claims).toMatchObject({ iat: second + iat, nbf: second + nbf });
  });

  it('accepts other credentials', () => {
    const fixtures = createTokenFixtures({ accessKey: 'other', secret: 'other-secret' });
    expect(verifyToken(fixtures.appToken(), 'other-secret').access_key).toBe('other');
    expect(verifyToken(fixtures.wrongSecretAppToken(), 'not-other-secret').access_key).toBe('other');
    expect(createTokenFixtures({ accessKey: undefined, secret: undefined, at }).appToken()).toBe(
      createTokenFixtures({ ...testCredentials, at }).appToken(),
    );
  });

  it.each([
    ['guest', 'host'],
    ['host', 'admin'],
    ['admin', 'host'],
  ])('changes the role %s to %s after signing', (role, changed) => {
    const fixtures = createTokenFixtures({ at });
    const { claims, signature } = decodeToken(fixtures.tamperedAppToken({ role, jti: 'j' }));
    const original = decodeToken(fixtures.appToken({ role, jti: 'j' }));
    expect(claims).toEqual({ ...original.claims, role: changed });
    expect(signature).toBe(original.signature);
  });

  it('creates unsigned tokens with alg "none" and no signature', () => {
    const { header, signature } = decodeToken(createTokenFixtures().unsignedAppToken());
    expect({ header, signature }).toEqual({ header: { alg: 'none', typ: 'JWT' }, signature: '' });
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { decodeToken, type TokenErrorCode, verifyToken } from '../src/index.js';
import { createTokenFixtures, testCredentials, type TokenFixtures } from '../src/testing.js';
import { untyped } from './support/untyped.js';

const { secret } = testCredentials;
const at = new Date('2026-01-01T00:00:00.500Z');
const second = Math.floor(at.getTime() / 1000);
const MOST = 90 * 86_400;

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

describe.each(OUTCOMES)('%s', (name, code, field) => {
  const isExpired = name.startsWith('expired');
  const isFuture = name.startsWith('notYet');

  function expectOutcome(token: string, currentDate: Date, fault = field) {
    const act = () => verifyToken(token, secret, { currentDate });
    if (code === undefined) expect(act()).toEqual(decodeToken(token).claims);
    else expect(act).toThrowTokenError(code, fault);
  }

  it('is what its name says whatever is given, and keeps all that does not take that away', () => {
    const time = fc.oneof(
      fc.integer({ min: second - 2, max: second + 2 }),
      fc.integer({ min: second - 2 * 86_400, max: second + 2 * 86_400 }),
      fc.integer({ min: second - 2 * MOST, max: second + 2 * MOST }),
    );
    const options = fc.record(
      {
        issuedAt: time,
        notBefore: time,
        expiresIn: fc.oneof(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 1, max: MOST })),
        jti: fc.constant('mine'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(options, fc.boolean(), (given, isFixed) => {
        const token = createTokenFixtures(isFixed ? { at } : {})[name](given);
        const { claims } = decodeToken(token);
        const { iat, nbf, exp } = claims as Record<'iat' | 'nbf' | 'exp', number>;
        expectOutcome(token, at, isFuture && nbf <= second ? 'iat' : field);

        const { issuedAt, notBefore, expiresIn, jti = '00000000-0000-4000-8000-000000000001' } = given;
        expect(claims.jti).toBe(jti);
        if (expiresIn !== undefined) expect(exp - nbf).toBe(expiresIn);
        const length = expiresIn ?? 0;
        // Of a time given alone it is plain when it must be kept, with the other one as the fixture likes.
        const from = notBefore ?? (isFuture ? second + 3600 : (issuedAt ?? second));
        const fits = isFuture
          ? Math.max(from, issuedAt ?? second) > second
          : isExpired
            ? Math.max(from, issuedAt ?? 0) <= second && from + (length || 1) <= second
            : Math.max(from, issuedAt ?? second) <= second && from + (length || MOST) > second;
        if (fits && issuedAt !== undefined) expect(iat).toBe(issuedAt);
        if (fits && notBefore !== undefined) expect(nbf).toBe(notBefore);
      }),
    );
  });

  it('gives the same bytes for the same calls, and counts jtis per createTokenFixtures', () => {
    const calls = () => {
      const fixtures = createTokenFixtures({ at });
      return [fixtures[name](), fixtures[name]({ jti: 'mine' }), fixtures[name]()];
    };
    const made = calls();
    vi.setSystemTime(0);
    expect(calls()).toEqual(made);
    expect(made.map((token) => decodeToken(token).claims.jti)).toEqual([
      '00000000-0000-4000-8000-000000000001',
      'mine',
      '00000000-0000-4000-8000-000000000002',
    ]);
  });

  it('is as of each call unless at is given', () => {
    const fixtures = createTokenFixtures();
    for (const later of [0, 1000 * 86_400]) {
      vi.setSystemTime(at.getTime() + later * 1000);
      expectOutcome(fixtures[name](), new Date());
    }
  });

  it('works at the start of 1970, except that nothing can have expired there', () => {
    for (const early of [new Date(0), new Date(999)]) {
      for (const [config, clock] of [
        [{ at: early }, at],
        [{}, early],
      ] as const) {
        vi.setSystemTime(clock);
        const fixtures = createTokenFixtures(config);
        if (!isExpired) expectOutcome(fixtures[name](), early);
        else expect(() => fixtures[name]()).toThrowTokenError('ERR_INVALID_ARGUMENT', 'at');
      }
    }
    expectOutcome(createTokenFixtures({ at: new Date(1000) })[name](), new Date(1000));
  });
});

describe('createTokenFixtures', () => {
  it('has stable bytes across releases', () => {
    expect(createTokenFixtures({ at }).appToken()).toMatchInlineSnapshot(
      `"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoiZmFrZS1hY2Nlc3Mta2V5LWZvci10ZXN0cyIsInJvb21faWQiOiJ0ZXN0LXJvb20iLCJ1c2VyX2lkIjoidGVzdC11c2VyIiwicm9sZSI6Imd1ZXN0IiwidHlwZSI6ImFwcCIsInZlcnNpb24iOjIsImlhdCI6MTc2NzIyNTYwMCwibmJmIjoxNzY3MjI1NjAwLCJleHAiOjE3NjczMTIwMDAsImp0aSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.10syqYx1aGTRL87Frn5UiZACfCFvJTFxcgIWqQ4u4Ys"`,
    );
  });

  it.each<[keyof TokenFixtures, number, number, number]>([
    ['appToken', 0, 0, 86_400],
    ['expiredAppToken', -7200, -7200, -3600],
    ['notYetActiveAppToken', 0, 3600, 90_000],
  ])('chooses of %s what it is not told', (name, iat, nbf, exp) => {
    const { claims } = decodeToken(createTokenFixtures({ at })[name]({ userId: 'José', issuedAt: undefined }));
    const times = { iat: second + iat, nbf: second + nbf, exp: second + exp };
    expect(claims).toMatchObject({ room_id: 'test-room', user_id: 'José', role: 'guest', ...times });
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

  it('takes other credentials', () => {
    const fixtures = createTokenFixtures({ accessKey: 'other', secret: 'other-secret' });
    expect(verifyToken(fixtures.appToken(), 'other-secret').access_key).toBe('other');
    expect(verifyToken(fixtures.wrongSecretAppToken(), 'not-other-secret').access_key).toBe('other');
  });

  it.each([
    ['guest', 'host'],
    ['host', 'admin'],
    ['admin', 'host'],
  ])('raises the role %s to %s after signing', (role, raised) => {
    const fixtures = createTokenFixtures({ at });
    const { claims, signature } = decodeToken(fixtures.tamperedAppToken({ role, jti: 'j' }));
    const original = decodeToken(fixtures.appToken({ role, jti: 'j' }));
    expect(claims).toEqual({ ...original.claims, role: raised });
    expect(signature).toBe(original.signature);
  });

  it('says of an unsigned token that it is one', () => {
    const { header, signature } = decodeToken(createTokenFixtures().unsignedAppToken());
    expect({ header, signature }).toEqual({ header: { alg: 'none', typ: 'JWT' }, signature: '' });
  });

  it.each([new Date(NaN), 0, new Date(-1), new Date(8.64e15)])('refuses that at is %s', (at) => {
    expect(() => createTokenFixtures({ at: untyped(at) })).toThrowTokenError('ERR_INVALID_ARGUMENT', 'at');
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, decodeToken, type TokenBuilderConfig, verifyToken } from '../src/index.js';
import { ACCESS_KEY, NOW, SECRET } from './support/forge.js';
import { untyped } from './support/untyped.js';

const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };
const DAY = 86_400;
const MOST = 90 * DAY;

/** Seconds since 1970, by the clock. */
let now: number;

const build = (config?: object) => createTokenBuilder(untyped({ ...credentials, ...config }));
const claimsOf = (token: string) =>
  verifyToken(token, SECRET, { currentDate: new Date(NOW * 1000), clockTolerance: '90d' });

beforeEach(() => {
  now = NOW;
  vi.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('generateManagementToken and generateAppToken', () => {
  const tokens = build();

  it('make the claims of what they are given, with a new random jti each time', () => {
    const claims = [tokens.generateManagementToken(), tokens.generateAppToken(room)].map(claimsOf);
    expect(claims[1]).toMatchObject({ access_key: ACCESS_KEY, room_id: 'room-1', user_id: 'user-1', role: 'guest' });
    for (const { jti } of claims) {
      expect(jti).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(claims[0]?.jti).not.toBe(claims[1]?.jti);
  });

  it.each([
    [{ notBefore: 0, expiresIn: '90d', jti: '0' } as const, { iat: NOW - 10, nbf: 0, exp: MOST, jti: '0' }],
    [
      { issuedAt: 0, expiresIn: 1, jti: 'j' },
      { iat: 0, nbf: 0, exp: 1, jti: 'j' },
    ],
  ])('take %j as it is, and 0 for a time', (options, claims) => {
    for (const token of [tokens.generateManagementToken(options), tokens.generateAppToken({ ...room, ...options })]) {
      expect(decodeToken(token).claims).toMatchObject(claims);
    }
  });

  it('need no this, and can be handed to map', () => {
    const { generateManagementToken, getManagementToken, verifyAppToken, verifyManagementToken } = tokens;
    const users = [room, { ...room, role: 'host' }];
    const made = users.map(tokens.generateAppToken);
    expect(made.map((token) => verifyAppToken(token).role)).toEqual(['guest', 'host']);
    expect([{}, {}].map(generateManagementToken).map((token) => verifyManagementToken(token).type)).toHaveLength(2);
    expect(verifyManagementToken(getManagementToken()).access_key).toBe(ACCESS_KEY);
  });
});

describe('getManagementToken', () => {
  /** Whether a call this many seconds after the first one gives another token. */
  function isRenewed(config: TokenBuilderConfig, after: number): boolean {
    now = NOW;
    const { getManagementToken } = build(config);
    const first = getManagementToken();
    now = NOW + after;
    return getManagementToken() !== first;
  }

  it.each<[TokenBuilderConfig, number]>([
    [{}, DAY - 300],
    [{ expiresIn: '1h' }, 3300],
    [{ expiresIn: '1h', refreshBefore: '10m' }, 3000],
    [{ expiresIn: '1h', refreshBefore: 0 }, 3600],
    [{ expiresIn: '1h', clockSkew: '1h' }, 3300],
    [{ expiresIn: 301 }, 1],
  ])('with %j is renewed from second %i on', (config, second) => {
    expect(isRenewed(config, second - 0.001)).toBe(false);
    expect(isRenewed(config, second)).toBe(true);
    expect(isRenewed(config, second + 100_000)).toBe(true);
  });

  it('is one per builder, and not what generateManagementToken made', () => {
    const one = build();
    const made = [one.generateManagementToken(), one.getManagementToken(), build().getManagementToken()];
    expect(new Set(made).size).toBe(3);
    expect(one.getManagementToken()).toBe(made[1]);
  });
});

describe('no combination of valid options and times', () => {
  const lifetime = fc.oneof(fc.integer({ min: 1, max: 7200 }), fc.integer({ min: 1, max: MOST }));
  const configs = fc.record(
    {
      expiresIn: fc.oneof(lifetime, fc.constantFrom('1s', '1h', '90d')),
      clockSkew: fc.oneof(fc.integer({ min: 0, max: 3600 }), fc.constantFrom(0, '10s', '1h')),
      refreshBefore: fc.oneof(
        fc.integer({ min: 0, max: 7200 }),
        fc.integer({ min: 0, max: MOST }),
        fc.constantFrom(0, '90d'),
      ),
    },
    { requiredKeys: [] },
  );
  const fraction = fc.constantFrom(0, 0, 0.001, 0.5, 0.999);
  const starts = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 2 * NOW }));
  const steps = fc.array(
    fc.tuple(
      fc.oneof(fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: -2 * MOST, max: 2 * MOST }), fc.constant(0)),
      fraction,
      lifetime,
      fc.integer({ min: 0, max: MOST }),
    ),
    { minLength: 1, maxLength: 8 },
  );
  const UNIT = { s: 1, h: 3600, d: DAY };
  const seconds = (duration: number | string) =>
    typeof duration === 'number' ? duration : parseInt(duration) * UNIT[duration.slice(-1) as keyof typeof UNIT];

  it('gives a token that is born expired, issued in the future, too long or too short', () => {
    fc.assert(
      fc.property(configs, starts, steps, (config, start, steps) => {
        const { expiresIn = DAY, clockSkew = 10, refreshBefore = 300 } = config;
        const tokens = build(config);
        let whole = start;
        for (const [step, fraction, ownLifetime, ahead] of steps) {
          whole = Math.max(0, whole + step);
          now = whole + fraction;
          const iat = Math.max(0, whole - seconds(clockSkew));
          const times = (lifetime: number) => ({ iat, nbf: iat, exp: Math.min(whole + lifetime, iat + MOST) });

          const fresh = tokens.verifyManagementToken(tokens.generateManagementToken());
          expect(fresh).toMatchObject(times(seconds(expiresIn)));
          const app = tokens.generateAppToken({ ...room, expiresIn: ownLifetime });
          expect(tokens.verifyAppToken(app)).toMatchObject(times(ownLifetime));

          // A time that is given is taken as it is, and the lifetime counts from it.
          const given = { notBefore: whole + ahead, expiresIn: ownLifetime };
          const currentDate = new Date((whole + ahead) * 1000);
          for (const [options, issued] of [
            [given, iat],
            [{ ...given, issuedAt: whole }, whole],
          ] as const) {
            const claims = tokens.verifyManagementToken(tokens.generateManagementToken(options), { currentDate });
            expect(claims).toMatchObject({ iat: issued, nbf: whole + ahead, exp: whole + ahead + ownLifetime });
          }
          const issued = tokens.generateManagementToken({ issuedAt: whole, expiresIn: ownLifetime });
          const exp = whole + ownLifetime;
          expect(tokens.verifyManagementToken(issued)).toMatchObject({ iat: whole, nbf: whole, exp });

          // Verified, so neither expired nor of the future.
          const cached = tokens.verifyManagementToken(tokens.getManagementToken());
          if (cached.exp - now <= seconds(refreshBefore)) expect(cached).toMatchObject(times(seconds(expiresIn)));
          if (fresh.exp - now <= seconds(refreshBefore)) expect(cached.exp).toBeGreaterThanOrEqual(fresh.exp);
          else expect(cached.exp - now).toBeGreaterThan(seconds(refreshBefore));
          expect(cached.exp - cached.nbf).toBeLessThanOrEqual(MOST);
        }
      }),
      { numRuns: 300 },
    );
  });
});

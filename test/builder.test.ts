/** createTokenBuilder: the environment, the times of new tokens, and the cached management token. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, decodeToken, type TokenBuilderConfig } from '../src/index.js';
import { ACCESS_KEY, at, date, NOW, seconds, SECRET } from './support/forge.js';
import { credentials, room } from './support/functions.js';

const DAY = 86_400;
const MAX = 90 * DAY;

/** The Unix timestamp in seconds that the clock shows. */
let now: number;

const build = (config?: object) => createTokenBuilder({ ...credentials, ...config });

beforeEach(() => {
  now = NOW;
  vi.spyOn(Date, 'now').mockImplementation(() => now * 1000);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('credentials', () => {
  const accessKeyOf = ({ verifyManagementToken, getManagementToken }: ReturnType<typeof createTokenBuilder>) =>
    verifyManagementToken(getManagementToken()).access_key;

  /** Replaces `process` during the call only, because the test runner needs its own. */
  function withProcess<T>(process: object | undefined, act: () => T): T {
    vi.stubGlobal('process', process);
    try {
      return act();
    } finally {
      vi.unstubAllGlobals();
    }
  }

  it('come from the environment if they are left out, and are read once', () => {
    vi.stubEnv('HMS_ACCESS_KEY', 'key-from-environment');
    vi.stubEnv('HMS_SECRET', SECRET);
    const configs = [{}, { secret: SECRET }, { accessKey: ACCESS_KEY }, undefined];
    const builders = configs.map((config) => createTokenBuilder(config));
    vi.stubEnv('HMS_ACCESS_KEY', 'changed');
    vi.stubEnv('HMS_SECRET', 'changed');
    const accessKeys = ['key-from-environment', 'key-from-environment', ACCESS_KEY, 'key-from-environment'];
    expect(builders.map(accessKeyOf)).toEqual(accessKeys);
  });

  it('never come from the environment if they are undefined: the tenant may have none', () => {
    vi.stubEnv('HMS_ACCESS_KEY', ACCESS_KEY);
    vi.stubEnv('HMS_SECRET', SECRET);
    for (const field of ['accessKey', 'secret'])
      for (const config of [{ ...credentials, [field]: undefined }, { [field]: undefined }])
        expect(() => createTokenBuilder(config)).toThrowTokenError('ERR_INVALID_CONFIG', field);
  });

  it('don’t need the environment, to which access may be denied', () => {
    const denied = vi.fn(() => {
      throw new Error('denied');
    });
    const env = new Proxy({}, { get: denied, has: denied, getOwnPropertyDescriptor: denied });
    for (const process of [{ env }, {}, undefined])
      expect(withProcess(process, () => accessKeyOf(build()))).toBe(ACCESS_KEY);
    expect(denied).not.toHaveBeenCalled();
  });

  it('are missing if there is no environment', () => {
    for (const process of [{ env: {} }, {}, undefined]) {
      const act = (config: object) => () => withProcess(process, () => createTokenBuilder(config));
      expect(act({ secret: SECRET })).toThrowTokenError('ERR_INVALID_CONFIG', 'accessKey');
      expect(act({ accessKey: ACCESS_KEY })).toThrowTokenError('ERR_INVALID_CONFIG', 'secret');
    }
  });
});

describe('generateManagementToken and generateAppToken', () => {
  const tokens = build();
  const generateBoth = (options: object) => [
    () => tokens.generateManagementToken(options),
    () => tokens.generateAppToken({ ...room, ...options }),
  ];

  it('sign the parameters, with a new random jti each time', () => {
    const claims = generateBoth({}).map((generate) => decodeToken(generate()).claims);
    expect(claims[0]).toMatchObject({ access_key: ACCESS_KEY, type: 'management' });
    expect(claims[1]).toMatchObject({ access_key: ACCESS_KEY, room_id: 'room-1', user_id: 'user-1', role: 'guest' });
    for (const { jti } of claims)
      expect(jti).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(claims[0]?.jti).not.toBe(claims[1]?.jti);
  });

  it.each<[options: object, iat: number, nbf: number, exp: number]>([
    [{ issuedAt: date(NOW - 60) }, NOW - 60, NOW - 60, NOW - 60 + DAY],
    [{ notBefore: date(NOW - 3599), expiresIn: '1h' }, NOW - 10, NOW - 3599, NOW + 1],
    [{ issuedAt: date(0), notBefore: date(NOW + 60), expiresIn: '1s' }, 0, NOW + 60, NOW + 61],
    [{ issuedAt: date(NOW + 60), notBefore: at }, NOW + 60, NOW, NOW + DAY],
    [{ expiresIn: '90d' }, NOW - 10, NOW - 10, NOW - 10 + MAX],
    [{ issuedAt: undefined, notBefore: undefined, expiresIn: undefined }, NOW - 10, NOW - 10, NOW + DAY],
  ])('turn %j into iat %i, nbf %i, exp %i', (options, iat, nbf, exp) => {
    for (const generate of generateBoth({ ...options, jti: 'mine' }))
      expect(decodeToken(generate()).claims).toMatchObject({ iat, nbf, exp, jti: 'mine' });
  });

  it.each<[options: object, field: string]>([
    [{ notBefore: date(0) }, 'notBefore'],
    [{ notBefore: date(NOW - DAY) }, 'notBefore'],
    [{ notBefore: date(NOW - 61), issuedAt: date(NOW), expiresIn: '1m' }, 'notBefore'],
    [{ notBefore: date(NOW - 30), issuedAt: date(NOW + 60), expiresIn: '1m' }, 'notBefore'],
    [{ issuedAt: date(NOW + DAY), notBefore: at, expiresIn: '24h' }, 'notBefore'],
    [{ issuedAt: date(0) }, 'issuedAt'],
    [{ issuedAt: date(NOW - 3600), expiresIn: '1h' }, 'issuedAt'],
  ])('don’t create a token that is never valid: %j', (options, field) => {
    for (const generate of generateBoth(options)) expect(generate).toThrowTokenError('ERR_INVALID_ARGUMENT', field);
  });

  it('compare with the clock’s fraction of a second', () => {
    now = NOW + 0.999;
    const both = (issuedAt: Date) => generateBoth({ issuedAt, expiresIn: '1s' });
    for (const generate of both(at)) expect(generate).not.toThrow();
    for (const generate of both(date(NOW - 1))) expect(generate).toThrowTokenError('ERR_INVALID_ARGUMENT', 'issuedAt');
  });

  it('need no this', () => {
    const { generateManagementToken, generateAppToken, verifyAppToken, verifyManagementToken } = tokens;
    expect(verifyAppToken(generateAppToken(room)).role).toBe('guest');
    expect(verifyManagementToken(generateManagementToken()).access_key).toBe(ACCESS_KEY);
  });
});

describe('getManagementToken', () => {
  it.each<[TokenBuilderConfig, number]>([
    [{}, DAY - 300],
    [{ expiresIn: '1h', clockSkew: '1h' }, 3300],
    [{ expiresIn: '601s' }, 301],
    [{ expiresIn: '10m' }, 300],
    [{ expiresIn: '599s' }, 300],
    [{ expiresIn: '5m' }, 150],
    [{ expiresIn: '3s' }, 2],
    [{ expiresIn: '1s' }, 1],
  ])('with %j renews its token after %i seconds', (config, second) => {
    const isRenewed = (after: number) => {
      now = NOW;
      const { getManagementToken } = build(config);
      const first = getManagementToken();
      now = NOW + after;
      return getManagementToken() !== first;
    };
    expect([second - 0.001, second, second + 100_000].map(isRenewed)).toEqual([false, true, true]);
  });

  it('returns one token per builder, which generateManagementToken never returns', () => {
    const one = build();
    const created = [one.generateManagementToken(), one.getManagementToken(), build().getManagementToken()];
    expect(new Set(created).size).toBe(3);
    expect(one.getManagementToken()).toBe(created[1]);
  });

  it('renews its token if the clock was set back to before its iat', () => {
    const { getManagementToken, verifyManagementToken } = build();
    const first = getManagementToken();
    now = NOW - 10;
    expect(getManagementToken()).toBe(first);
    now = NOW - 10.001;
    expect(verifyManagementToken(getManagementToken()).iat).toBe(NOW - 21);
  });
});

it('tokens created with any valid options at any time are valid at once, for as long as they should be', () => {
  const lifetime = fc.oneof(fc.integer({ min: 1, max: 7200 }), fc.integer({ min: 1, max: MAX }));
  const skew = fc.oneof(fc.constantFrom(0, 10, 3600), fc.integer({ min: 0, max: 3600 }));
  const starts = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 2 * NOW }));
  const steps = fc.oneof(fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: -2 * MAX, max: 2 * MAX }));
  const step = fc.tuple(steps, fc.constantFrom(0, 0, 0.001, 0.5, 0.999), lifetime);
  fc.assert(
    fc.property(lifetime, skew, starts, fc.array(step, { maxLength: 8 }), (expiresIn, clockSkew, start, steps) => {
      const tokens = build({ expiresIn: seconds(expiresIn), clockSkew: seconds(clockSkew) });
      const margin = Math.min(300, Math.floor(expiresIn / 2));
      let whole = start;
      for (const [step, fraction, ownLifetime] of steps) {
        whole = Math.max(0, whole + step);
        now = whole + fraction;
        const iat = Math.max(0, whole - clockSkew);
        const times = (lifetime: number) => ({ iat, nbf: iat, exp: Math.min(whole + lifetime, iat + MAX) });
        // Verified, so they have neither expired nor a future iat.
        const created = tokens.verifyManagementToken(tokens.generateManagementToken());
        expect(created).toMatchObject(times(expiresIn));
        const app = tokens.generateAppToken({ ...room, expiresIn: seconds(ownLifetime) });
        expect(tokens.verifyAppToken(app)).toMatchObject(times(ownLifetime));
        const cached = tokens.verifyManagementToken(tokens.getManagementToken());
        if (cached.exp - now <= margin) expect(cached).toMatchObject(times(expiresIn));
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

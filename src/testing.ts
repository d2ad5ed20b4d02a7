/**
 * Fixtures for users' unit tests: every kind of good and bad token in one line.
 *
 * @module
 */

import {
  type AppClaims,
  appClaims,
  type ManagementClaims,
  managementClaims,
  type ManagementClaimsInput,
} from './claims.js';
import { checkAccessKey, secretKey } from './credentials.js';
import { TokenError } from './errors.js';
import { checkObject } from './input.js';
import { encodePart } from './jwt.js';
import { APP_TOKEN_PARAMS, type AppTokenParams, TOKEN_OPTIONS, type TokenOptions } from './options.js';
import { type AppToken, asAppToken, type ManagementToken, signToken } from './sign.js';
import { testCredentials } from './test-credentials.js';
import {
  dateSeconds,
  type Duration,
  durationSeconds,
  isExpired,
  isFuture,
  numericDate,
  type Validity,
  validity,
} from './time.js';

// What the fixtures take and give can be named by whoever imports this entry alone.
export type { AppToken, AppTokenParams, Duration, ManagementToken, TokenOptions };
export { testCredentials };

/** What {@link createTokenFixtures} takes. */
export interface TokenFixturesConfig {
  /** Default: that of {@link testCredentials}. */
  accessKey?: string | undefined;
  /** Default: that of {@link testCredentials}. */
  secret?: string | undefined;
  /** The time as of which tokens are valid, expired or not yet active. Default: the time of each call. */
  at?: Date | undefined;
}

/**
 * Makes tokens for tests. A parameter given overrides what the fixture would choose, except where that
 * would take away what the fixture is named for.
 */
export interface TokenFixtures {
  /** A valid app token. */
  appToken(this: void, params?: Partial<AppTokenParams>): AppToken;
  /** A valid management token. */
  managementToken(this: void, options?: TokenOptions): ManagementToken;
  /** An app token whose `exp` has passed: `ERR_TOKEN_EXPIRED`. */
  expiredAppToken(this: void, params?: Partial<AppTokenParams>): AppToken;
  /** A management token whose `exp` has passed: `ERR_TOKEN_EXPIRED`. */
  expiredManagementToken(this: void, options?: TokenOptions): ManagementToken;
  /** An app token whose `nbf` is to come: `ERR_TOKEN_NOT_ACTIVE`. */
  notYetActiveAppToken(this: void, params?: Partial<AppTokenParams>): AppToken;
  /** A management token whose `nbf` is to come: `ERR_TOKEN_NOT_ACTIVE`. */
  notYetActiveManagementToken(this: void, options?: TokenOptions): ManagementToken;
  /** An app token signed with another secret: `ERR_TOKEN_SIGNATURE`. */
  wrongSecretAppToken(this: void, params?: Partial<AppTokenParams>): AppToken;
  /** An app token whose role was raised after signing: `ERR_TOKEN_SIGNATURE`. */
  tamperedAppToken(this: void, params?: Partial<AppTokenParams>): AppToken;
  /** An unsecured JWT, `alg` `"none"` and no signature (RFC 7519 §6): `ERR_TOKEN_ALGORITHM`. */
  unsignedAppToken(this: void, params?: Partial<AppTokenParams>): string;
}

const CONFIG_KEYS = ['accessKey', 'secret', 'at'] as const satisfies (keyof TokenFixturesConfig)[];

/**
 * Makes fixtures. With `at` given, the same calls in the same order give the same bytes in every process,
 * `jti`s included, so that tokens can stand in snapshots.
 *
 * @param config - see {@link TokenFixturesConfig}
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` for the credentials, otherwise `ERR_INVALID_ARGUMENT`
 *
 * @example
 * ```ts
 * import { TokenError, verifyToken } from '100ms-tokens';
 * import { createTokenFixtures, testCredentials } from '100ms-tokens/testing';
 *
 * const fixtures = createTokenFixtures();
 * const claims = verifyToken(fixtures.appToken({ role: 'host' }), testCredentials.secret);
 * console.log(claims.type); // app
 *
 * try {
 *   verifyToken(fixtures.expiredAppToken(), testCredentials.secret);
 * } catch (error) {
 *   console.log(error instanceof TokenError && error.code); // ERR_TOKEN_EXPIRED
 * }
 * ```
 */
export function createTokenFixtures(config: TokenFixturesConfig = {}): TokenFixtures {
  checkObject(config, 'config', CONFIG_KEYS);
  const { accessKey = testCredentials.accessKey, secret = testCredentials.secret, at } = config;
  checkAccessKey(accessKey);
  const key = secretKey(secret);
  const otherKey = secretKey(`not-${secret}`);
  const fixedNow = at === undefined ? undefined : numericDate(Math.floor(dateSeconds(at, 'at')), 'at');

  let count = 0;
  const nextJti = () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`;

  function claimsOfManagement(age: Age, options: TokenOptions): ManagementClaims {
    checkObject(options, 'options', TOKEN_OPTIONS);
    const { jti = nextJti() } = options;
    return managementClaims({ accessKey, jti, ...timesFor(age, options, fixedNow) });
  }

  function claimsOfApp(age: Age, params: Partial<AppTokenParams>): AppClaims {
    checkObject(params, 'params', APP_TOKEN_PARAMS);
    const { roomId = 'test-room', userId = 'test-user', role = 'guest', jti = nextJti() } = params;
    return appClaims({ accessKey, roomId, userId, role, jti, ...timesFor(age, params, fixedNow) });
  }

  return {
    appToken: (params = {}) => signToken(claimsOfApp('valid', params), key),
    managementToken: (options = {}) => signToken(claimsOfManagement('valid', options), key),
    expiredAppToken: (params = {}) => signToken(claimsOfApp('expired', params), key),
    expiredManagementToken: (options = {}) => signToken(claimsOfManagement('expired', options), key),
    notYetActiveAppToken: (params = {}) => signToken(claimsOfApp('notYetActive', params), key),
    notYetActiveManagementToken: (options = {}) => signToken(claimsOfManagement('notYetActive', options), key),
    wrongSecretAppToken: (params = {}) => signToken(claimsOfApp('valid', params), otherKey),
    tamperedAppToken(params = {}) {
      const claims = claimsOfApp('valid', params);
      const [header, , signature] = signToken(claims, key).split('.');
      const raised = { ...claims, role: claims.role === 'host' ? 'admin' : 'host' };
      return asAppToken([header, encodePart(raised), signature].join('.'));
    },
    unsignedAppToken(params = {}) {
      return `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(claimsOfApp('valid', params))}.`;
    },
  };
}

type Age = 'valid' | 'expired' | 'notYetActive';
type Start = Pick<ManagementClaimsInput, 'issuedAt' | 'notBefore'>;

const HOUR = 3600;

/** What a fixture chooses where it may, and what its tokens' times must hold. All times in seconds. */
const AGES: Readonly<
  Record<
    Age,
    {
      lifetimes: readonly [Duration, ...Duration[]];
      start: (now: number, lifetime: number) => Start;
      holds: (times: Validity, now: number) => boolean;
    }
  >
> = {
  valid: {
    lifetimes: ['24h', '90d'],
    start: (now) => ({ issuedAt: now }),
    holds: (times, now) => hasBegun(times, now) && !isExpired(times.exp, now, 0),
  },
  expired: {
    lifetimes: ['1h', 1],
    start: (now, lifetime) => ({ issuedAt: Math.max(0, now - HOUR - lifetime) }),
    holds: (times, now) => hasBegun(times, now) && isExpired(times.exp, now, 0),
  },
  notYetActive: {
    lifetimes: ['24h'],
    start: (now) => ({ issuedAt: now, notBefore: now + HOUR }),
    holds: (times, now) => !hasBegun(times, now),
  },
};

function hasBegun({ iat, nbf }: Validity, now: number): boolean {
  return !isFuture(iat, now, 0) && !isFuture(nbf, now, 0);
}

/** Times that hold for `age`, with as many of the given ones as leave it so. */
function timesFor(age: Age, given: TokenOptions, fixedNow: number | undefined): Start & { expiresIn: Duration } {
  const now = fixedNow ?? Math.floor(Date.now() / 1000);
  const { lifetimes, start, holds } = AGES[age];
  const { issuedAt, notBefore, expiresIn } = given;
  for (const kept of [{ issuedAt, notBefore }, { issuedAt }, { notBefore }, {}] satisfies TokenOptions[]) {
    for (const lifetime of expiresIn === undefined ? lifetimes : [expiresIn]) {
      const chosen = start(now, durationSeconds(lifetime, 'expiresIn'));
      const { issuedAt = chosen.issuedAt, notBefore = chosen.notBefore }: TokenOptions = kept;
      if (holds(validity({ issuedAt, notBefore, expiresIn: lifetime }), now))
        return { issuedAt, notBefore, expiresIn: lifetime };
    }
  }
  throw new TokenError('ERR_INVALID_ARGUMENT', 'no token can be expired this soon after 1970; choose a later at', 'at');
}

/** Fixtures for users' unit tests: valid and invalid tokens in one line each. @module */

import {
  APP_TOKEN_PARAMS,
  type AppClaims,
  type AppTokenParams,
  buildAppClaims,
  buildManagementClaims,
  jtiOf,
  TOKEN_OPTIONS,
  type TokenOptions,
} from './claims.js';
import { checkCredential, createKey } from './credentials.js';
import { fieldError } from './errors.js';
import { type Unchecked, readOptions } from './input.js';
import { encodePart } from './jwt.js';
import { type AppToken, type ManagementToken, signClaims } from './sign.js';
import { testCredentials } from './test-credentials.js';
import {
  currentTime,
  DEFAULT_LIFETIME,
  type Duration,
  HOUR,
  MAX_LIFETIME,
  numericDate,
  readTimes,
  statusAt,
  type TimeOptions,
  type TimeStatus,
  type Validity,
} from './time.js';

// So that users can name these types without importing the main entry point.
export type { AppToken, AppTokenParams, Duration, ManagementToken, TokenOptions };
export { testCredentials };

/** Options for {@link createTokenFixtures}. */
export interface TokenFixturesConfig {
  /** Defaults to the access key of {@link testCredentials}. */
  accessKey?: string | undefined;
  /** Defaults to the secret of {@link testCredentials}. */
  secret?: string | undefined;
  /** The time at which tokens are valid, expired or not yet active. Defaults to the time of each call. */
  at?: Date | undefined;
}

/** Creates tokens for tests. Parameters override the defaults, unless that would defeat the fixture's purpose. */
export interface TokenFixtures {
  /** A valid app token. */
  appToken: (params?: Partial<AppTokenParams>) => AppToken;
  /** A valid management token. */
  managementToken: (options?: TokenOptions) => ManagementToken;
  /** An app token whose `exp` has passed: `ERR_TOKEN_EXPIRED`. */
  expiredAppToken: (params?: Partial<AppTokenParams>) => AppToken;
  /** A management token whose `exp` has passed: `ERR_TOKEN_EXPIRED`. */
  expiredManagementToken: (options?: TokenOptions) => ManagementToken;
  /** An app token whose `nbf` is in the future: `ERR_TOKEN_NOT_ACTIVE`. */
  notYetActiveAppToken: (params?: Partial<AppTokenParams>) => AppToken;
  /** A management token whose `nbf` is in the future: `ERR_TOKEN_NOT_ACTIVE`. */
  notYetActiveManagementToken: (options?: TokenOptions) => ManagementToken;
  /** An app token signed with a different secret: `ERR_TOKEN_SIGNATURE`. */
  wrongSecretAppToken: (params?: Partial<AppTokenParams>) => AppToken;
  /** An app token whose role was changed after signing: `ERR_TOKEN_SIGNATURE`. */
  tamperedAppToken: (params?: Partial<AppTokenParams>) => AppToken;
  /** An unsecured JWT, with `alg` `"none"` and no signature (RFC 7519 §6): `ERR_TOKEN_ALGORITHM`. */
  unsignedAppToken: (params?: Partial<AppTokenParams>) => string;
}

const CONFIG: Unchecked<TokenFixturesConfig> = { ...testCredentials, at: undefined };

const ROOM_ID = '64f0c1a2b3d4e5f601234567'; // looks like a real one, because users' code may check the format
const PARAMS: Unchecked<AppTokenParams> = { ...APP_TOKEN_PARAMS, roomId: ROOM_ID, userId: 'test-user', role: 'guest' };

/**
 * Creates fixtures. With `at`, the same calls in the same order return the same tokens in every process, including their
 * `jti`, so you can use them in snapshots.
 *
 * @throws {@link TokenError} `ERR_INVALID_CONFIG` if a credential is invalid, otherwise `ERR_INVALID_ARGUMENT`
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
  const given = readOptions(config, 'config', 'createTokenFixtures(config)', CONFIG);
  const accessKey = checkCredential(given.accessKey, 'accessKey');
  const secret = checkCredential(given.secret, 'secret');
  const key = createKey(secret);
  const otherKey = createKey(`not-${secret}`);
  const at = given.at === undefined ? undefined : numericDate(given.at, 'at');

  let count = 0;
  const countedUuid = () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`;

  const timesOf = (status: TimeStatus, options: Unchecked<TokenOptions>) =>
    scheduledTimes(status, readTimes(options), at ?? Math.floor(currentTime()));

  function managementToken(status: TimeStatus, options: TokenOptions = {}): ManagementToken {
    const given = readOptions(options, 'options', 'managementToken(options)', TOKEN_OPTIONS);
    return signClaims(buildManagementClaims(accessKey, timesOf(status, given), jtiOf(given, countedUuid)), key);
  }

  function appClaims(status: TimeStatus, params: Partial<AppTokenParams> = {}): AppClaims {
    const given = readOptions(params, 'params', 'appToken(params)', PARAMS);
    return buildAppClaims(accessKey, given, timesOf(status, given), jtiOf(given, countedUuid));
  }

  return {
    appToken: (params) => signClaims(appClaims('active', params), key),
    managementToken: (options) => managementToken('active', options),
    expiredAppToken: (params) => signClaims(appClaims('expired', params), key),
    expiredManagementToken: (options) => managementToken('expired', options),
    notYetActiveAppToken: (params) => signClaims(appClaims('not yet active', params), key),
    notYetActiveManagementToken: (options) => managementToken('not yet active', options),
    wrongSecretAppToken: (params) => signClaims(appClaims('active', params), otherKey),
    tamperedAppToken(params) {
      const claims = appClaims('active', params);
      const [header, , signature] = signClaims(claims, key).split('.');
      const changed = { ...claims, role: claims.role === 'host' ? 'admin' : 'host' };
      return [header, encodePart(changed), signature].join('.') as AppToken;
    },
    unsignedAppToken: (params) =>
      `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(appClaims('active', params))}.`,
  };
}

/** Lifetimes to try and token start times, in seconds. */
interface Schedule {
  lifetimes: readonly number[];
  start: (now: number, lifetime: number) => [issuedAt: number, notBefore?: number];
}

const SCHEDULES: Readonly<Record<TimeStatus, Schedule>> = {
  active: { lifetimes: [DEFAULT_LIFETIME, MAX_LIFETIME], start: (now) => [now] },
  expired: { lifetimes: [HOUR, 1], start: (now, lifetime) => [Math.max(0, now - HOUR - lifetime)] },
  'not yet active': { lifetimes: [DEFAULT_LIFETIME], start: (now) => [now, now + 2 * HOUR] },
};

/** Returns the given times, but omits those that would change the token's status under a tolerance of an hour. */
function scheduledTimes(status: TimeStatus, { issuedAt, notBefore, lifetime }: TimeOptions, now: number): Validity {
  const { lifetimes, start } = SCHEDULES[status];
  const times = (set: readonly (number | undefined)[], duration: number): Validity => {
    const [defaultIssuedAt, defaultNotBefore] = start(now, duration);
    const [iat = defaultIssuedAt, nbf = defaultNotBefore ?? iat] = set;
    return { iat, nbf, exp: nbf + duration };
  };
  const sets = [[issuedAt, notBefore], [issuedAt], [undefined, notBefore], []];
  const attempts = [lifetime === undefined ? [] : [lifetime], lifetimes].flatMap((durations) =>
    sets.flatMap((set) => durations.map((duration) => times(set, duration))),
  );
  const found = attempts.find((attempt) =>
    [0, HOUR].every((tolerance) => statusAt(attempt, now, tolerance) === status),
  );
  if (found !== undefined) return found;
  throw fieldError('at', 'is too close to 1970 for an expired token; choose a later time');
}

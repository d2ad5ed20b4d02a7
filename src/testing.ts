/**
 * Fixtures for users' unit tests: every kind of good and bad token in one line.
 *
 * @module
 */

import { type AppClaims, buildAppClaims, buildManagementClaims } from './claims.js';
import { currentTime } from './clock.js';
import { checkCredential, toKey } from './credentials.js';
import { fieldError } from './errors.js';
import { takeOptions } from './input.js';
import { encodePart } from './jwt.js';
import { APP_TOKEN_PARAMS, type AppTokenParams, TOKEN_OPTIONS, type TokenOptions } from './options.js';
import { type AppToken, type ManagementToken, signWithKey } from './sign.js';
import { testCredentials } from './test-credentials.js';
import {
  dateSeconds,
  type Duration,
  durationSeconds,
  HOUR,
  numericDate,
  statusAt,
  type TimeStatus,
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

const CONFIG: Readonly<Record<keyof TokenFixturesConfig, undefined>> = {
  accessKey: undefined,
  secret: undefined,
  at: undefined,
};

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
  const given = takeOptions(config, 'config', CONFIG);
  const { accessKey = testCredentials.accessKey, secret = testCredentials.secret, at } = given;
  const access_key = checkCredential(accessKey, 'accessKey');
  const text = checkCredential(secret, 'secret');
  const key = toKey(text);
  const otherKey = toKey(`not-${text}`);
  const fixedNow = at === undefined ? undefined : numericDate(Math.floor(dateSeconds(at, 'at')), 'at');

  let count = 0;
  const idOf = ({ jti = `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}` }: Given): unknown => jti;
  const timesOf = (status: TimeStatus, given: Given) => timesFor(status, given, fixedNow ?? Math.floor(currentTime()));

  function managementToken(status: TimeStatus, options: TokenOptions): ManagementToken {
    const given = takeOptions(options, 'options', TOKEN_OPTIONS);
    return signWithKey(buildManagementClaims(access_key, timesOf(status, given), idOf(given)), key);
  }

  function claimsOf(status: TimeStatus, params: Partial<AppTokenParams>): AppClaims {
    const given = takeOptions(params, 'params', APP_TOKEN_PARAMS);
    const { roomId = 'test-room', userId = 'test-user', role = 'guest' } = given;
    return buildAppClaims(access_key, { roomId, userId, role }, timesOf(status, given), idOf(given));
  }

  return {
    appToken: (params = {}) => signWithKey(claimsOf('active', params), key),
    managementToken: (options = {}) => managementToken('active', options),
    expiredAppToken: (params = {}) => signWithKey(claimsOf('expired', params), key),
    expiredManagementToken: (options = {}) => managementToken('expired', options),
    notYetActiveAppToken: (params = {}) => signWithKey(claimsOf('not yet active', params), key),
    notYetActiveManagementToken: (options = {}) => managementToken('not yet active', options),
    wrongSecretAppToken: (params = {}) => signWithKey(claimsOf('active', params), otherKey),
    tamperedAppToken(params = {}) {
      const claims = claimsOf('active', params);
      const [header, , signature] = signWithKey(claims, key).split('.');
      const raised = { ...claims, role: claims.role === 'host' ? 'admin' : 'host' };
      return [header, encodePart(raised), signature].join('.') as AppToken;
    },
    unsignedAppToken(params = {}) {
      return `${encodePart({ alg: 'none', typ: 'JWT' })}.${encodePart(claimsOf('active', params))}.`;
    },
  };
}

type Given = Readonly<Record<keyof TokenOptions, unknown>>;

/** What a fixture chooses for what it is not told, in whole seconds: when the token starts, and the lifetimes to try. */
const AGES: Readonly<Record<TimeStatus, Age>> = {
  active: { lifetimes: ['24h', '90d'], start: (now) => [now] },
  expired: { lifetimes: ['1h', '1s'], start: (now, lifetime) => [Math.max(0, now - HOUR - lifetime)] },
  'not yet active': { lifetimes: ['24h'], start: (now) => [now, now + HOUR] },
};

interface Age {
  lifetimes: readonly Duration[];
  start: (now: number, lifetime: number) => [issuedAt: number, notBefore?: number];
}

/** The times of a fixture: those given, but for what would take away what it is named for. */
function timesFor(status: TimeStatus, { issuedAt, notBefore, expiresIn }: Given, now: number): Validity {
  const { lifetimes, start } = AGES[status];
  const attempts = [[issuedAt, notBefore], [issuedAt], [undefined, notBefore], []].flatMap((given) =>
    (expiresIn === undefined ? lifetimes : [expiresIn]).map((lifetime) => {
      const chosen = start(now, durationSeconds(lifetime, 'expiresIn'));
      const [issuedAt = chosen[0], notBefore = chosen[1]] = given;
      return validity({ issuedAt, notBefore, expiresIn: lifetime });
    }),
  );
  const times = attempts.find((attempt) => statusAt(attempt, now) === status);
  if (times === undefined)
    throw fieldError('at', 'is too soon after 1970 for a token that has expired; choose a later one');
  return times;
}

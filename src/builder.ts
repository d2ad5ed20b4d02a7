/** createTokenBuilder. All effects are here: the environment, the clock, randomness and the cached management token. */

import { randomUUID } from 'node:crypto';

import {
  APP_TOKEN_PARAMS,
  type AppClaims,
  type AppTokenParams,
  buildAppClaims,
  buildManagementClaims,
  jtiOf,
  type ManagementClaims,
  TOKEN_OPTIONS,
  type TokenOptions,
} from './claims.js';
import { checkCredential, CONFIG_ERROR, createKey, type Credential } from './credentials.js';
import { fieldError } from './errors.js';
import { type Unchecked, ownMember, readOptions, rejectExtra } from './input.js';
import { type AppToken, type ManagementToken, signClaims } from './sign.js';
import {
  currentTime,
  type Duration,
  durationSeconds,
  failedTime,
  HOUR,
  MAX_LIFETIME,
  readTimes,
  type Validity,
  validity,
} from './time.js';
import { type VerifyOptions, verifyWithKey } from './verify.js';

/** Options for {@link createTokenBuilder}. */
export interface TokenBuilderConfig {
  /** The app access key. If omitted, `process.env.HMS_ACCESS_KEY`. */
  accessKey?: string;
  /** The app secret, exactly as the dashboard shows it. If omitted, `process.env.HMS_SECRET`. */
  secret?: string;
  /** Token lifetime unless a call sets its own, at most `'90d'`. Defaults to `'24h'`. */
  expiresIn?: Duration | undefined;
  /** How far `iat` and `nbf` are backdated, in case this server's clock is ahead. Defaults to `'10s'`, at most `'1h'`. */
  clockSkew?: Duration | undefined;
}

/**
 * Creates and verifies the tokens of one 100ms app. The functions don't use `this`. `generate…` throws a
 * {@link TokenError} `ERR_INVALID_ARGUMENT` whose `field` names the invalid option; `verify…` throws as `verifyToken` does.
 */
export interface TokenBuilder<Role extends string = string> {
  /** Creates a new management token. It grants access to the REST API, so never send it to a client. */
  generateManagementToken: (options?: TokenOptions) => ManagementToken;
  /** Creates a new app token, which lets a client join one room, as one user, in one role. */
  generateAppToken: (params: AppTokenParams<Role>) => AppToken;
  /**
   * Returns a cached management token for REST API calls. Replaces it when 5 minutes remain (or half of `expiresIn`, if
   * that is shorter), or if the clock was set back to before its `iat`.
   */
  getManagementToken: () => ManagementToken;
  /** Verifies a token, and that it's a management token with this builder's access key. */
  verifyManagementToken: (token: string, options?: VerifyOptions) => ManagementClaims;
  /** Verifies a token, and that it's an app token with this builder's access key. */
  verifyAppToken: (token: string, options?: VerifyOptions) => AppClaims;
}

const CONFIG: Unchecked<TokenBuilderConfig> = {
  accessKey: undefined,
  secret: undefined,
  expiresIn: '24h',
  clockSkew: '10s',
};

/**
 * Creates a token builder. One per process is enough. Nothing that prints a builder shows the secret.
 *
 * @typeParam Role - the roles of your templates, such as `'host' | 'guest'`, so that a misspelled role is a type error
 * @param config - see {@link TokenBuilderConfig}; reads the environment only now, and only for credentials that you omit
 * @throws {@link TokenError} `ERR_INVALID_CONFIG`; `field` names the invalid option
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { createTokenBuilder } from '100ms-tokens';
 *
 * const tokens = createTokenBuilder<'host' | 'guest'>({
 *   accessKey: '64f0c1a2b3d4e5f6fa4e0000', // if omitted, process.env.HMS_ACCESS_KEY
 *   secret: 'fake-app-secret', // if omitted, process.env.HMS_SECRET
 * });
 * const appToken = tokens.generateAppToken({ roomId: '64f0c1a2b3d4e5f601234567', userId: 'user-1', role: 'guest' });
 * console.log(tokens.verifyAppToken(appToken).role); // guest
 * console.log(tokens.getManagementToken() === tokens.getManagementToken()); // true
 * ```
 */
export function createTokenBuilder<Role extends string = string>(config?: TokenBuilderConfig): TokenBuilder<Role>;
export function createTokenBuilder(config: TokenBuilderConfig = {}, ...extra: unknown[]): TokenBuilder {
  const given = readOptions(config, 'config', 'createTokenBuilder(config)', CONFIG, CONFIG_ERROR);
  const read = (field: Credential, variable: string) =>
    readCredential(Object.hasOwn(config, field), given[field], field, variable);
  const accessKey = read('accessKey', 'HMS_ACCESS_KEY');
  const key = createKey(read('secret', 'HMS_SECRET'));
  const lifetime = durationSeconds(given.expiresIn, 'expiresIn', 1, MAX_LIFETIME, CONFIG_ERROR);
  const clockSkew = durationSeconds(given.clockSkew, 'clockSkew', 0, HOUR, CONFIG_ERROR);
  rejectExtra(extra);
  const refreshMargin = Math.min(300, Math.floor(lifetime / 2));

  const validityOf = (options: Unchecked<TokenOptions>) => validityNow(options, lifetime, clockSkew);
  const managementClaims = (options: Unchecked<TokenOptions>) =>
    buildManagementClaims(accessKey, validityOf(options), jtiOf(options, randomUUID));

  // The last management token, and when it can be reused.
  let cached: { token: ManagementToken; reusable: Validity } | undefined;

  return {
    generateManagementToken(options = {}, ...extra: unknown[]) {
      const given = readOptions(options, 'options', 'generateManagementToken(options)', TOKEN_OPTIONS);
      const claims = managementClaims(given);
      rejectExtra(extra);
      return signClaims(claims, key);
    },

    generateAppToken(params, ...extra: unknown[]) {
      const given = readOptions(params, 'params', 'generateAppToken(params)', APP_TOKEN_PARAMS);
      const claims = buildAppClaims(accessKey, given, validityOf(given), jtiOf(given, randomUUID));
      rejectExtra(extra);
      return signClaims(claims, key);
    },

    getManagementToken(first?: unknown, ...extra: unknown[]) {
      rejectExtra(first === undefined ? extra : [first], 'pass them to generateManagementToken');
      if (cached === undefined || failedTime(cached.reusable, currentTime()) !== undefined) {
        const claims = managementClaims(TOKEN_OPTIONS);
        cached = { token: signClaims(claims, key), reusable: { ...claims, exp: claims.exp - refreshMargin } };
      }
      return cached.token;
    },

    verifyManagementToken: (token, options) =>
      verifyWithKey('verifyManagementToken(token, options)', token, key, options, 'management', accessKey),
    verifyAppToken: (token, options) =>
      verifyWithKey('verifyAppToken(token, options)', token, key, options, 'app', accessKey),
  };
}

/** Returns the given credential. Reads the environment only if none is given, because Deno may deny access. */
function readCredential(isSet: boolean, given: unknown, field: Credential, variable: string): string {
  if (given !== undefined) return checkCredential(given, field);
  if (isSet) throw fieldError(field, `is undefined; leave it out to use ${variable}`, CONFIG_ERROR);
  // Importing node:process would open standard input and output. Some runtimes have no `process` global.
  const { process } = globalThis as Partial<typeof globalThis>;
  const value = ownMember(process?.env ?? {}, variable);
  if (value !== undefined && value !== '') return checkCredential(value, field, variable);
  const advice = 'is the .env file loaded before this line runs? Workers need compatibility date 2025-04-01 or later';
  throw fieldError(field, `isn't set; ${advice}`, CONFIG_ERROR, variable);
}

/** Returns the times for a token created now. */
function validityNow(options: Unchecked<TokenOptions>, defaultLifetime: number, clockSkew: number): Validity {
  const now = currentTime();
  const seconds = Math.floor(now);
  const set = readTimes(options);
  const { issuedAt = Math.max(0, seconds - clockSkew), notBefore = issuedAt, lifetime = defaultLifetime } = set;
  // Backdating doesn't shorten the lifetime, which counts from now unless a start is set.
  const isBackdated = set.issuedAt === undefined && set.notBefore === undefined;
  const duration = isBackdated ? Math.min(lifetime + seconds - issuedAt, MAX_LIFETIME) : lifetime;
  return validity(issuedAt, notBefore, duration, set.notBefore === undefined ? 'issuedAt' : 'notBefore', now);
}

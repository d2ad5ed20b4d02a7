/** The builder: credentials, clock, randomness and the cached management token. All effects are here. */

import { randomUUID } from 'node:crypto';

import { type AppClaims, buildAppClaims, buildManagementClaims, type ManagementClaims } from './claims.js';
import { currentTime } from './clock.js';
import { checkCredential, CONFIG_ERROR, toKey } from './credentials.js';
import { own, refuseSurplus, takeOptions } from './input.js';
import { APP_TOKEN_PARAMS, type AppTokenParams, TOKEN_OPTIONS, type TokenOptions } from './options.js';
import { type AppToken, type ManagementToken, signWithKey } from './sign.js';
import { DEFAULT_LIFETIME, type Duration, durationSeconds, HOUR, type Validity, validity, wrongTime } from './time.js';
import { type VerifyOptions, verifyWithKey } from './verify.js';

/** What {@link createTokenBuilder} takes. */
export interface TokenBuilderConfig {
  /** The app access key. Default: `process.env.HMS_ACCESS_KEY`. */
  accessKey?: string | undefined;
  /** The app secret, as the dashboard shows it. Default: `process.env.HMS_SECRET`. */
  secret?: string | undefined;
  /** Lifetime of tokens that do not say otherwise. Default: `'24h'`. */
  expiresIn?: Duration | undefined;
  /**
   * `iat` and `nbf` are backdated by this much, `exp` is not: a server whose clock is a little ahead of 100ms's would
   * make tokens that are not valid yet. Default: `'10s'`, as in 100ms's own SDK; at most `'1h'`.
   */
  clockSkew?: Duration | undefined;
  /** `getManagementToken` renews when this much or less is left. Default: `'5m'`. */
  refreshBefore?: Duration | undefined;
}

/** Makes and verifies tokens of one 100ms app. Its methods need no `this`. */
export interface TokenBuilder<Role extends string = string> {
  /**
   * Makes a new management token. It calls the REST API with all rights of the account: never hand it to
   * a client app.
   *
   * @throws {@link TokenError} `ERR_INVALID_ARGUMENT`; `field` names the option
   */
  generateManagementToken(this: void, options?: TokenOptions): ManagementToken;

  /**
   * Makes a new app token, with which a client joins one room, as one user, in one role.
   *
   * @throws {@link TokenError} `ERR_INVALID_ARGUMENT`; `field` names the parameter
   */
  generateAppToken(this: void, params: AppTokenParams<Role>): AppToken;

  /**
   * A management token for the next call of the REST API: the one of the last time, until `refreshBefore`
   * or less of its lifetime is left or the clock was set back before its `iat`.
   */
  getManagementToken(this: void): ManagementToken;

  /**
   * Verifies a token as `verifyToken` does, and that it is a management token of this builder's access key.
   *
   * @throws {@link TokenError} as `verifyToken`
   */
  verifyManagementToken(this: void, token: string, options?: VerifyOptions): ManagementClaims;

  /**
   * Verifies a token as `verifyToken` does, and that it is an app token of this builder's access key.
   *
   * @throws {@link TokenError} as `verifyToken`
   */
  verifyAppToken(this: void, token: string, options?: VerifyOptions): AppClaims;
}

const CONFIG: Readonly<Record<keyof TokenBuilderConfig, undefined>> = {
  accessKey: undefined,
  secret: undefined,
  expiresIn: undefined,
  clockSkew: undefined,
  refreshBefore: undefined,
};

/**
 * Makes a token builder. One per process is enough; it holds the secret where nothing can print it.
 *
 * @typeParam Role - the roles of your templates, `'host' | 'guest'` say: a misspelt one does not compile
 * @param config - see {@link TokenBuilderConfig}; the environment is read now, and only for what is not given
 * @throws {@link TokenError} `ERR_INVALID_CONFIG`; `field` names the fault
 * @see https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens
 *
 * @example
 * ```ts
 * import { createTokenBuilder } from '100ms-tokens';
 *
 * const tokens = createTokenBuilder<'host' | 'guest'>({
 *   accessKey: 'your-access-key', // default: process.env.HMS_ACCESS_KEY
 *   secret: 'your-app-secret', // default: process.env.HMS_SECRET
 * });
 * const appToken = tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest', expiresIn: '1h' });
 * const managementToken = tokens.getManagementToken();
 * console.log(appToken.split('.').length); // 3
 * console.log(managementToken === tokens.getManagementToken()); // true
 * ```
 */
export function createTokenBuilder<Role extends string = string>(config?: TokenBuilderConfig): TokenBuilder<Role>;
export function createTokenBuilder(config: TokenBuilderConfig = {}, surplus?: unknown): TokenBuilder {
  refuseSurplus(surplus);
  const given = takeOptions(config, 'config', CONFIG, CONFIG_ERROR);
  const { expiresIn = DEFAULT_LIFETIME, clockSkew = '10s', refreshBefore = '5m' } = given;
  const accessKey = credential(given.accessKey, 'accessKey', 'HMS_ACCESS_KEY');
  const key = toKey(credential(given.secret, 'secret', 'HMS_SECRET'));
  const lifetime = durationSeconds(expiresIn, 'expiresIn', 1, CONFIG_ERROR);
  const skew = durationSeconds(clockSkew, 'clockSkew', 0, CONFIG_ERROR, HOUR);
  const margin = durationSeconds(refreshBefore, 'refreshBefore', 0, CONFIG_ERROR);

  const timesOf = (given: Given): Validity =>
    validity(given, lifetime, given.issuedAt === undefined ? Math.floor(currentTime()) : undefined, skew);
  const idOf = ({ jti = randomUUID() }: Given): unknown => jti;

  function makeManagementToken(options: TokenOptions) {
    const given = takeOptions(options, 'options', TOKEN_OPTIONS);
    const claims = buildManagementClaims(accessKey, timesOf(given), idOf(given));
    return { token: signWithKey(claims, key), claims };
  }

  // The last management token, and when it may be handed out again: not after `exp` less the margin, nor before its
  // `iat`, where a clock that was set back may stand.
  let cached: { token: ManagementToken; usable: Validity } | undefined;

  return {
    generateManagementToken(options = {}, surplus?: unknown) {
      refuseSurplus(surplus);
      return makeManagementToken(options).token;
    },

    generateAppToken(params, surplus?: unknown) {
      refuseSurplus(surplus);
      const given = takeOptions(params, 'params', APP_TOKEN_PARAMS);
      return signWithKey(buildAppClaims(accessKey, given, timesOf(given), idOf(given)), key);
    },

    getManagementToken(surplus?: unknown) {
      refuseSurplus(surplus, 'pass them to createTokenBuilder or generateManagementToken');
      if (cached === undefined || wrongTime(cached.usable, currentTime()) !== undefined) {
        const { token, claims } = makeManagementToken({});
        cached = { token, usable: { ...claims, exp: claims.exp - margin } };
      }
      return cached.token;
    },

    verifyManagementToken: (token, options) => verifyWithKey(token, key, { type: 'management', accessKey }, options),

    verifyAppToken: (token, options) => verifyWithKey(token, key, { type: 'app', accessKey }, options),
  };
}

type Given = Readonly<Record<keyof TokenOptions, unknown>>;

/** A builder's credential: the one given, or that of the environment, which is asked for only then. Deno may deny it. */
function credential(given: unknown, field: 'accessKey' | 'secret', variable: string): string {
  if (given !== undefined) return checkCredential(given, field);
  // The global, since importing node:process opens standard input and output. Not every runtime has it.
  const { process } = globalThis as Partial<typeof globalThis>;
  return checkCredential(own(process?.env ?? {}, variable), field, `${field} (${variable})`);
}

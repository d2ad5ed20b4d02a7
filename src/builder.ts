/** The builder: credentials, clock, randomness and the cached management token. All effects are here. */

import { randomUUID } from 'node:crypto';

import { type AppClaims, buildAppClaims, buildManagementClaims, type ManagementClaims } from './claims.js';
import { checkAccessKey, secretKey } from './credentials.js';
import { checkObject } from './input.js';
import { signJwt } from './jwt.js';
import { APP_TOKEN_PARAMS, type AppTokenParams, TOKEN_OPTIONS, type TokenOptions } from './options.js';
import { type AppToken, asAppToken, asManagementToken, type ManagementToken } from './sign.js';
import { DEFAULT_LIFETIME, type Duration, durationSeconds, isExpired, isFuture } from './time.js';
import { type VerifyOptions, verifyWithKey } from './verify.js';

/** What {@link createTokenBuilder} takes. */
export interface TokenBuilderConfig {
  /** The app access key. Default: `process.env.HMS_ACCESS_KEY`. */
  accessKey?: string | undefined;
  /** The app secret, as the dashboard shows it. Default: `process.env.HMS_SECRET`. */
  secret?: string | undefined;
  /** Lifetime of tokens that do not say otherwise. Default: `'24h'`. */
  expiresIn?: Duration | undefined;
  /** `iat` and `nbf` are backdated by this much, for servers whose clock runs ahead of 100ms's. Default: 0. */
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

const CONFIG_FAULT = 'ERR_INVALID_CONFIG';
const CONFIG_KEYS = [
  'accessKey',
  'secret',
  'expiresIn',
  'clockSkew',
  'refreshBefore',
] as const satisfies (keyof TokenBuilderConfig)[];

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
export function createTokenBuilder<Role extends string = string>(config: TokenBuilderConfig = {}): TokenBuilder<Role> {
  checkObject(config, 'config', CONFIG_KEYS, CONFIG_FAULT);
  // The global, since importing node:process opens standard input and output; not every runtime has it.
  const { process } = globalThis as Partial<typeof globalThis>;
  // Defaults are evaluated only for what is undefined: a denied environment does not matter when both are given.
  const { accessKey: givenAccessKey = process?.env.HMS_ACCESS_KEY, secret = process?.env.HMS_SECRET } = config;
  const { expiresIn: defaultLifetime = DEFAULT_LIFETIME, clockSkew = 0, refreshBefore = '5m' } = config;
  const accessKey = checkAccessKey(givenAccessKey);
  const key = secretKey(secret);
  const lifetime = durationSeconds(defaultLifetime, 'expiresIn', 1, CONFIG_FAULT);
  const skew = durationSeconds(clockSkew, 'clockSkew', 0, CONFIG_FAULT);
  const margin = durationSeconds(refreshBefore, 'refreshBefore', 0, CONFIG_FAULT);

  function complete(options: TokenOptions): TokenOptions {
    const {
      issuedAt = Math.floor(Date.now() / 1000) - skew,
      notBefore,
      expiresIn = lifetime,
      jti = randomUUID(),
    } = options;
    return { issuedAt, notBefore, expiresIn, jti };
  }

  let cached: { claims: ManagementClaims; token: ManagementToken } | undefined;

  return {
    generateManagementToken(options = {}) {
      checkObject(options, 'options', TOKEN_OPTIONS);
      return asManagementToken(signJwt(buildManagementClaims(accessKey, complete(options)), key));
    },

    generateAppToken(params) {
      checkObject(params, 'params', APP_TOKEN_PARAMS);
      return asAppToken(signJwt(buildAppClaims(accessKey, params, complete(params)), key));
    },

    getManagementToken() {
      const now = Date.now() / 1000;
      if (
        cached === undefined ||
        isFuture(cached.claims.iat, now, 0) || // the clock was set back
        isExpired(cached.claims.exp, now, -margin)
      ) {
        const claims = buildManagementClaims(accessKey, complete({}));
        cached = { claims, token: asManagementToken(signJwt(claims, key)) };
      }
      return cached.token;
    },

    verifyManagementToken(token, options) {
      return verifyWithKey(token, key, { type: 'management', accessKey }, options);
    },

    verifyAppToken(token, options) {
      return verifyWithKey(token, key, { type: 'app', accessKey }, options);
    },
  };
}

// What a user writes. types.test.js makes an ES module and a CommonJS module of this text, and emits declarations: what
// is exported without a type has one that only the compiler writes down, so it must find a name for every one.
// A line that must not compile ends with the error that it must give (or two, where TypeScript 5.1 renamed it).

import { createSecretKey, type KeyObject } from 'node:crypto';

import {
  type AppClaims,
  appClaims,
  type AppClaimsInput,
  type AppToken,
  type AppTokenParams,
  createTokenBuilder,
  type DecodedToken,
  decodeToken,
  type Duration,
  type ManagementClaims,
  managementClaims,
  type ManagementToken,
  signToken,
  type TokenBuilder,
  type TokenBuilderConfig,
  TokenError,
  type TokenErrorCode,
  type TokenOptions,
  type VerifyOptions,
  verifyToken,
} from '100ms-tokens';
import { createTokenFixtures, testCredentials, type TokenFixtures } from '100ms-tokens/testing';

type Role = 'host' | 'guest';
const JOIN = { roomId: 'room-1', userId: 'user-1' };
const lifetime: Duration = '1h';
const key: KeyObject = createSecretKey(testCredentials.secret, 'utf8');

// An undefined that is handed on means "not given", under exactOptionalPropertyTypes too.
const config: TokenBuilderConfig = { ...testCredentials, expiresIn: lifetime, clockSkew: undefined };
const options: TokenOptions = { issuedAt: 0, notBefore: undefined };
const params: AppTokenParams<Role> = { ...options, ...JOIN, role: 'host' };
const verify: VerifyOptions = { currentDate: new Date(0), clockTolerance: undefined };
const input: AppClaimsInput = { ...params, accessKey: 'key', issuedAt: new Date(0), jti: 'id' };

export const builder = createTokenBuilder(testCredentials);
export const builderWithRoles = createTokenBuilder<Role>(config);
export const { generateManagementToken, generateAppToken, getManagementToken } = builderWithRoles; // without `this`
export const { verifyManagementToken, verifyAppToken } = builderWithRoles;
export const methods = { ...builderWithRoles };

export const managementToken = getManagementToken();
export const appToken = generateAppToken(params);
export const verifiedManagement = verifyManagementToken(managementToken);
export const verifiedApp = verifyAppToken(appToken);

export const functions = { appClaims, createTokenBuilder, decodeToken, managementClaims, signToken, verifyToken };
export const claims = {
  management: managementClaims({ accessKey: 'key', issuedAt: 0, jti: 'id' }),
  app: appClaims(input),
};
export const signed = [signToken(claims.management, key), signToken(claims.app, 'secret')] as const;
export const signedOther = signToken({ any: 'object' }, 'secret');
export const verified = verifyToken(appToken, key, verify);
export const room = verified.type === 'app' ? verified.room_id : verified.access_key;
export const decoded = decodeToken(appToken);
export const { header } = decoded;

export const fixtures = createTokenFixtures({ at: new Date(0) });
export const fixtureMethods = { ...fixtures };
export const appFixture = fixtures.appToken({ role: 'host' });
export const managementFixture = fixtures.managementToken();
export const unsignedFixture = fixtures.unsignedAppToken();
export { testCredentials };

export class OurError extends TokenError {}
export const fault = new TokenError('ERR_TOKEN_EXPIRED', 'too late', 'exp');
export const { code, field } = fault;
export const isFault = (error: unknown) => error instanceof TokenError && error.code;

export const makeBuilder = (...args: Parameters<typeof createTokenBuilder>) => createTokenBuilder(...args);
export const makeFixtures = (...args: Parameters<typeof createTokenFixtures>) => createTokenFixtures(...args);
export const makeError = (...args: ConstructorParameters<typeof TokenError>) => new TokenError(...args);
export const paramsOf = (...[params]: Parameters<typeof generateAppToken>) => ({ ...params });
export const optionsOf = (...[options]: Parameters<typeof generateManagementToken>) => ({ ...options });
export const leewayOf = (...[, options]: Parameters<typeof verifyAppToken>) => options?.clockTolerance;
export const inputOf = (...[input]: Parameters<typeof appClaims>) => input;
export const keyOf = (...[, secret]: Parameters<typeof verifyToken>) => secret;
export const fixtureParamsOf = (...[params]: Parameters<typeof fixtures.appToken>) => params;
export const fixtureOptionsOf = (...[options]: Parameters<typeof fixtures.managementToken>) => options;

/** All that both entries have: of either module format the same, for any program may mix them. */
export type Everything = typeof import('100ms-tokens') & typeof import('100ms-tokens/testing');

// By their names, and both tokens as the strings that they are.
export const named: [TokenBuilder<Role>, TokenFixtures, DecodedToken] = [builderWithRoles, fixtures, decoded];
export const appTokens: AppToken[] = [appToken, appFixture, signed[1]];
export const managementTokens: ManagementToken[] = [managementToken, managementFixture, signed[0]];
export const texts: string[] = [...appTokens, ...managementTokens, signedOther, room];
export const anyClaims: (ManagementClaims | AppClaims)[] = [verified, verifiedApp, verifiedManagement];
export const whatFailed: [Error, TokenErrorCode, string | undefined] = [fault, code, field];

// One token for the other.
declare function answerClient(token: AppToken): void;
declare function callRestApi(token: ManagementToken): void;
answerClient(getManagementToken()); // TS2345
answerClient(generateManagementToken()); // TS2345
answerClient(fixtures.managementToken()); // TS2345
answerClient(fixtures.unsignedAppToken()); // TS2345
answerClient('a plain string'); // TS2345
callRestApi(generateAppToken({ ...JOIN, role: 'host' })); // TS2345
callRestApi(fixtures.appToken()); // TS2345

// What is misspelt, or of the wrong type.
generateAppToken({ ...JOIN, role: 'hots' }); // TS2322
generateAppToken({ ...JOIN, role: 'host', expiresIn: '3600' }); // TS2322
generateManagementToken({ notBefore: '2026-01-01' }); // TS2322
generateManagementToken({ jti: null }); // TS2322
generateManagementToken({ expiresin: '1h' }); // TS2345 TS2561
export const noRole: AppTokenParams = { ...JOIN }; // TS2741

// A user's program. types.test.js compiles it as an ES module and as a CommonJS module, and emits declarations. Exports
// have no explicit types, so the compiler must be able to name the types of the package. A line that must not compile
// ends with its error code (or two codes, if TypeScript 5.1 changed it).

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

// An option that is undefined is not set, with exactOptionalPropertyTypes too.
const config: TokenBuilderConfig = { ...testCredentials, expiresIn: lifetime, clockSkew: undefined };
const options: TokenOptions = { issuedAt: new Date(0), notBefore: undefined };
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
  management: managementClaims({ accessKey: 'key', issuedAt: new Date(0), jti: 'id' }),
  app: appClaims(input),
};
export const signed = [signToken(claims.management, 'secret'), signToken(claims.app, 'secret')] as const;
export const signedOther = signToken({ any: 'object' }, 'secret');
export const verified = verifyToken(appToken, 'secret', verify);
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
export const error = new TokenError('ERR_TOKEN_EXPIRED', 'too late', 'exp');
export const { code, field } = error;
export const codeOf = (thrown: unknown) => thrown instanceof TokenError && thrown.code;

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

/** Both entry points. Their types must be equal in both module formats. */
export type Everything = typeof import('100ms-tokens') & typeof import('100ms-tokens/testing');

// Explicit types. Both tokens are strings.
export const named: [TokenBuilder<Role>, TokenFixtures, DecodedToken] = [builderWithRoles, fixtures, decoded];
export const appTokens: AppToken[] = [appToken, appFixture, signed[1]];
export const managementTokens: ManagementToken[] = [managementToken, managementFixture, signed[0]];
export const texts: string[] = [...appTokens, ...managementTokens, signedOther, room];
export const anyClaims: (ManagementClaims | AppClaims)[] = [verified, verifiedApp, verifiedManagement];
export const failure: [Error, TokenErrorCode, string | undefined] = [error, code, field];

// Each token is only accepted in its place.
declare function answerClient(token: AppToken): void;
declare function callRestApi(token: ManagementToken): void;
answerClient(getManagementToken()); // TS2345
answerClient(generateManagementToken()); // TS2345
answerClient(fixtures.managementToken()); // TS2345
answerClient(fixtures.unsignedAppToken()); // TS2345
answerClient('a plain string'); // TS2345
callRestApi(generateAppToken({ ...JOIN, role: 'host' })); // TS2345
callRestApi(fixtures.appToken()); // TS2345

// Misspelled names and wrong types.
generateAppToken({ ...JOIN, role: 'hots' }); // TS2322
generateAppToken({ ...JOIN, role: 'host', expiresIn: '3600' }); // TS2322
generateAppToken({ ...JOIN, role: 'host', expiresIn: 3600 }); // TS2322
generateManagementToken({ issuedAt: 1_800_000_000 }); // TS2322
generateManagementToken({ notBefore: '2026-01-01' }); // TS2322
generateManagementToken({ jti: null }); // TS2322
generateManagementToken({ expiresin: '1h' }); // TS2345 TS2561
verifyToken(appToken, 42); // TS2345
verifyToken(appToken, new Uint8Array(32)); // TS2345
createTokenBuilder({ accessKey: 'key', secret: undefined }); // TS2379
export const noRole: AppTokenParams = { ...JOIN }; // TS2741
export const anyRole: TokenBuilder = builderWithRoles; // TS2322

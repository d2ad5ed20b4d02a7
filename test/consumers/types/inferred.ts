// A user's library: what it exports has types that only the compiler writes down, so the declarations that it emits
// must find a name for every one of them. types.test.js makes an ES module and a CommonJS module of this text.

import {
  appClaims,
  createTokenBuilder,
  decodeToken,
  managementClaims,
  signToken,
  TokenError,
  verifyToken,
} from '100ms-tokens';
import { createTokenFixtures, testCredentials } from '100ms-tokens/testing';

const TIMES = { issuedAt: 0, jti: 'id' };
const JOIN = { roomId: 'room-1', userId: 'user-1' };

export const builder = createTokenBuilder(testCredentials);
export const builderWithRoles = createTokenBuilder<'host' | 'guest'>(testCredentials);
export const { generateManagementToken, generateAppToken, getManagementToken } = builderWithRoles;
export const { verifyManagementToken, verifyAppToken } = builderWithRoles;
export const methods = { ...builderWithRoles };

export const managementToken = getManagementToken();
export const appToken = generateAppToken({ ...JOIN, role: 'host' });
export const verifiedManagement = verifyManagementToken(managementToken);
export const verifiedApp = verifyAppToken(appToken);

export const functions = { appClaims, createTokenBuilder, decodeToken, managementClaims, signToken, verifyToken };
export const claims = {
  management: managementClaims({ ...TIMES, accessKey: 'key' }),
  app: appClaims({ ...TIMES, ...JOIN, accessKey: 'key', role: 'host' }),
};
export const signed = [signToken(claims.management, 'secret'), signToken(claims.app, 'secret')] as const;
export const signedOther = signToken({}, 'secret');
export const verified = verifyToken(appToken, 'secret');
export const decoded = decodeToken(appToken);
export const { header } = decoded;

export const fixtures = createTokenFixtures();
export const fixtureMethods = { ...fixtures };
export const appFixture = fixtures.appToken();
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

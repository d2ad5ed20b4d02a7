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
const lifetime: Duration = '1h';

// An undefined that is handed on means "not given", under exactOptionalPropertyTypes too.
const config: TokenBuilderConfig = { ...testCredentials, expiresIn: lifetime, clockSkew: undefined };
const options: TokenOptions = { issuedAt: 0, notBefore: undefined };
const params: AppTokenParams<Role> = { ...options, roomId: 'room-1', userId: 'user-1', role: 'host' };
const verify: VerifyOptions = { currentDate: new Date(0), clockTolerance: undefined };

const tokens: TokenBuilder<Role> = createTokenBuilder<Role>(config);
const { generateAppToken, getManagementToken } = tokens; // methods need no `this`
const appToken: AppToken = generateAppToken(params);
const managementToken: ManagementToken = getManagementToken();
const texts: string[] = [appToken, managementToken];

const key: KeyObject = createSecretKey(testCredentials.secret, 'utf8');
const claims: ManagementClaims | AppClaims = verifyToken(appToken, key, verify);
const room: string = claims.type === 'app' ? claims.room_id : claims.access_key;
const decoded: DecodedToken = decodeToken(managementToken);

const input: AppClaimsInput = { ...params, accessKey: 'key', issuedAt: new Date(0), jti: 'id' };
const signedApp: AppToken = signToken(appClaims(input), key);
const signedManagement: ManagementToken = signToken(
  managementClaims({ accessKey: 'key', issuedAt: 0, jti: 'id' }),
  key,
);
const signedOther: string = signToken({ any: 'object' }, 'secret');

const fixtures: TokenFixtures = createTokenFixtures({ at: new Date(0) });
const appFixture: AppToken = fixtures.appToken({ role: 'host' });

try {
  tokens.verifyAppToken(appFixture);
} catch (error) {
  if (error instanceof TokenError) {
    const code: TokenErrorCode = error.code;
    const field: string | undefined = error.field;
    console.log(code, field, texts, room, decoded.claims, signedApp, signedManagement, signedOther);
  }
}

// One program of both module formats: whatever comes from the one may go where the other's is asked for.

import type {
  AppClaims,
  AppToken,
  Duration,
  ManagementClaims,
  ManagementToken,
  TokenBuilder,
  TokenError,
} from '100ms-tokens';
import type { TokenFixtures } from '100ms-tokens/testing';

import type * as cjs from './built/inferred.cjs';
import type * as esm from './built/inferred.mjs';

declare let ofCommonJs: cjs.Everything;
declare let ofEsModules: esm.Everything;
ofCommonJs = ofEsModules;
ofEsModules = ofCommonJs;

declare const main: typeof import('100ms-tokens');
declare const made: typeof cjs;
export const appToken: AppToken = made.appToken;
export const managementToken: ManagementToken = made.managementToken;
export const builder: TokenBuilder<'host' | 'guest'> = made.builderWithRoles;
export const claims: AppClaims = made.verifiedApp;
export const eitherClaims: AppClaims | ManagementClaims = made.verified;
export const fixtures: TokenFixtures = made.fixtures;
export const error: TokenError = made.fault;
export const leeway: Duration | undefined = made.leewayOf('token');
export const tokenForRest: ManagementToken = made.functions.signToken(
  main.managementClaims({ accessKey: 'key', issuedAt: 0, jti: 'id' }),
  'secret',
);

// The other way round, by what the CommonJS module's functions take.
made.inputOf({ accessKey: 'key', issuedAt: 0, jti: 'id', roomId: 'room-1', userId: 'user-1', role: 'host' });
made.functions.signToken(main.appClaims(made.inputOf({} as Parameters<typeof main.appClaims>[0])), 'secret');

// And no further: not one token for the other.
export const wrong: AppToken = made.managementToken; // TS2322

/** What compiles and what does not. */

import { expectTypeOf, it } from 'vitest';

import {
  type AppClaims,
  type AppToken,
  createTokenBuilder,
  type Duration,
  type ManagementClaims,
  type ManagementToken,
  signToken,
  type TokenBuilder,
  verifyToken,
} from '../src/index.js';

declare const tokens: TokenBuilder<'host' | 'guest'>;
declare const app: AppToken;
declare const management: ManagementToken;
declare const appClaims: AppClaims;
declare const managementClaims: ManagementClaims;
const room = { roomId: 'r', userId: 'u', role: 'host' } as const;

it('brands tokens', () => {
  expectTypeOf(tokens.generateAppToken(room)).toEqualTypeOf<AppToken>();
  expectTypeOf(tokens.generateManagementToken()).toEqualTypeOf<ManagementToken>();
  expectTypeOf(tokens.getManagementToken()).toEqualTypeOf<ManagementToken>();
  expectTypeOf(app).toExtend<string>();
  expectTypeOf(management).toExtend<string>();
  expectTypeOf(management).not.toExtend<AppToken>();
  expectTypeOf(app).not.toExtend<ManagementToken>();
  expectTypeOf<string>().not.toExtend<AppToken>();
  expectTypeOf<string>().not.toExtend<ManagementToken>();
});

it('does not take a management token for an app token', () => {
  // @ts-expect-error it must not reach a client
  const answer: AppToken = management;
  expectTypeOf(answer).toExtend<string>();
});

it('checks roles', () => {
  // @ts-expect-error a misspelt role
  tokens.generateAppToken({ ...room, role: 'gest' });
  expectTypeOf(createTokenBuilder<'host'>().generateAppToken)
    .parameter(0)
    .toHaveProperty('role')
    .toEqualTypeOf<'host'>();
  expectTypeOf(createTokenBuilder().generateAppToken).parameter(0).toHaveProperty('role').toEqualTypeOf<string>();
});

it('signs claims into their token', () => {
  expectTypeOf(signToken(appClaims, 's')).toEqualTypeOf<AppToken>();
  expectTypeOf(signToken(managementClaims, 's')).toEqualTypeOf<ManagementToken>();
  expectTypeOf(signToken({ a: 1 }, 's')).toEqualTypeOf<string>();
});

it('tells verified claims apart by type', () => {
  const claims = verifyToken('t', 's');
  if (claims.type === 'app') expectTypeOf(claims).toEqualTypeOf<AppClaims>();
  else expectTypeOf(claims).toEqualTypeOf<ManagementClaims>();
  expectTypeOf(tokens.verifyAppToken('t')).toEqualTypeOf<AppClaims>();
  expectTypeOf(tokens.verifyManagementToken('t')).toEqualTypeOf<ManagementClaims>();
});

it('has a unit in every duration that is a string', () => {
  expectTypeOf<'24h'>().toExtend<Duration>();
  expectTypeOf<60>().toExtend<Duration>();
  expectTypeOf<'3600'>().not.toExtend<Duration>();
  expectTypeOf<'1w'>().not.toExtend<Duration>();
  // @ts-expect-error a misspelt option
  tokens.generateManagementToken({ expiresin: '1h' });
});

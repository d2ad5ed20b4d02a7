/** Type errors, and the types of results. */

import { expectTypeOf, it } from 'vitest';

import { createTokenBuilder, signToken, verifyToken } from '../src/index.js';
import type { AppClaims, AppToken, Duration, ManagementClaims, ManagementToken } from '../src/index.js';
import type { TokenBuilder, VerifyOptions } from '../src/index.js';

declare const tokens: TokenBuilder<'host' | 'guest'>;
declare const appClaims: AppClaims;
declare const managementClaims: ManagementClaims;
const room = { roomId: 'r', userId: 'u', role: 'host' } as const;

it('brands tokens', () => {
  expectTypeOf(tokens.generateAppToken(room)).toEqualTypeOf<AppToken>();
  expectTypeOf(tokens.generateManagementToken()).toEqualTypeOf<ManagementToken>();
  expectTypeOf(tokens.getManagementToken()).toEqualTypeOf<ManagementToken>();
  expectTypeOf<AppToken | ManagementToken>().toExtend<string>();
  expectTypeOf<ManagementToken | string>().not.toExtend<AppToken>();
  expectTypeOf<AppToken | string>().not.toExtend<ManagementToken>();
  // @ts-expect-error clients must never receive a management token
  const answer: AppToken = tokens.getManagementToken();
  expectTypeOf(answer).toExtend<string>();
});

it('checks roles', () => {
  // @ts-expect-error the role is misspelled
  tokens.generateAppToken({ ...room, role: 'gest' });
  expectTypeOf(createTokenBuilder().generateAppToken).parameter(0).toHaveProperty('role').toEqualTypeOf<string>();
  // A function that accepts any builder could misspell the role.
  expectTypeOf<TokenBuilder<'host' | 'guest'>>().not.toExtend<TokenBuilder>();
  expectTypeOf<TokenBuilder<'host' | 'guest'>>().toExtend<TokenBuilder<'host'>>();
});

it('returns the token type of the claims', () => {
  expectTypeOf(signToken(appClaims, 's')).toEqualTypeOf<AppToken>();
  expectTypeOf(signToken(managementClaims, 's')).toEqualTypeOf<ManagementToken>();
  expectTypeOf(signToken({ a: 1 }, 's')).toEqualTypeOf<string>();
});

it('distinguishes verified claims by type', () => {
  const claims = verifyToken('t', 's');
  if (claims.type === 'app') expectTypeOf(claims).toEqualTypeOf<AppClaims>();
  else expectTypeOf(claims).toEqualTypeOf<ManagementClaims>();
  expectTypeOf(tokens.verifyAppToken('t')).toEqualTypeOf<AppClaims>();
  expectTypeOf(tokens.verifyManagementToken('t')).toEqualTypeOf<ManagementClaims>();
});

it('accepts only Dates, durations with a unit, and secrets that are strings', () => {
  expectTypeOf<'24h'>().toExtend<Duration>();
  expectTypeOf<Extract<'3600' | '1w' | 3600, Duration>>().toBeNever();
  expectTypeOf<string>().not.toExtend<Duration>();
  expectTypeOf<VerifyOptions['currentDate']>().toEqualTypeOf<Date | undefined>();
  // @ts-expect-error times and secrets aren't numbers
  tokens.generateManagementToken({ issuedAt: 1_750_000_000 });
  // @ts-expect-error a misspelled option
  tokens.generateManagementToken({ expiresin: '1h' });
  // @ts-expect-error an extra argument
  tokens.generateAppToken(room, { expiresIn: '1h' });
  // @ts-expect-error times and secrets aren't numbers
  verifyToken('t', 42);
  // @ts-expect-error no longer a secret
  signToken({}, new Uint8Array());
});

it('accepts credentials that are left out, but not undefined ones', () => {
  createTokenBuilder({ expiresIn: undefined });
  // @ts-expect-error a tenant without a secret
  createTokenBuilder({ accessKey: 'key', secret: undefined });
});

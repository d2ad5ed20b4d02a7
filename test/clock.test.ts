/** A clock that gives no time, a spy that was reset for one: nothing is made or verified by guess. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';
import { untyped } from './support/untyped.js';

const app = forge(HEADER, APP);
const management = forge(HEADER, MANAGEMENT);
const currentDate = new Date(NOW * 1000);
const setClock = (milliseconds: unknown) => vi.spyOn(Date, 'now').mockReturnValue(untyped(milliseconds));

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([undefined, null, NaN, Infinity, -Infinity, -1, '1750000000000', 'x', 1n, [], 253_402_300_800_000])(
  'where Date.now() gives %s',
  (milliseconds) => {
    const tokens = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
    const fixtures = createTokenFixtures();

    beforeEach(() => {
      setClock(NOW * 1000);
      tokens.getManagementToken();
      setClock(milliseconds);
    });

    it.each<[string, () => unknown]>([
      ['makes no management token', () => tokens.generateManagementToken()],
      ['makes no app token', () => tokens.generateAppToken({ roomId: 'r', userId: 'u', role: 'guest' })],
      ['serves no cached token', () => tokens.getManagementToken()],
      ['verifies no token', () => verifyToken(app, SECRET)],
      ['verifies no app token', () => tokens.verifyAppToken(app)],
      ['verifies no management token', () => tokens.verifyManagementToken(management, { clockTolerance: '90d' })],
      ['makes no fixture', () => fixtures.appToken()],
    ])('%s', (_title, act) => {
      expect(act).toThrowTokenError('ERR_INVALID_ARGUMENT');
    });

    it('does not ask it where the time is given', () => {
      expect(verifyToken(app, SECRET, { currentDate })).toEqual(APP);
      expect(tokens.verifyManagementToken(management, { currentDate })).toEqual(MANAGEMENT);
      const token = tokens.generateManagementToken({ issuedAt: NOW });
      expect(verifyToken(token, SECRET, { currentDate })).toMatchObject({ iat: NOW, nbf: NOW });
      expect(createTokenFixtures({ at: currentDate }).appToken()).toContain('.');
    });
  },
);

it('gives the times of tokens, up to the last of them', () => {
  setClock(253_402_300_799_000);
  expect(() => verifyToken(app, SECRET)).toThrowTokenError('ERR_TOKEN_EXPIRED', 'exp');
});

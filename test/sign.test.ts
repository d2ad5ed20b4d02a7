/** Other libraries and the 100ms client read signed tokens, which are identical to the tokens of the sample code. */

import fc from 'fast-check';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { appClaims, decodeToken, signToken } from '../src/index.js';
import { APP, at, SECRET } from './support/forge.js';
import { anyCharacter } from './support/text.js';
import { samples } from './support/vectors.js';

const payloadOf = (token: string) => token.split('.')[1] ?? '';

/** Returns the token that the 100ms sample code creates for the same claims. */
const sampleToken = (claims: object, secret = SECRET) =>
  jsonwebtoken.sign(claims, secret, { algorithm: 'HS256', noTimestamp: !('iat' in claims) });

/** Returns the claims as the 100ms web client reads them. */
const clientClaims = (token: string) => JSON.parse(atob(payloadOf(token))) as unknown;

// For claims that can't be written, see jwt.test.ts. For secrets, see credentials.test.ts.
describe('signToken', () => {
  it('returns the same bytes as jsonwebtoken for claims that don’t need escaping', () => {
    const text = fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) });
    const special = fc.string({ unit: fc.constantFrom('>', '?', '~', '\x7f', 'a', 'b'), maxLength: 4 });
    fc.assert(
      fc.property(text, special, (room_id, user_id) => {
        const claims = { ...APP, room_id, user_id };
        const theirs = sampleToken(claims);
        fc.pre(!/[-_]/.test(payloadOf(theirs)));
        expect(signToken(claims, SECRET)).toBe(theirs);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('fixes what the client misreads in tokens of the sample code: José, and names with ~', () => {
    expect(clientClaims(sampleToken({ user_id: 'José' }))).toMatchObject({ user_id: 'JosÃ©' });
    expect(() => clientClaims(sampleToken({ user_id: 'a~b~c~' }))).toThrow(
      expect.objectContaining({ name: 'InvalidCharacterError' }),
    );
    expect(clientClaims(signToken({ user_id: 'José a~b~c~' }, SECRET))).toEqual({ user_id: 'José a~b~c~' });
  });

  it('returns tokens that the 100ms client, jsonwebtoken and decodeToken read in the same way, with any user ID', () => {
    const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, (userId) => {
        const isMistake = /\p{Cs}|\$\{|^<.*>$|^\{\{/u.test(userId);
        fc.pre(!isMistake && userId.replace(/[\s\p{C}\p{DI}\u2800]/gu, '') !== '');
        const room = { roomId: 'room-1', userId, role: 'guest' };
        const claims = appClaims({ accessKey: 'key', issuedAt: at, jti: 'jti', ...room });
        const token = signToken(claims, SECRET);
        expect(clientClaims(token)).toEqual(claims);
        expect(clientClaims(token)).toMatchObject({ user_id: userId });
        expect(decodeToken(token).claims).toEqual(claims);
        expect(jsonwebtoken.verify(token, SECRET, { ignoreExpiration: true })).toEqual(claims);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('signs the claims of every sample so that its library reads the same, and often to the byte', () => {
    const same = samples.filter(({ claims, secret, token: theirs }) => {
      const token = signToken(claims, secret);
      expect(decodeToken(token).claims).toEqual(claims);
      expect(jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], ignoreExpiration: true })).toEqual(claims);
      return token === theirs;
    });
    expect(same.map(({ library, kind }) => `${library.split(' ')[0] ?? ''} ${kind}`)).toEqual(
      expect.arrayContaining(['jsonwebtoken management', 'jsonwebtoken app', 'PyJWT app', 'golang-jwt app']),
    );
  });
});

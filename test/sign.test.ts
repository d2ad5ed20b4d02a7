/** Signed tokens, as every other library reads them, and byte for byte as the 100ms sample makes them. */

import { createHmac, createSecretKey } from 'node:crypto';

import fc from 'fast-check';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { appClaims, decodeToken, signToken } from '../src/index.js';
import { signWithKey } from '../src/sign.js';
import { APP, SECRET } from './support/forge.js';
import { anyCharacter } from './support/text.js';
import { samples } from './support/vectors.js';

const payloadOf = (token: string) => token.split('.')[1] ?? '';

/** What the 100ms sample makes of the same claims. */
const sampleToken = (claims: object, secret = SECRET) =>
  jsonwebtoken.sign(claims, secret, { algorithm: 'HS256', noTimestamp: !('iat' in claims) });

/** What the 100ms web client reads in a token. */
const clientClaims = (token: string) => JSON.parse(atob(payloadOf(token))) as unknown;

// What claims can be written and what a secret is: see jwt and credentials.
describe('signToken', () => {
  it('takes the UTF-8 bytes of the secret as the key, and does not base64-decode them', () => {
    for (const secret of ['c2VjcmV0', 'sécret-🔑', 'a secret with spaces', 'x', '<', 'a<b>']) {
      const token = signToken(APP, secret);
      const end = token.lastIndexOf('.');
      const mac = createHmac('sha256', Buffer.from(secret)).update(token.slice(0, end)).digest('base64url');
      expect(token.slice(end + 1)).toBe(mac);
      const key = createSecretKey(Buffer.from(secret));
      expect([signToken(APP, key), signWithKey(APP, key)]).toEqual([token, token]);
    }
  });

  it('is byte for byte jsonwebtoken for claims that need no client-safe encoding', () => {
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

  it('is what the sample lacks: José turns into JosÃ©, and a name with ~ stops the client', () => {
    expect(clientClaims(sampleToken({ user_id: 'José' }))).toMatchObject({ user_id: 'JosÃ©' });
    expect(() => clientClaims(sampleToken({ user_id: 'a~b~c~' }))).toThrow(
      expect.objectContaining({ name: 'InvalidCharacterError' }),
    );
    expect(clientClaims(signToken({ user_id: 'José a~b~c~' }, SECRET))).toEqual({ user_id: 'José a~b~c~' });
  });

  it('says the same to the 100ms client, to jsonwebtoken and to decodeToken, whatever the names are', () => {
    const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }));
    const name = text.filter((value) => value.trim() !== '' && !value.trimStart().startsWith('<'));
    fc.assert(
      fc.property(name, name, name, (roomId, userId, role) => {
        const claims = appClaims({ accessKey: 'key', issuedAt: 1_750_000_000, jti: 'jti', roomId, userId, role });
        const token = signToken(claims, SECRET);
        expect(clientClaims(token)).toEqual(claims);
        expect(clientClaims(token)).toMatchObject({ room_id: roomId, user_id: userId, role });
        expect(decodeToken(token).claims).toEqual(claims);
        expect(jsonwebtoken.verify(token, SECRET, { ignoreExpiration: true })).toEqual(claims);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each(samples.map((sample) => [`${sample.library} ${sample.kind} ${sample.claims.jti}`, sample] as const))(
    'signs the claims of %s so that its library reads the same',
    (_, { claims, secret, token: theirs }) => {
      const token = signToken(claims, secret);
      expect(decodeToken(token).claims).toEqual(claims);
      expect(jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], ignoreExpiration: true })).toEqual(claims);
      // Identical wherever theirs has our header, writes JSON as JavaScript does, and needs none of our escapes.
      const json = Buffer.from(payloadOf(theirs), 'base64url').toString();
      const isPlain = json === JSON.stringify(claims) && /^[\0-\x7f]*$/.test(json) && !/[-_]/.test(payloadOf(theirs));
      if (isPlain && theirs.startsWith(token.slice(0, token.indexOf('.')))) expect(token).toBe(theirs);
    },
  );

  it('reproduces samples of four libraries to the byte', () => {
    const same = samples.filter(({ claims, secret, token }) => signToken(claims, secret) === token);
    expect(same.map(({ library, kind }) => `${library.split(' ')[0] ?? ''} ${kind}`)).toEqual(
      expect.arrayContaining(['jsonwebtoken management', 'jsonwebtoken app', 'PyJWT app', 'golang-jwt app']),
    );
  });
});

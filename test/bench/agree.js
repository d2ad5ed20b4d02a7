/** Before anything is measured: does every contender make, and accept, the same tokens? */

import assert from 'node:assert/strict';

import { createTokenBuilder } from '100ms-tokens';

import { accessKey, asciiUserId, lifetime, nonAsciiUserId, role, roomId, secret } from './subject.js';

const { verifyAppToken, verifyManagementToken } = createTokenBuilder({ accessKey, secret });

/**
 * Throws unless this package, and all that verify, take the tokens of all that make them, with the same claims.
 *
 * @param {import('./contenders.js').Contender[]} contenders
 */
export async function checkAgreement(contenders) {
  for (const { name, mintApp, mintManagement } of contenders) {
    for (const userId of [asciiUserId, nonAsciiUserId]) {
      const token = await mintApp(userId);
      const claims = verifyAppToken(token);
      checkClaims(claims, { room_id: roomId, user_id: userId, role, type: 'app' }, name);
      for (const { name: verifier, verify } of contenders) {
        if (verify) assert.deepEqual(await verify(token), claims, `${verifier} on a token of ${name}`);
      }
    }
    checkClaims(verifyManagementToken(await mintManagement()), { type: 'management' }, name);
  }
}

/**
 * @param {import('100ms-tokens').AppClaims | import('100ms-tokens').ManagementClaims} claims
 * @param {object} expected what is the same in every token of its kind, but for what both kinds have
 * @param {string} name the contender's
 */
function checkClaims({ iat, nbf, exp, jti, ...claims }, expected, name) {
  assert.deepEqual(claims, { access_key: accessKey, version: 2, ...expected }, name);
  assert.ok(nbf === iat && Math.abs(Date.now() / 1000 - iat) < 60, `${name}: iat and nbf`);
  assert.ok(Math.abs(exp - nbf - lifetime) <= 10, `${name}: lifetime`); // some backdate nbf by 10 s, but not exp
  assert.match(jti, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, `${name}: jti`);
}

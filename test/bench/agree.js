/** Before anything is measured: does every contender make, and accept, the same tokens? */

import assert from 'node:assert/strict';

import { accessKey, asciiUserId, lifetime, nonAsciiUserId, role, roomId } from './subject.js';

/** Throws unless this package and all that verify take the tokens of all that make them, with the same claims. */
export async function checkAgreement(contenders) {
  const [{ verify }] = contenders;
  const verifiers = contenders.filter((contender) => contender.verify !== undefined && !contender.floor);
  for (const { name, mintApp, mintManagement } of contenders) {
    for (const userId of [asciiUserId, nonAsciiUserId]) {
      const token = await mintApp(userId);
      const claims = verify(token);
      checkClaims(
        claims,
        { access_key: accessKey, room_id: roomId, user_id: userId, role, type: 'app', version: 2 },
        name,
      );
      for (const verifier of verifiers) {
        assert.deepEqual({ ...(await verifier.verify(token)) }, claims, `${verifier.name} on a token of ${name}`);
      }
    }
    const [, payload] = (await mintManagement()).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    checkClaims(claims, { access_key: accessKey, type: 'management', version: 2 }, name);
  }
}

function checkClaims({ iat, nbf, exp, jti, ...claims }, expected, name) {
  assert.deepEqual(claims, expected, name);
  assert.equal(exp - nbf, lifetime, `${name}: lifetime`);
  assert.ok(nbf === iat && Math.abs(Date.now() / 1000 - iat) < 60, `${name}: iat and nbf`); // the SDK backdates by 10 s
  assert.match(jti, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, `${name}: jti`);
}

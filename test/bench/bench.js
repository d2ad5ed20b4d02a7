/**
 * Measures how fast and how small this package is, compared with other libraries and with the primitives by hand.
 *
 *     npm run bench                 prints the table
 *     npm run bench -- --quick      takes less time and is less exact
 *     npm run bench -- --update     also writes the table to README.md in this folder
 *
 * For another version of Node.js, run this file with it.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { createTokenBuilder } from '100ms-tokens';

import { CONTENDERS } from './contenders.js';
import { measure } from './measure.js';
import { formatSection, replaceSection } from './section.js';
import { accessKey, asciiUserId, lifetime, nonAsciiUserId, role, roomId, secret } from './subject.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, update: { type: 'boolean' } } });
const effort = values.quick ? { rounds: 5, processes: 7 } : { rounds: 31, processes: 61 };

await checkAgreement();
const results = {
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.version },
  ...(await measure(CONTENDERS, effort)),
};
console.log(formatSection(results));

if (values.update) {
  const readme = new URL('README.md', import.meta.url);
  writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), results));
}

/** Throws unless every contender creates valid tokens, and every verifier reads the same claims in them. */
async function checkAgreement() {
  const { verifyAppToken } = createTokenBuilder({ accessKey, secret });
  for (const { name, createToken } of CONTENDERS) {
    for (const userId of [asciiUserId, nonAsciiUserId]) {
      const token = await createToken(userId);
      const claims = verifyAppToken(token);
      assert.deepEqual([claims.room_id, claims.user_id, claims.role], [roomId, userId, role], name);
      const { iat, nbf, exp, jti } = claims;
      assert.ok(nbf === iat && Math.abs(Date.now() / 1000 - iat) < 60, `${name}: iat and nbf`);
      assert.ok(Math.abs(exp - nbf - lifetime) <= 10, `${name}: lifetime`); // some backdate nbf by 10 s, but not exp
      assert.match(jti, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, `${name}: jti`);
      for (const { name: verifier, verify } of CONTENDERS) {
        if (verify) assert.deepEqual(await verify(token), claims, `${verifier}, token created by ${name}`);
      }
    }
  }
}

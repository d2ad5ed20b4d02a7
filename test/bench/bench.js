/**
 * How fast and how small: this package against its rivals and against what the platform itself takes.
 *
 *     npm run bench                 prints the performance section of README.md
 *     npm run bench -- --quick      the same in a short time, less exact
 *     npm run bench -- --update     also writes it there
 *
 * To measure under another Node.js, run this file with it.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { createTokenBuilder } from '100ms-tokens';

import { CONTENDERS } from './contenders.js';
import { measureColdStart, measureSizes, measureSpeed } from './measure.js';
import { formatSection, replaceSection } from './section.js';
import { accessKey, asciiUserId, lifetime, nonAsciiUserId, role, roomId, secret } from './subject.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, update: { type: 'boolean' } } });
const { rounds, imports, processes } = values.quick
  ? { rounds: 5, imports: 15, processes: 7 }
  : { rounds: 31, imports: 151, processes: 61 };

await checkAgreement();
const results = {
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.version },
  ...(await measureSpeed(CONTENDERS, rounds)),
  ...(await measureColdStart(CONTENDERS, imports, processes)),
  ...(await measureSizes(CONTENDERS)),
};
console.log(formatSection(results));

if (values.update) {
  const readme = new URL('../../README.md', import.meta.url);
  writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), results));
}

/** Throws unless this package, and all that verify, take the tokens of all that make them, with the same claims. */
async function checkAgreement() {
  const { verifyAppToken, verifyManagementToken } = createTokenBuilder({ accessKey, secret });
  for (const { name, mintApp, mintManagement } of CONTENDERS) {
    const management = verifyManagementToken(await mintManagement());
    for (const userId of [asciiUserId, nonAsciiUserId]) {
      const token = await mintApp(userId);
      const claims = verifyAppToken(token);
      assert.deepEqual([claims.room_id, claims.user_id, claims.role], [roomId, userId, role], name);
      for (const { iat, nbf, exp, jti } of [claims, management]) {
        assert.ok(nbf === iat && Math.abs(Date.now() / 1000 - iat) < 60, `${name}: iat and nbf`);
        assert.ok(Math.abs(exp - nbf - lifetime) <= 10, `${name}: lifetime`); // some backdate nbf by 10 s, but not exp
        assert.match(jti, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, `${name}: jti`);
      }
      for (const { name: verifier, verify } of CONTENDERS) {
        if (verify) assert.deepEqual(await verify(token), claims, `${verifier} on a token of ${name}`);
      }
    }
  }
}

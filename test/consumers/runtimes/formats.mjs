// Each module format has its own TokenError class, and recognizes the errors of the other.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import * as main from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

const require = createRequire(import.meta.url);
const cjsMain = require('100ms-tokens');
const cjsTesting = require('100ms-tokens/testing');

const failures = {
  'index.js': () => main.decodeToken('x'),
  'index.cjs': () => cjsMain.decodeToken('x'),
  'testing.js': () => testing.createTokenFixtures({ secret: '' }),
  'testing.cjs': () => cjsTesting.createTokenFixtures({ secret: '' }),
};
const lookAlike = Object.assign(new Error(), { name: 'TokenError', code: 'ERR_TOKEN_MALFORMED' });

for (const [format, { TokenError }] of Object.entries({ esm: main, cjs: cjsMain })) {
  assert.equal(TokenError.name, 'TokenError');
  for (const other of [lookAlike, new Error(), null, {}]) assert.ok(!(other instanceof TokenError));
  for (const [file, fail] of Object.entries(failures)) {
    assert.throws(fail, (error) => error instanceof TokenError && error.name === 'TokenError', `${format}, ${file}`);
  }
}

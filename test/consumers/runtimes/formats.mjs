// Both module formats in one process: each has a class of its own, and either must know the other's errors.
import { createRequire } from 'node:module';

import * as main from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

const require = createRequire(import.meta.url);
const cjsMain = require('100ms-tokens');
const cjsTesting = require('100ms-tokens/testing');

/** @param {() => unknown} action */
function thrownBy(action) {
  try {
    action();
  } catch (error) {
    return /** @type {import('100ms-tokens').TokenError} */ (error);
  }
  throw new Error('nothing was thrown');
}

const errors = {
  'index.js': thrownBy(() => main.decodeToken('x')),
  'index.cjs': thrownBy(() => cjsMain.decodeToken('x')),
  'testing.js': thrownBy(() => testing.createTokenFixtures({ secret: '' })),
  'testing.cjs': thrownBy(() => cjsTesting.createTokenFixtures({ secret: '' })),
};
const { code, message } = errors['index.js'];
const lookAlike = Object.assign(new Error(message), { name: 'TokenError', code });

/**
 * Whether both classes say so; if they disagree, what each says.
 *
 * @param {Error} error
 */
function isTokenError(error) {
  const [esm, cjs] = [main.TokenError, cjsMain.TokenError].map((type) => error instanceof type);
  return esm === cjs ? esm : { esm, cjs };
}

console.log(
  JSON.stringify({
    names: Object.fromEntries(
      Object.entries({ esm: main, cjs: cjsMain }).map(([format, { TokenError }]) => [
        format,
        [TokenError.name, new TokenError('ERR_TOKEN_EXPIRED', 'late').name],
      ]),
    ),
    isTokenError: Object.fromEntries(
      Object.entries({ ...errors, 'a look-alike': lookAlike }).map(([name, error]) => [name, isTokenError(error)]),
    ),
  }),
);

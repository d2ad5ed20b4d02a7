/**
 * The libraries to compare, each the way that is fastest for its users, and the primitives by hand. The other libraries
 * have their own package.json, so installing or testing this package doesn't download them.
 */

import * as own from './contenders/100ms-tokens.js';
import * as byHand from './contenders/by-hand.js';
import * as sample from './contenders/rivals/100ms-sample.js';
import * as fastJwt from './contenders/rivals/fast-jwt.js';
import * as jose from './contenders/rivals/jose.js';
import * as jsonwebtoken from './contenders/rivals/jsonwebtoken.js';
import * as sdk from './contenders/rivals/server-sdk.js';

/**
 * @typedef {object} Contender
 * @property {string} name as in the table
 * @property {string} file under `contenders/`: exports the functions below, and nothing else
 * @property {string[]} [packages] folders of the packages that a user installs
 * @property {(userId: string) => string | Promise<string>} createToken
 * @property {(token: string) => unknown} [verify]
 */

/** @type {Contender[]} the first is the reference */
export const CONTENDERS = [
  { name: '100ms-tokens', file: '100ms-tokens.js', packages: ['../..'], ...own },
  { name: 'by hand', file: 'by-hand.js', ...byHand },
  { name: 'fast-jwt', file: 'rivals/fast-jwt.js', packages: rivals('fast-jwt'), ...fastJwt },
  {
    name: 'jsonwebtoken, KeyObject',
    file: 'rivals/jsonwebtoken.js',
    packages: rivals('jsonwebtoken'),
    ...jsonwebtoken,
  },
  { name: 'jose', file: 'rivals/jose.js', packages: rivals('jose'), ...jose },
  { name: '100ms sample code', file: 'rivals/100ms-sample.js', packages: rivals('jsonwebtoken', 'uuid4'), ...sample },
  { name: '100ms server SDK', file: 'rivals/server-sdk.js', packages: rivals('@100mslive/server-sdk'), ...sdk },
];

/** @param {string[]} names */
function rivals(...names) {
  return names.map((name) => `contenders/rivals/node_modules/${name}`);
}

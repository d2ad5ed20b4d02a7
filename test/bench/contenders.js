/**
 * Who is measured: this package, its rivals at their best, and what it costs by hand. Only the rivals lie in a package of
 * their own: no one who installs or tests this one downloads them, and out here its own name leads to what was built.
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
 * @property {string} name as tables show it
 * @property {string} file under `contenders/`: makes and verifies tokens, and nothing else
 * @property {string[]} packages the folders of what a user installs; none where there is nothing to install
 * @property {(userId: string) => string | Promise<string>} mintApp
 * @property {() => string | Promise<string>} mintManagement
 * @property {() => string | Promise<string>} [cachedManagement]
 * @property {(token: string) => unknown} [verify]
 */

/** @type {Contender[]} this package first: the others are measured by it */
export const CONTENDERS = [
  { name: '100ms-tokens', file: '100ms-tokens.js', packages: ['../..'], ...own },
  { name: 'fast-jwt', file: 'rivals/fast-jwt.js', packages: rivals('fast-jwt'), ...fastJwt },
  { name: 'jsonwebtoken', file: 'rivals/jsonwebtoken.js', packages: rivals('jsonwebtoken'), ...jsonwebtoken },
  { name: 'jose', file: 'rivals/jose.js', packages: rivals('jose'), ...jose },
  { name: '100ms sample', file: 'rivals/100ms-sample.js', packages: rivals('jsonwebtoken', 'uuid4'), ...sample },
  { name: '100ms server-sdk', file: 'rivals/server-sdk.js', packages: rivals('@100mslive/server-sdk'), ...sdk },
  { name: 'by hand', file: 'by-hand.js', packages: [], ...byHand },
];

/** @param {string[]} names */
function rivals(...names) {
  return names.map((name) => `contenders/rivals/node_modules/${name}`);
}

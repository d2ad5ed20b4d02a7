/**
 * Who is measured: this package, its rivals at their best, and what it costs by hand. Only the rivals lie in a package of
 * their own: no one who installs or tests this one downloads them, and out here its own name leads to what was built.
 */

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

/** @type {[name: string, file: string, ...packages: string[]][]} this package first: the others are measured by it */
const TABLE = [
  ['100ms-tokens', '100ms-tokens.js', '../..'],
  ['fast-jwt', 'rivals/fast-jwt.js', rival('fast-jwt')],
  ['jsonwebtoken', 'rivals/jsonwebtoken.js', rival('jsonwebtoken')],
  ['jose', 'rivals/jose.js', rival('jose')],
  ['100ms sample', 'rivals/100ms-sample.js', rival('jsonwebtoken'), rival('uuid4')],
  ['100ms server-sdk', 'rivals/server-sdk.js', rival('@100mslive/server-sdk')],
  ['by hand', 'by-hand.js'],
];

/** @param {string} name */
function rival(name) {
  return `contenders/rivals/node_modules/${name}`;
}

/** @type {Contender[]} */
export const CONTENDERS = await Promise.all(
  TABLE.map(async ([name, file, ...packages]) => ({ name, file, packages, ...(await import(`./contenders/${file}`)) })),
);

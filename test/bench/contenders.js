/** Who is measured: this package, its rivals at their best, and two floors. `contenders/` has one file of each. */

/**
 * @typedef {object} Contender
 * @property {string} name as tables show it
 * @property {string} file what makes and verifies the tokens, and nothing else
 * @property {string[]} packages what a user of it installs
 * @property {boolean} [floor] not a library: what the platform's own functions take
 */

/** @type {Contender[]} this package first: it is the measure of the others */
export const CONTENDERS = [
  { name: '100ms-tokens', file: '100ms-tokens.js', packages: ['100ms-tokens'] },
  { name: 'fast-jwt', file: 'fast-jwt.js', packages: ['fast-jwt'] },
  { name: 'jsonwebtoken', file: 'jsonwebtoken.js', packages: ['jsonwebtoken'] },
  { name: 'jose', file: 'jose.js', packages: ['jose'] },
  { name: '100ms sample', file: '100ms-sample.js', packages: ['jsonwebtoken', 'uuid4'] },
  { name: '100ms server-sdk', file: 'server-sdk.js', packages: ['@100mslive/server-sdk'] },
  { name: 'by hand', file: 'by-hand.js', packages: [], floor: true },
  { name: 'HMAC alone', file: 'hmac.js', packages: [], floor: true },
];

/** Imports the functions of every contender: `mintApp`, `mintManagement` and, where it has them, `verify` and `cachedManagement`. */
export async function loadContenders() {
  return Promise.all(
    CONTENDERS.map(async (contender) => ({ ...contender, ...(await import(`./contenders/${contender.file}`)) })),
  );
}

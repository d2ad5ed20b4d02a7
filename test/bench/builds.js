/**
 * Compares two builds of this package in alternating batches within one process: separate processes differ by 10 % on a
 * shared machine, but a build compared with itself reads 0.98 to 1.02 here.
 *
 *     node test/bench/builds.js OLD [NEW]    clones with a dist/ folder; NEW defaults to this clone
 */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

import { compare, timeOf } from './compare.js';
import { timeOfProcess } from './measure.js';
import { accessKey, appClaims, asciiUserId, nonAsciiUserId, role, roomId, secret } from './subject.js';

/** @typedef {typeof import('100ms-tokens')} Library */

const [old, current = '.'] = parseArgs({ allowPositionals: true }).positionals;
if (old === undefined) throw new Error('name the folder of the old build: node test/bench/builds.js OLD [NEW]');
// The query makes Node.js load a build twice if it's compared with itself.
const [oldUrl = '', newUrl = ''] = [old, current].map(
  (clone, index) => `${pathToFileURL(path.resolve(clone, 'dist/index.js')).href}?${String(index)}`,
);

/** @type {(url: string) => Promise<Library>} */
const load = (url) => import(url);
const [before, after] = [callsOf(await load(oldUrl)), callsOf(await load(newUrl))];
const ROUNDS = 101;

for (const [name, call] of Object.entries(before)) {
  print(name, await compare({ old: call, new: after[name] ?? call }, timeOf, ROUNDS));
}
const importing = (/** @type {string} */ url) => timeOfProcess(`import '${url}';`);
print('import', await compare({ old: oldUrl, new: newUrl }, importing, ROUNDS));

/**
 * Returns the calls to compare. They pass no numbers and no KeyObject, so the second edition of the API has them too.
 *
 * @param {Library} library
 * @returns {Record<string, () => unknown>}
 */
function callsOf({ createTokenBuilder, signToken, verifyToken }) {
  const tokens = createTokenBuilder({ accessKey, secret });
  const claims = { ...appClaims(asciiUserId), type: /** @type {const} */ ('app'), version: /** @type {const} */ (2) };
  const token = tokens.generateAppToken({ roomId, userId: asciiUserId, role });
  return {
    generateAppToken: () => tokens.generateAppToken({ roomId, userId: asciiUserId, role }),
    'generateAppToken, “José”': () => tokens.generateAppToken({ roomId, userId: nonAsciiUserId, role }),
    generateManagementToken: () => tokens.generateManagementToken(),
    getManagementToken: () => tokens.getManagementToken(),
    verifyAppToken: () => tokens.verifyAppToken(token),
    verifyToken: () => verifyToken(token, secret),
    signToken: () => signToken(claims, secret),
  };
}

/** @param {string} name @param {import('./compare.js').Comparison} comparison */
function print(name, { old, new: current }) {
  const [from, to] = [old, current].map((measured) => ((measured?.value ?? NaN) / 1000).toFixed(2));
  console.log(`${name.padEnd(24)} ${(current?.ratio ?? NaN).toFixed(3)}  (${String(from)} → ${String(to)} µs)`);
}

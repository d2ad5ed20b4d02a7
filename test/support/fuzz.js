/**
 * Fuzzing of the verifier: mutations of good tokens, tokens signed over mutated contents, and garbage.
 * The verdict on each is compared with that of a second verifier, below, which shares no code and no
 * way of going about it with the package's: it knows the form by expressions and by the Encoding Standard.
 */

import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { TextDecoder } from 'node:util';

import * as forged from './forge.js';
import { ACCESS_KEY, base64url, forge, NOW, SECRET, signed } from './forge.js';

/** @typedef {(token: string, options: { currentDate: Date }) => unknown} Verify */

/** @typedef {{ verifyAppToken: Verify, verifyManagementToken: Verify }} Builder */

/**
 * The package, from its source or built.
 *
 * @typedef {object} Subject
 * @property {(config: { accessKey: string, secret: string }) => Builder} createTokenBuilder
 * @property {(token: string) => unknown} decodeToken
 * @property {(token: string, secret: string, options: { currentDate: Date }) => unknown} verifyToken
 * @property {new (...parameters: never[]) => Error & { code: string }} TokenError
 */

/** @typedef {() => number} Random from 0 up to 1 */
/** @typedef {[token: unknown, origin: 'mutated' | 'signed' | 'garbage']} Candidate */

/**
 * @typedef {object} Failure
 * @property {number} seed
 * @property {number} run
 * @property {string} entry
 * @property {unknown} token
 * @property {string} got
 * @property {string} expected
 */

/**
 * @typedef {object} Report
 * @property {number} runs
 * @property {number} seed
 * @property {Map<string, number>} verdicts how often each code was thrown, and how often a token was taken
 * @property {number} milliseconds
 * @property {Failure | undefined} failure the first one, at which it stops
 */

export const DOCUMENTED = [
  'ERR_TOKEN_MALFORMED',
  'ERR_TOKEN_ALGORITHM',
  'ERR_TOKEN_SIGNATURE',
  'ERR_TOKEN_CLAIMS',
  'ERR_TOKEN_NOT_ACTIVE',
  'ERR_TOKEN_EXPIRED',
];

const APP = { ...forged.APP, user_id: 'José, 用户, 🙂', role: 'who?>~' };
const HEADERS = ['{"alg":"HS256","typ":"JWT"}', '{"alg":"HS256"}', ' {"typ" : "JWT" , "alg" : "HS256"}'];
const CLAIMS = [APP, forged.MANAGEMENT].map((claims) => JSON.stringify(claims));

const GOOD = HEADERS.flatMap((header) => CLAIMS.map((claims) => forge(header, claims)));
export const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
export const ODD = [
  ...['.', '..', '=', '==', '+', '/', ' ', '\n', '\r\n', '\t', '\0'],
  ...['\u{feff}', '\u{141}', '\ud800', 'Bearer '],
];

// JSON, to put in the place of a value, of a name, and anywhere.
const VALUES = [
  ...['null', 'true', '0', '-0', '-1', '1', '2', '2.0', '20e-1', '1e400', '1e308', '0.5', '[]', '{}', '["HS256"]'],
  ...['"2"', '""', '" "', '"HS256"', '"none"', '"hs256"', '"HS256 "', '"app"', '"management"', '"App"', '"\\ud800"'],
  ...[`"${String(NOW)}"`, `[${String(NOW)}]`],
];
const TIME_VALUES = [0, NOW - 1, NOW - 0.5, NOW, NOW + 0.5, NOW + 1, NOW * 1000].map(String);
const NAMES = ['alg', 'Alg', 'crit', 'typ', 'type', 'exp', 'iat', 'version', '__proto__', '', 'toString'];
const SHREDS = [' ', '\n', ',', ':', '"', '{', '}', '[', ']', '\\', '\0', '//', '\u{feff}', 'é', 'NaN', '"crit":[],'];

/** @type {unknown[]} */
const NO_STRINGS = [undefined, null, 0, true, 1n, Symbol('token'), {}, GOOD, [GOOD[0]], Object(GOOD[0]), () => GOOD[0]];

/**
 * Marsaglia's xorshift of 32 bits: small, and the same everywhere.
 *
 * @param {number} seed
 * @returns {Random}
 */
function xorshift(seed) {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * @param {Random} random
 * @param {number} count
 * @returns {number} from 0 up to count - 1
 */
function below(random, count) {
  return Math.floor(random() * count);
}

/**
 * @template T
 * @param {Random} random
 * @param {readonly [T, ...T[]] | readonly T[]} choices not empty
 * @returns {T}
 */
function pick(random, choices) {
  return /** @type {T} */ (choices[below(random, choices.length)]);
}

/**
 * @param {Random} random
 * @param {number} longest
 * @returns {Buffer}
 */
function bytes(random, longest) {
  return Buffer.from(Array.from({ length: below(random, longest + 1) }, () => below(random, 256)));
}

/** @type {((text: string, random: Random) => string)[]} */
const EDITS = [
  (text, random) => put(text, random, 1, pick(random, ALPHABET)),
  (text, random) => put(text, random, 0, pick(random, ALPHABET)),
  (text, random) => put(text, random, 1, String.fromCharCode(below(random, 0x180))),
  (text, random) => put(text, random, below(random, 2), pick(random, ODD)),
  (text, random) => put(text, random, 1 + below(random, 8), ''),
  (text, random) => put(text, random, 0, text.slice(below(random, text.length + 1)).slice(0, 8)),
  (text, random) => text.slice(0, below(random, text.length + 1)),
  (text, random) => text.slice(below(random, text.length + 1)),
  (text, random) => text + pick(random, random() < 0.5 ? ALPHABET : ODD),
  (text, random) => pick(random, ODD) + text,
  (text, random) => flipCase(text, below(random, text.length + 1)),
  (text, random) => swapPart(text, pick(random, GOOD), below(random, 3)),
  (text, random) => swapPart(text, text, below(random, 3), below(random, 3)),
  (text, random) => flipBit(text, below(random, 3), random),
  (text, random) => flipBit(text, below(random, 3), random),
];

/**
 * @param {string} text
 * @param {Random} random
 * @param {number} removed
 * @param {string} added
 */
function put(text, random, removed, added) {
  const at = below(random, text.length + 1);
  return text.slice(0, at) + added + text.slice(at + removed);
}

/**
 * @param {string} text
 * @param {number} at
 */
function flipCase(text, at) {
  const character = text.charAt(at);
  const upper = character.toUpperCase();
  return text.slice(0, at) + (upper === character ? character.toLowerCase() : upper) + text.slice(at + 1);
}

/**
 * @param {string} text
 * @param {string} other
 * @param {number} index
 * @param {number} [from]
 */
function swapPart(text, other, index, from = index) {
  const parts = text.split('.');
  parts[index] = other.split('.')[from] ?? '';
  return parts.join('.');
}

/**
 * @param {string} text
 * @param {number} index of a part
 * @param {Random} random
 */
function flipBit(text, index, random) {
  const part = Buffer.from(text.split('.')[index] ?? '', 'base64url');
  const at = below(random, part.length + 1);
  const old = part[at];
  if (old !== undefined) part[at] = old ^ (1 << below(random, 8));
  return swapPart(
    text,
    Array(index + 1)
      .fill(part.toString('base64url'))
      .join('.'),
    index,
  );
}

/**
 * @param {string} json of an object
 * @param {Random} random
 * @returns {string} base64url of it, changed a little or not at all
 */
function mutatedContent(json, random) {
  let text = json;
  if (random() < 0.8) text = mutatedMembers(json, random);
  if (random() < 0.1) text = put(text, random, below(random, 4), pick(random, SHREDS));
  let part = base64url(text);
  if (random() < 0.05) part = flipBit(part, 0, random);
  if (random() < 0.05) part = pick(random, EDITS)(part, random);
  return part;
}

/**
 * @param {string} json of an object
 * @param {Random} random
 * @returns {string} an object with some member changed, renamed, added or removed
 */
function mutatedMembers(json, random) {
  const members = Object.entries(object(json)).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)]);
  for (let edits = below(random, 3); edits > 0; edits--) {
    const at = below(random, members.length + 1);
    const [name = JSON.stringify(pick(random, NAMES)), value = pick(random, VALUES)] = members[at] ?? [];
    const kind = random();
    if (kind < 0.6) members.splice(at, 1, [name, pick(random, VALUES)]);
    else if (kind < 0.7) members.splice(at, 1, [JSON.stringify(pick(random, NAMES)), value]);
    else if (kind < 0.8) members.splice(below(random, members.length + 1), 0, [name, pick(random, VALUES)]);
    else members.splice(at, 1);
  }
  if (random() < 0.2) members.push([JSON.stringify(pick(random, ['iat', 'nbf', 'exp'])), pick(random, TIME_VALUES)]);
  return `{${members.map(([name, value]) => `${String(name)}:${String(value)}`).join()}}`;
}

/**
 * @param {Random} random
 * @returns {unknown}
 */
function garbage(random) {
  switch (below(random, 6)) {
    case 0:
      return bytes(random, 64).toString('latin1');
    case 1:
      return bytes(random, 64).toString('utf16le');
    case 2:
      return Array.from({ length: below(random, 6) }, () => bytes(random, 24).toString('base64url')).join('.');
    case 3:
      return Array.from({ length: below(random, 12) }, () => pick(random, ['.', '.', 'e30', 'eyJ', ...ODD])).join('');
    case 4:
      return Array.from({ length: 3 }, () => base64url(pick(random, random() < 0.5 ? VALUES : SHREDS))).join('.');
    default:
      return pick(random, NO_STRINGS);
  }
}

/**
 * @param {Random} random
 * @returns {Candidate}
 */
function candidate(random) {
  const kind = random();
  if (kind < 0.5) {
    let token = pick(random, GOOD);
    let edits = random() < 0.8 ? 1 : 2 + below(random, 3);
    while (edits-- > 0) token = pick(random, EDITS)(token, random);
    return [token, 'mutated'];
  }
  if (kind < 0.9) {
    const header = random() < 0.8 ? base64url(pick(random, HEADERS)) : mutatedContent(pick(random, HEADERS), random);
    return [signed(`${header}.${mutatedContent(pick(random, CLAIMS), random)}`), 'signed'];
  }
  return [garbage(random), 'garbage'];
}

/**
 * @param {string} part
 * @returns {Record<string, unknown> | undefined} the JSON object in it
 */
export function content(part) {
  if (!isBase64url(part)) return undefined;
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return object(utf8.decode(Buffer.from(part, 'base64url')));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} json
 * @returns {Record<string, unknown>}
 */
function object(json) {
  /** @type {(text: string) => Record<string, unknown>} */
  const parse = JSON.parse;
  if (!/^\s*\{/.test(json)) throw new SyntaxError('not an object');
  return parse(json);
}

/** @param {string} text */
export function isBase64url(text) {
  return /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/.test(text);
}

/**
 * @param {unknown} token
 * @param {string} entry
 * @returns {string} `'taken'`, or the code to expect
 */
function verdictToExpect(token, entry) {
  const parts = typeof token === 'string' ? token.split('.') : [];
  const [header = '', payload = ''] = parts;
  const algorithm = content(header);
  if (parts.length !== 3 || payload === '' || algorithm === undefined) return 'ERR_TOKEN_MALFORMED';
  if (!parts.every(isBase64url)) return 'ERR_TOKEN_MALFORMED';
  const claims = content(payload);
  if (entry === 'decodeToken') return claims === undefined ? 'ERR_TOKEN_MALFORMED' : 'taken';
  const own = new Map(Object.entries(algorithm));
  if (own.get('alg') !== 'HS256' || own.has('crit')) return 'ERR_TOKEN_ALGORITHM';
  if (token !== signed(`${header}.${payload}`)) return 'ERR_TOKEN_SIGNATURE';
  if (claims === undefined) return 'ERR_TOKEN_MALFORMED';
  return claimsVerdictToExpect(new Map(Object.entries(claims)), entry);
}

/**
 * @param {Map<string, unknown>} claims
 * @param {string} entry
 */
function claimsVerdictToExpect(claims, entry) {
  const type = claims.get('type');
  const names = type === 'app' ? ['room_id', 'user_id', 'role'] : [];
  const isText = (/** @type {string} */ name) => typeof claims.get(name) === 'string' && claims.get(name) !== '';
  const times = ['iat', 'nbf', 'exp'].map((name) => claims.get(name));
  const [iat, nbf, exp] = times.filter((time) => typeof time === 'number' && time >= 0 && Number.isFinite(time));
  const wanted = { verifyAppToken: 'app', verifyManagementToken: 'management' }[entry];
  if (
    (type !== 'app' && type !== 'management') ||
    !['access_key', ...names, 'jti'].every(isText) ||
    claims.get('version') !== 2 ||
    typeof iat !== 'number' ||
    typeof nbf !== 'number' ||
    typeof exp !== 'number' ||
    (wanted !== undefined && (type !== wanted || claims.get('access_key') !== ACCESS_KEY))
  ) {
    return 'ERR_TOKEN_CLAIMS';
  }
  if (Math.max(iat, nbf) > NOW) return 'ERR_TOKEN_NOT_ACTIVE';
  return exp <= NOW ? 'ERR_TOKEN_EXPIRED' : 'taken';
}

/**
 * Verifies `runs` tokens, and stops at the first that is taken but should not be, refused but should not
 * be, or refused with another error than the documented one.
 *
 * @param {Subject} subject
 * @param {{ runs: number, seed: number }} options
 * @returns {Report}
 */
export function fuzz({ createTokenBuilder, decodeToken, verifyToken, TokenError }, { runs, seed }) {
  const random = xorshift(seed);
  const builder = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
  const now = { currentDate: new Date(NOW * 1000) };
  /** @type {[name: string, call: (token: string) => unknown][]} */
  const entries = [
    ['verifyToken', (token) => verifyToken(token, SECRET, now)],
    ['verifyAppToken', (token) => builder.verifyAppToken(token, now)],
    ['verifyManagementToken', (token) => builder.verifyManagementToken(token, now)],
    ['decodeToken', (token) => decodeToken(token)],
  ];
  /** @type {Map<string, number>} */
  const verdicts = new Map(['taken', ...DOCUMENTED].map((verdict) => [verdict, 0]));
  const start = performance.now();
  for (let run = 0; run < runs; run++) {
    const [token, origin] = candidate(random);
    const [entry, call] = pick(random, entries);
    const expected = verdictToExpect(token, entry);
    const got = verdictOf(() => call(/** @type {string} */ (token)), TokenError);
    const verified = got === 'taken' && entry !== 'decodeToken';
    const forged = verified && origin === 'mutated' && !GOOD.some((good) => good === token);
    if (got !== expected || forged) {
      const failure = { seed, run, entry, token, got, expected };
      return { runs: run + 1, seed, verdicts, milliseconds: performance.now() - start, failure };
    }
    verdicts.set(got, (verdicts.get(got) ?? 0) + 1);
  }
  return { runs, seed, verdicts, milliseconds: performance.now() - start, failure: undefined };
}

/**
 * @param {() => unknown} act
 * @param {Subject['TokenError']} TokenError
 * @returns {string} `'taken'`, the code of what was thrown, or what was thrown if it is no `TokenError`
 */
function verdictOf(act, TokenError) {
  try {
    act();
    return 'taken';
  } catch (error) {
    return error instanceof TokenError ? error.code : String(error);
  }
}

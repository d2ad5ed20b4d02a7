/**
 * Fuzzes the verifier with mutations of valid tokens, tokens signed over mutated contents, and garbage. Compares each
 * result with a second verifier, below. It shares no code with the package, and checks the format
 * with regular expressions and the Encoding Standard.
 */

import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { TextDecoder } from 'node:util';

import type * as library from '../../src/index.js';
import * as forged from './forge.js';
import { ACCESS_KEY, at, base64url, forge, NOW, SECRET, signed } from './forge.js';

/** The package, either its source or the built files. */
export type Subject = Pick<typeof library, 'createTokenBuilder' | 'decodeToken' | 'verifyToken' | 'TokenError'>;

/** Returns a number from 0 up to 1. */
type Random = () => number;

export interface Report {
  runs: number;
  /** How often each code was thrown, and how often a token was accepted. */
  verdicts: Map<string, number>;
  milliseconds: number;
  /** The first failure, after which fuzzing stops. */
  failure?: { seed: number; run: number; entry: string; token: unknown; got: string; expected: string };
}

const CODES = ['MALFORMED', 'ALGORITHM', 'SIGNATURE', 'CLAIMS', 'NOT_ACTIVE', 'EXPIRED'];
export const DOCUMENTED = CODES.map((code) => `ERR_TOKEN_${code}`);

const MAX_LENGTH = 65_536;
const APP = { ...forged.APP, user_id: 'José, 用户, 🙂', role: 'who?>~' };
const HEADERS = ['{"alg":"HS256","typ":"JWT"}', '{"alg":"HS256"}', ' {"typ" : "JWT" , "alg" : "HS256"}'];
const CLAIMS = [APP, forged.MANAGEMENT].map((claims) => JSON.stringify(claims));

const VALID = HEADERS.flatMap((header) => CLAIMS.map((claims) => forge(header, claims)));
export const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
export const ODD = [
  ...['.', '..', '=', '==', '+', '/', ' ', '\n', '\r\n', '\t', '\0'],
  ...['\u{feff}', '\u{141}', '\ud800', 'Bearer '],
];

// JSON that replaces a value or a name, or that is inserted anywhere.
const VALUES = [
  ...['null', 'true', '0', '-0', '-1', '1', '2', '2.0', '20e-1', '1e400', '1e308', '0.5', '[]', '{}', '["HS256"]'],
  ...['"2"', '""', '" "', '"HS256"', '"none"', '"hs256"', '"HS256 "', '"app"', '"management"', '"App"', '"\\ud800"'],
  ...[`"${String(NOW)}"`, `[${String(NOW)}]`],
];
const TIME_VALUES = [0, NOW - 1, NOW - 0.5, NOW, NOW + 0.5, NOW + 1, NOW * 1000].map(String);
const NAMES = ['alg', 'Alg', 'crit', 'typ', 'type', 'exp', 'iat', 'version', '__proto__', '', 'toString'];
const SHREDS = [' ', '\n', ',', ':', '"', '{', '}', '[', ']', '\\', '\0', '//', '\u{feff}', 'é', 'NaN', '"crit":[],'];
const NOT_STRINGS: unknown[] = [undefined, null, 0, true, 1n, Symbol('token'), {}, VALID, [VALID[0]], Object(VALID[0])];

/** Marsaglia's 32-bit xorshift: small, and the same on every machine. */
function xorshift(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Returns an integer from 0 to `count - 1`. */
const below = (random: Random, count: number) => Math.floor(random() * count);

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[below(random, choices.length)] as T;
}

const bytes = (random: Random, longest: number) =>
  Buffer.from(Array.from({ length: below(random, longest + 1) }, () => below(random, 256)));

const EDITS: ((text: string, random: Random) => string)[] = [
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
  (text, random) => swapPart(text, pick(random, VALID), below(random, 3)),
  (text, random) => swapPart(text, text, below(random, 3), below(random, 3)),
  (text, random) => flipBit(text, below(random, 3), random),
  (text, random) => flipBit(text, below(random, 3), random),
];

/** Removes characters anywhere, and inserts a text there. */
function put(text: string, random: Random, removed: number, added: string): string {
  const index = below(random, text.length + 1);
  return text.slice(0, index) + added + text.slice(index + removed);
}

function swapPart(text: string, other: string, index: number, from = index): string {
  const parts = text.split('.');
  parts[index] = other.split('.')[from] ?? '';
  return parts.join('.');
}

function flipBit(text: string, index: number, random: Random): string {
  const part = Buffer.from(text.split('.')[index] ?? '', 'base64url');
  const position = below(random, part.length + 1);
  const old = part[position];
  if (old !== undefined) part[position] = old ^ (1 << below(random, 8));
  return swapPart(text, part.toString('base64url'), index, 0);
}

/** Returns a JSON object in base64url, changed a little or not at all. */
function mutatedContent(json: string, random: Random): string {
  let text = json;
  if (random() < 0.8) text = mutatedMembers(json, random);
  if (random() < 0.1) text = put(text, random, below(random, 4), pick(random, SHREDS));
  let part = base64url(text);
  if (random() < 0.05) part = flipBit(part, 0, random);
  if (random() < 0.05) part = pick(random, EDITS)(part, random);
  return part;
}

/** Changes, renames, adds or removes members of a JSON object. */
function mutatedMembers(json: string, random: Random): string {
  const members = Object.entries(object(json)).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)]);
  for (let edits = below(random, 3); edits > 0; edits--) {
    const index = below(random, members.length + 1);
    const [name = JSON.stringify(pick(random, NAMES)), value = pick(random, VALUES)] = members[index] ?? [];
    const kind = random();
    if (kind < 0.6) members.splice(index, 1, [name, pick(random, VALUES)]);
    else if (kind < 0.7) members.splice(index, 1, [JSON.stringify(pick(random, NAMES)), value]);
    else if (kind < 0.8) members.splice(below(random, members.length + 1), 0, [name, pick(random, VALUES)]);
    else members.splice(index, 1);
  }
  if (random() < 0.2) members.push([JSON.stringify(pick(random, ['iat', 'nbf', 'exp'])), pick(random, TIME_VALUES)]);
  return `{${members.map(([name, value]) => `${String(name)}:${String(value)}`).join()}}`;
}

const GARBAGE: ((random: Random) => unknown)[] = [
  (random) => bytes(random, 64).toString('latin1'),
  (random) => bytes(random, 64).toString('utf16le'),
  (random) => Array.from({ length: below(random, 6) }, () => bytes(random, 24).toString('base64url')).join('.'),
  (random) => Array.from({ length: below(random, 12) }, () => pick(random, ['.', '.', 'e30', 'eyJ', ...ODD])).join(''),
  (random) => Array.from({ length: 3 }, () => base64url(pick(random, random() < 0.5 ? VALUES : SHREDS))).join('.'),
  (random) => pick(random, NOT_STRINGS),
];

function candidate(random: Random): unknown {
  const kind = random();
  if (kind < 0.5) {
    let token = pick(random, VALID);
    for (let edits = random() < 0.8 ? 1 : 2 + below(random, 3); edits > 0; edits--)
      token = pick(random, EDITS)(token, random);
    return token;
  }
  // Whitespace in the JSON makes the token about as long as a token can be.
  if (kind < 0.502)
    return forge(forged.HEADER, pick(random, CLAIMS).padEnd((MAX_LENGTH / 4) * 3 - 60 - below(random, 6)));
  if (kind >= 0.9) return pick(random, GARBAGE)(random);
  const header = random() < 0.8 ? base64url(pick(random, HEADERS)) : mutatedContent(pick(random, HEADERS), random);
  return signed(`${header}.${mutatedContent(pick(random, CLAIMS), random)}`);
}

/** Returns the JSON object in a part, if the part is valid. */
export function content(part: string): Record<string, unknown> | undefined {
  if (!isBase64url(part)) return undefined;
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return object(utf8.decode(Buffer.from(part, 'base64url')));
  } catch {
    return undefined;
  }
}

function object(json: string): Record<string, unknown> {
  if (!/^\s*\{/.test(json)) throw new SyntaxError('not an object');
  return JSON.parse(json) as Record<string, unknown>;
}

export function isBase64url(text: string): boolean {
  return /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/.test(text);
}

/** Returns `'accepted'`, or the code of the expected error. */
function expectedVerdict(token: unknown, entry: string): string {
  if (typeof token !== 'string' || token.length > MAX_LENGTH) return 'ERR_TOKEN_MALFORMED';
  const parts = token.split('.');
  const [header = '', payload = ''] = parts;
  const [algorithm, claims] = [content(header), content(payload)];
  if (parts.length !== 3 || payload === '' || algorithm === undefined || !parts.every(isBase64url))
    return 'ERR_TOKEN_MALFORMED';
  if (entry === 'decodeToken') return claims === undefined ? 'ERR_TOKEN_MALFORMED' : 'accepted';
  const own = new Map(Object.entries(algorithm));
  if (own.get('alg') !== 'HS256' || own.has('crit')) return 'ERR_TOKEN_ALGORITHM';
  if (token !== signed(`${header}.${payload}`)) return 'ERR_TOKEN_SIGNATURE';
  if (claims === undefined) return 'ERR_TOKEN_MALFORMED';
  return expectedClaimsVerdict(new Map(Object.entries(claims)), entry);
}

function expectedClaimsVerdict(claims: Map<string, unknown>, entry: string): string {
  const type = claims.get('type');
  const names = ['access_key', 'jti', ...(type === 'app' ? ['room_id', 'user_id', 'role'] : [])];
  const [iat, nbf, exp] = ['iat', 'nbf', 'exp'].map((name) => claims.get(name)).filter(isTime);
  const expectedType = { verifyAppToken: 'app', verifyManagementToken: 'management' }[entry];
  const isOwn = expectedType === undefined || (type === expectedType && claims.get('access_key') === ACCESS_KEY);
  const isFilled = names.map((name) => claims.get(name)).every((text) => typeof text === 'string' && text !== '');
  if (type !== 'app' && type !== 'management') return 'ERR_TOKEN_CLAIMS';
  if (!isOwn || !isFilled || claims.get('version') !== 2) return 'ERR_TOKEN_CLAIMS';
  if (iat === undefined || nbf === undefined || exp === undefined) return 'ERR_TOKEN_CLAIMS';
  if (Math.max(iat, nbf) > NOW) return 'ERR_TOKEN_NOT_ACTIVE';
  return exp <= NOW ? 'ERR_TOKEN_EXPIRED' : 'accepted';
}

const isTime = (time: unknown): time is number => typeof time === 'number' && time >= 0 && Number.isFinite(time);

/** Verifies `runs` tokens, and stops at the first that isn't accepted or rejected as it should be. */
export function fuzz(subject: Subject, { runs, seed }: { runs: number; seed: number }): Report {
  const random = xorshift(seed);
  const builder = subject.createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
  const now = { currentDate: at };
  const entries: [name: string, call: (token: string) => unknown][] = [
    ['verifyToken', (token) => subject.verifyToken(token, SECRET, now)],
    ['verifyAppToken', (token) => builder.verifyAppToken(token, now)],
    ['verifyManagementToken', (token) => builder.verifyManagementToken(token, now)],
    ['decodeToken', (token) => subject.decodeToken(token)],
  ];
  const verdicts = new Map(['accepted', ...DOCUMENTED].map((verdict) => [verdict, 0]));
  const start = performance.now();
  for (let run = 0; run < runs; run++) {
    const token = candidate(random);
    const [entry, call] = pick(random, entries);
    const expected = expectedVerdict(token, entry);
    const got = verdictOf(() => call(token as string), subject.TokenError);
    if (got !== expected) {
      const failure = { seed, run, entry, token, got, expected };
      return { runs: run + 1, verdicts, milliseconds: performance.now() - start, failure };
    }
    verdicts.set(got, (verdicts.get(got) ?? 0) + 1);
  }
  return { runs, verdicts, milliseconds: performance.now() - start };
}

/** Returns `'accepted'`, the code of the error, or the error itself if it isn't a `TokenError`. */
export function verdictOf(act: () => unknown, TokenError: Subject['TokenError']): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    return error instanceof TokenError ? error.code : String(error);
  }
}

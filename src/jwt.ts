/**
 * Compact JWTs signed with HS256 (RFC 7515 §3.1, RFC 7518 §3.2): serialize, sign, split, verify and decode. Knows nothing
 * about 100ms, except how its web client reads a payload.
 */

import { Buffer } from 'node:buffer';
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

import { fieldError, TokenError } from './errors.js';
import { isObject, ownMember } from './input.js';

/** The content of a JWT part. */
export type JsonObject = Record<string, unknown>;

/** The parts of a token, none of them verified. */
export interface DecodedToken {
  /** The JOSE header: `alg` and any other members. */
  header: JsonObject;
  /** The claim set, unverified. */
  claims: JsonObject;
  /** The signature in base64url, copied from the token. Empty in an unsecured JWT. */
  signature: string;
}

/** A well-formed token. Its payload isn't parsed yet, so a forger can't choose what we parse. */
export interface SplitToken {
  header: JsonObject;
  payload: string; // JSON in a valid token, empty if it isn't UTF-8
  signature: string; // base64url
  signingInput: string; // the first two parts of the token (RFC 7515 §2)
}

/** In characters. Servers accept headers of 8 to 16 KiB, so real tokens are much shorter. */
const MAX_TOKEN_LENGTH = 65_536;
const MAX_PAYLOAD_LENGTH = 49_091; // bytes of JSON in a token of that length, with our header and a signature

// {"alg":"HS256","typ":"JWT"}
const HEADER = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';

// Payloads and signatures are written here and read back immediately. Buffer.from would put them in the pool that small Buffers
// share, and every one of those exposes the whole pool through its `buffer` property. allocUnsafeSlow doesn't use the pool.
const SCRATCH = Buffer.allocUnsafeSlow(49_152); // as many bytes as 65,536 characters of base64url
const SIGNATURE_LENGTH = 43; // 32 bytes in base64url
const ACTUAL = Buffer.allocUnsafeSlow(SIGNATURE_LENGTH);
const EXPECTED = Buffer.allocUnsafeSlow(SIGNATURE_LENGTH);

/** Signs claims: `<header>.<payload>.<signature>`. */
export function signJwt(claims: object, key: KeyObject): string {
  const signingInput = `${HEADER}.${encodePart(claims)}`;
  return `${signingInput}.${hs256(signingInput, key)}`;
}

/** Verifies format, algorithm and signature, in that order, and only then parses the claims. */
export function verifyJwt(token: unknown, key: KeyObject): JsonObject {
  const parts = splitToken(token);
  checkAlgorithm(parts.header);
  checkSignature(parts, key);
  return parseObject(parts.payload);
}

/** Accepts HS256 only (RFC 8725 §3.1), and no extensions that must be understood (RFC 7515 §4.1.11). */
export function checkAlgorithm(header: JsonObject): void {
  if (ownMember(header, 'alg') !== 'HS256')
    throw new TokenError('ERR_TOKEN_ALGORITHM', "the token isn't signed with HS256");
  if (ownMember(header, 'crit') !== undefined)
    throw new TokenError('ERR_TOKEN_ALGORITHM', "the token's header has crit");
}

/** Throws if the signature wasn't created with `key`. */
export function checkSignature(parts: SplitToken, key: KeyObject): void {
  if (isSignedBy(parts, key)) return;
  throw new TokenError('ERR_TOKEN_SIGNATURE', 'the token was signed with a different secret, or modified');
}

/** Returns whether the signature was created with `key`, in constant time. */
export function isSignedBy({ signingInput, signature }: SplitToken, key: KeyObject): boolean {
  // In base64url, because that's the fastest digest. With a strict encoding, equal text means equal bytes.
  const expected = hs256(signingInput, key);
  if (signature.length !== SIGNATURE_LENGTH || expected.length !== SIGNATURE_LENGTH) return false;
  // Both are 43 characters long, so they overwrite everything from the last call.
  ACTUAL.write(signature, 'latin1');
  EXPECTED.write(expected, 'latin1');
  return timingSafeEqual(ACTUAL, EXPECTED);
}

// The signing input is ASCII, for which latin1 is faster than UTF-8.
function hs256(signingInput: string, key: KeyObject): string {
  return createHmac('sha256', key).update(signingInput, 'latin1').digest('base64url');
}

/**
 * Serializes a JSON object to base64url that a bare `atob` and `JSON.parse` can read as well.
 *
 * `atob` supports neither UTF-8 nor `-` and `_`, so characters outside of ASCII are written as `\uXXXX`, which JSON
 * allows in any string. In ASCII, only `>`, `?`, `~` and DEL can produce `-` or `_`, and only as the last of three bytes.
 * They're escaped only if one of them does. Otherwise, other libraries create the same token.
 */
export function encodePart(value: object): string {
  const json = serialize(value);
  if (json.length > MAX_PAYLOAD_LENGTH) throw tooLong(); // escaping it would take too long
  const isAscii = Buffer.byteLength(json) === json.length;
  const part = encodeAscii(isAscii ? json : escapeAll(json, /[^\0-\x7f]/g));
  return part.includes('-') || part.includes('_') ? encodeAscii(escapeAll(json, /[^\0-=@-}]/g)) : part;
}

function serialize(value: object): string {
  let json: string | undefined;
  try {
    // A toJSON on Object.prototype isn't the caller's, and would change what is signed.
    if (isObject(value) && !('toJSON' in Object.prototype)) json = JSON.stringify(value);
  } catch {
    // The reason stays out of the message, because it may quote a value.
  }
  if (json?.startsWith('{') === true) return json;
  throw fieldError('claims', 'must be a JSON object, without BigInts, cycles or toJSON');
}

function escapeAll(json: string, unsafe: RegExp): string {
  return json.replace(unsafe, (character) => `\\u${(0x10000 + character.charCodeAt(0)).toString(16).slice(1)}`);
}

function encodeAscii(text: string): string {
  if (text.length > MAX_PAYLOAD_LENGTH) throw tooLong();
  return SCRATCH.toString('base64url', 0, SCRATCH.write(text, 'latin1'));
}

function tooLong(): TokenError {
  return fieldError('claims', 'make the token longer than 65,536 characters');
}

/**
 * Decodes a token WITHOUT verifying it. Use it for logging and debugging, and `verifyToken` before you trust a token.
 *
 * @param token - a compact JWT: three strict base64url parts (RFC 7515 §7.1, RFC 4648 §5), the first two of them JSON
 * objects in UTF-8
 * @returns `header`, `claims` and `signature`, none of them verified
 * @throws {@link TokenError} `ERR_TOKEN_MALFORMED`
 *
 * @example
 * ```ts
 * import { decodeToken, signToken, TokenError } from '100ms-tokens';
 *
 * try {
 *   const { header, claims } = decodeToken(signToken({ type: 'app' }, 'fake-app-secret'));
 *   console.log(header.alg, claims.type); // HS256 app
 *   decodeToken('not a token');
 * } catch (error) {
 *   if (error instanceof TokenError) console.log(error.code); // ERR_TOKEN_MALFORMED
 * }
 * ```
 */
export function decodeToken(token: string): DecodedToken {
  const parts = splitToken(token);
  return { header: parts.header, claims: parseObject(parts.payload), signature: parts.signature };
}

/** Splits a token into three strict base64url parts, the first of them a JSON object. */
export function splitToken(token: unknown): SplitToken {
  if (typeof token !== 'string') throw malformed('', 'a string');
  if (token.length > MAX_TOKEN_LENGTH) throw malformed('', 'at most 65,536 characters long');
  const firstDot = token.indexOf('.');
  const secondDot = token.indexOf('.', firstDot + 1);
  if (secondDot <= firstDot + 1 || token.includes('.', secondDot + 1))
    throw malformed('', 'three parts separated by dots');
  const header = decodeHeader(token.slice(0, firstDot));
  const payload = decodeText(token.slice(firstDot + 1, secondDot), 'payload');
  const signature = token.slice(secondDot + 1);
  decodeBytes(signature, 'signature');
  return { header, payload, signature, signingInput: token.slice(0, secondDot) };
}

// Nearly every token has the header that we write. Decoding it would take 16% of the verification time.
function decodeHeader(part: string): JsonObject {
  return part === HEADER ? { alg: 'HS256', typ: 'JWT' } : parseObject(decodeText(part, 'header'), 'header');
}

/** Parses a header or payload. */
export function parseObject(json: string, name = 'payload'): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Not JSON, so not an object either.
  }
  if (!isObject(value)) throw malformed(`'s ${name}`, 'a JSON object in UTF-8');
  return value;
}

/** Decodes the text of a part. Returns an empty string if it isn't UTF-8. */
function decodeText(part: string, name: string): string {
  const text = SCRATCH.toString('utf8', 0, decodeBytes(part, name));
  // Decoding replaces invalid bytes with U+FFFD, so encoding the text doesn't return the part.
  const isUtf8 = !text.includes('\ufffd') || SCRATCH.toString('base64url', 0, SCRATCH.write(text)) === part;
  return isUtf8 ? text : '';
}

/**
 * Decodes a part into SCRATCH and returns the number of bytes. Re-encoding must reproduce the part, which rules out
 * padding, other alphabets, whitespace and stray bits.
 */
function decodeBytes(part: string, name: string): number {
  const length = SCRATCH.write(part, 'base64url');
  if (SCRATCH.toString('base64url', 0, length) === part) return length;
  throw malformed(`'s ${name}`, 'base64url; pass the whole token, without "Bearer "');
}

function malformed(part: string, wanted: string): TokenError {
  return new TokenError('ERR_TOKEN_MALFORMED', `the token${part} must be ${wanted}`);
}

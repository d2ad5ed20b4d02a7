/**
 * Compact JWTs signed with HS256 (RFC 7515 §3.1, RFC 7518 §3.2): serialise and sign, split and verify, decode.
 * Knows nothing of 100ms but how its web client reads a payload.
 */

import { Buffer } from 'node:buffer';
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

import { fieldError, TokenError, type TokenErrorCode } from './errors.js';
import { isObject, own } from './input.js';

/** What a part of a JWT decodes to. */
export type JsonObject = Record<string, unknown>;

/** A token taken apart. Nothing in it is verified. */
export interface DecodedToken {
  /** The JOSE header: `alg`, and what else the signer wrote. */
  header: JsonObject;
  /** The claim set, as its signer wrote it. */
  claims: JsonObject;
  /** The signature as it stands in the token: base64url, empty in an unsecured JWT. */
  signature: string;
}

/** A token of the right form. Its payload is bytes still: whoever forged it does not choose what is parsed. */
export interface SplitToken {
  header: JsonObject;
  payload: Buffer;
  signature: Buffer;
  /** The first two parts as they stand in the token: what was signed. */
  signingInput: string;
}

// Characters. A header is parsed before its signature can be checked, and a real one has a hundred or two.
const LONGEST_HEADER = 8192;

// Characters of JSON. Escaped and encoded they are eight times as many, and V8 has no string of more than 2 ** 29.
const LONGEST_JSON = 2 ** 25;

const SHARED = Buffer.allocUnsafe(2048);

const HEX_DIGITS = '0123456789abcdef';

const HEADER = encodePart({ alg: 'HS256', typ: 'JWT' });

/** Signs claims: `<header>.<payload>.<signature>`. */
export function signJwt(claims: object, key: KeyObject): string {
  const signingInput = `${HEADER}.${encodePart(claims)}`;
  return `${signingInput}.${hs256(signingInput, key)}`;
}

/** Verifies form, algorithm and signature, in this order, and only then reads the claims. */
export function verifyJwt(token: unknown, key: KeyObject): JsonObject {
  const parts = splitToken(token);
  checkAlgorithm(parts.header);
  checkSignature(parts, key);
  return decodePayload(parts);
}

/** Refuses every algorithm but HS256 (RFC 8725 §3.1) and extensions that must be understood (RFC 7515 §4.1.11). */
export function checkAlgorithm(header: JsonObject): void {
  const fault = (problem: string) => tokenError('ERR_TOKEN_ALGORITHM', problem);
  if (own(header, 'alg') !== 'HS256') throw fault('is signed with another algorithm; 100ms uses HS256');
  if (own(header, 'crit') !== undefined) throw fault('has crit in its header, which 100ms does not use');
}

/** Refuses a signature that is not `key`'s. */
export function checkSignature(parts: SplitToken, key: KeyObject): void {
  if (isSignedBy(parts, key)) return;
  throw tokenError('ERR_TOKEN_SIGNATURE', 'was changed, or was signed with another secret');
}

/** Whether the signature of a token is `key`'s. Takes the same time wherever it differs. */
export function isSignedBy({ signingInput, signature }: SplitToken, key: KeyObject): boolean {
  const expected = Buffer.from(hs256(signingInput, key), 'base64url');
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

// Node.js gives a digest sooner as base64url than as a Buffer, even where it is decoded again; and to say that the
// signing input is ASCII, as base64url is, spares having it read as UTF-8.
function hs256(signingInput: string, key: KeyObject): string {
  return createHmac('sha256', key).update(signingInput, 'latin1').digest('base64url');
}

/**
 * Writes a JSON object as base64url that a bare `atob` and `JSON.parse` can read as well.
 *
 * `atob` knows neither `-` and `_` nor UTF-8, and JSON lets any character of a string be written as
 * `\uXXXX`, so what is not ASCII is. In ASCII only the low six bits of `>` `?` `~` and DEL make a `-` or
 * `_`, and only as the third byte of three: they are escaped where one of them really does. Otherwise
 * the text is what `JSON.stringify` makes, and what other libraries sign.
 */
export function encodePart(value: object): string {
  const json = writeJson(value);
  const isAscii = Buffer.byteLength(json) === json.length;
  const part = isAscii ? encodeAscii(json) : encodeEscaped(json, /[^\0-\x7f]/g);
  return part.includes('-') || part.includes('_') ? encodeEscaped(json, /[^\0-=@-}]/g) : part;
}

function writeJson(value: object): string {
  let json: string | undefined;
  try {
    // What every object inherits is not the caller's: it would sign something else.
    if (isObject(value) && !('toJSON' in Object.prototype)) json = JSON.stringify(value);
  } catch {
    // Nothing more of it is told: it may quote what it holds.
  }
  if (json?.startsWith('{') && json.length <= LONGEST_JSON) return json;
  throw fieldError('claims', 'must be a JSON object without a BigInt, cycle, toJSON or very long text');
}

/** Encodes JSON in which every character that `unsafe` matches is written as `\uXXXX`. */
function encodeEscaped(json: string, unsafe: RegExp): string {
  // For a short text a regular expression is faster; on a long one its matches fill the heap.
  if (json.length <= 1000) return encodeAscii(json.replace(unsafe, escapeCharacter));
  const bytes = Buffer.allocUnsafe(json.length * 6);
  const isSafe = Array.from({ length: 0x80 }, (_, unit) => String.fromCharCode(unit).search(unsafe) < 0);
  let length = 0;
  for (let index = 0; index < json.length; index++) {
    const unit = json.charCodeAt(index);
    if (isSafe[unit] === true) {
      bytes[length++] = unit;
    } else {
      bytes[length++] = 0x5c; // \\
      bytes[length++] = 0x75; // u
      for (let shift = 12; shift >= 0; shift -= 4) bytes[length++] = HEX_DIGITS.charCodeAt((unit >> shift) & 15);
    }
  }
  return bytes.toString('base64url', 0, length);
}

/** Base64url of ASCII. To make a buffer for each token costs a twentieth of it, so short texts share one. */
function encodeAscii(text: string): string {
  const bytes = text.length > SHARED.length ? Buffer.allocUnsafe(text.length) : SHARED;
  return bytes.toString('base64url', 0, bytes.write(text, 'latin1'));
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Takes a token apart WITHOUT verifying anything but its form. For logs and debugging; to trust a token,
 * use `verifyToken`.
 *
 * @param token - a compact JWT: three strict base64url parts (RFC 7515 §7.1, RFC 4648 §5), the first two
 * JSON objects in UTF-8
 * @returns `header`, `claims` and `signature`, none of them verified
 * @throws {@link TokenError} `ERR_TOKEN_MALFORMED`
 *
 * @example
 * ```ts
 * import { decodeToken, signToken } from '100ms-tokens';
 *
 * const { header, claims } = decodeToken(signToken({ type: 'app' }, 'some-secret'));
 * console.log(header.alg, claims.type); // HS256 app
 * ```
 */
export function decodeToken(token: string): DecodedToken {
  const parts = splitToken(token);
  return { header: parts.header, claims: decodePayload(parts), signature: parts.signature.toString('base64url') };
}

/** Takes a token apart whose form is right: three strict base64url parts, the first of them a JSON object. */
export function splitToken(token: unknown): SplitToken {
  if (typeof token !== 'string') throw malformed('', 'a string');
  const firstDot = token.indexOf('.');
  const secondDot = token.indexOf('.', firstDot + 1);
  if (secondDot <= firstDot + 1 || token.includes('.', secondDot + 1)) {
    throw malformed('', 'three parts with dots between them');
  }
  return {
    header: decodeHeader(token.slice(0, firstDot)),
    payload: decodeBase64url(token.slice(firstDot + 1, secondDot), 'payload'),
    signature: decodeBase64url(token.slice(secondDot + 1), 'signature'),
    signingInput: token.slice(0, secondDot),
  };
}

/** The claim set of a token, whether its signature was checked or not. */
export function decodePayload({ payload }: SplitToken): JsonObject {
  return parseJson(payload, 'payload');
}

/** Nearly every token has the header that we write, and not to decode it saves a tenth of verifying. */
function decodeHeader(part: string): JsonObject {
  if (part === HEADER) return { alg: 'HS256', typ: 'JWT' };
  if (part.length > LONGEST_HEADER) throw malformed("'s header", `at most ${String(LONGEST_HEADER)} characters`);
  return parseJson(decodeBase64url(part, 'header'), 'header');
}

function parseJson(bytes: Buffer, name: string): JsonObject {
  const json = bytes.toString();
  // Decoding puts U+FFFD in place of what is not UTF-8.
  const isUtf8 = !json.includes('\ufffd') || Buffer.from(json).equals(bytes);
  let value: unknown;
  try {
    value = isUtf8 && JSON.parse(json);
  } catch {
    // Not JSON, so not an object either.
  }
  if (!isObject(value)) throw malformed(`'s ${name}`, 'a JSON object in UTF-8');
  return value;
}

/** Encoding the bytes must give the part again: that refuses padding, other alphabets, white space and stray bits. */
function decodeBase64url(part: string, name: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part)
    throw malformed(`'s ${name}`, 'base64url; pass the token alone, without white space or "Bearer "');
  return bytes;
}

function malformed(part: string, wanted: string) {
  return tokenError('ERR_TOKEN_MALFORMED', `must be ${wanted}`, part);
}

function tokenError(code: TokenErrorCode, problem: string, part = '') {
  return new TokenError(code, `the token${part} ${problem}`);
}

/**
 * Compact JWTs signed with HS256 (RFC 7515 §3.1, RFC 7518 §3.2): serialise, sign, split, decode.
 * Knows nothing of 100ms but how its web client reads a payload.
 */

import { Buffer } from 'node:buffer';
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

import { fieldError, TokenError } from './errors.js';
import { isObject } from './input.js';

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

/** A token taken apart such that its signature can be checked. */
export interface ParsedToken extends DecodedToken {
  /** The first two parts as they stand in the token: what was signed. */
  signingInput: string;
  /** The signature, decoded: the message authentication code. */
  mac: Buffer;
}

const HEADER = encodePart({ alg: 'HS256', typ: 'JWT' });

/** Signs `claims`: `<header>.<payload>.<signature>`. */
export function signJwt(claims: object, key: KeyObject): string {
  const signingInput = `${HEADER}.${encodePart(claims)}`;
  return `${signingInput}.${hs256(signingInput, key)}`;
}

/** Whether the signature of a token is `key`'s. Takes the same time wherever it differs. */
export function isSignedBy({ signingInput, mac }: ParsedToken, key: KeyObject): boolean {
  const expected = Buffer.from(hs256(signingInput, key), 'base64url');
  return mac.length === expected.length && timingSafeEqual(mac, expected);
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
  let json = writeJson(value);
  if (Buffer.byteLength(json) !== json.length) json = json.replace(/[^\0-\x7f]/g, escapeCharacter);
  const part = Buffer.from(json, 'latin1').toString('base64url');
  if (!part.includes('-') && !part.includes('_')) return part;
  return Buffer.from(json.replace(/[>?~\x7f]/g, escapeCharacter), 'latin1').toString('base64url');
}

function writeJson(value: object): string {
  let json: string | undefined;
  try {
    if (isObject(value)) json = JSON.stringify(value);
  } catch {
    // A BigInt, a cycle, a toJSON that throws: nothing more of it is told, it may quote what it holds.
  }
  if (json?.startsWith('{')) return json;
  throw fieldError('claims', 'is not a plain object');
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
  const { header, claims, signature } = parseToken(token);
  return { header, claims, signature };
}

/** {@link decodeToken}, and what it takes to check the signature. */
export function parseToken(token: unknown): ParsedToken {
  const text = typeof token === 'string' ? token : '';
  const firstDot = text.indexOf('.');
  const secondDot = text.indexOf('.', firstDot + 1);
  if (secondDot <= firstDot || text.includes('.', secondDot + 1)) {
    throw malformed('is not three parts; pass it without "Bearer "');
  }
  const header = decodeHeader(text.slice(0, firstDot));
  const claims = decodePart(text.slice(firstDot + 1, secondDot), 'payload');
  const signature = text.slice(secondDot + 1);
  const mac = decodeBase64url(signature, 'signature');
  return { header, claims, signature, mac, signingInput: text.slice(0, secondDot) };
}

/** Nearly every token has the header that we write, and not to decode it saves a tenth of verifying. */
function decodeHeader(part: string): JsonObject {
  return part === HEADER ? { alg: 'HS256', typ: 'JWT' } : decodePart(part, 'header');
}

function decodePart(part: string, name: string): JsonObject {
  const bytes = decodeBase64url(part, name);
  const json = bytes.toString();
  // Decoding puts U+FFFD in place of what is not UTF-8.
  const isUtf8 = !json.includes('\ufffd') || Buffer.from(json).equals(bytes);
  let value: unknown;
  try {
    value = isUtf8 && JSON.parse(json);
  } catch {
    // Not JSON, so not an object either.
  }
  if (!isObject(value)) throw malformed(`${name} is not a JSON object in UTF-8`);
  return value;
}

/** Encoding the bytes must give the part again: that refuses padding, other alphabets, white space and stray bits. */
function decodeBase64url(part: string, name: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw malformed(`${name} is not strict base64url`);
  return bytes;
}

function malformed(problem: string): TokenError {
  return new TokenError('ERR_TOKEN_MALFORMED', `the token ${problem}`);
}

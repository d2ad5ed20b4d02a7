/** What `100ms-tokens inspect` finds out about a token, as plain data. */

import { Buffer } from 'node:buffer';
import { createSecretKey, type KeyObject } from 'node:crypto';

import { signingKey } from './credentials.js';
import { assertTokenError, type TokenError, type TokenErrorCode } from './errors.js';
import {
  checkAlgorithm,
  checkSignature,
  decodePayload,
  isSignedBy,
  type JsonObject,
  type SplitToken,
  splitToken,
} from './jwt.js';
import { testCredentials } from './testing.js';
import { MAX_DURATION, MAX_NUMERIC_DATE, statusAt, type TimeStatus } from './time.js';
import { checkClaims, checkTimes } from './verify.js';

/** A report on one token. `inspect --json` prints it as it is. */
export interface Inspection {
  /** Whether the token is good now; `null` if nothing is wrong, but the signature was not checked. */
  valid: boolean | null;
  /** The first fault, in the order of `verifyToken`. */
  error: { code: TokenErrorCode; field: string | null; message: string } | null;
  signature: 'valid' | 'invalid' | 'unchecked';
  /** Where the token's time is; `null` if it has no `exp`. */
  status: TimeStatus | null;
  /** Whole seconds until `exp`, negative after it; `null` if there is none. */
  secondsLeft: number | null;
  /** The times in ISO 8601, where they are dates. */
  times: { iat: string | null; nbf: string | null; exp: string | null };
  header: JsonObject | null;
  claims: JsonObject | null;
  /** Typical mistakes that the token shows, and what to do about them. */
  hints: string[];
}

/** What a token is checked against, where it is known. */
export interface Credentials {
  accessKey?: string | undefined;
  secret?: string | undefined;
}

/** Inspects a token as of `now`, in seconds since 1970. */
export function inspectToken(token: string, { accessKey, secret }: Credentials, now: number): Inspection {
  const key = secret === undefined ? undefined : signingKey(secret);
  let parts: SplitToken;
  let claims: JsonObject;
  try {
    parts = splitToken(token);
    claims = decodePayload(parts);
  } catch (error) {
    assertTokenError(error);
    return malformed(token, error);
  }
  const { header } = parts;
  const signature = key === undefined ? 'unchecked' : isSignedBy(parts, key) ? 'valid' : 'invalid';
  const error = firstFault(parts, claims, key, now);
  const exp = numberOr(claims.exp, null);
  return {
    valid: error !== undefined ? false : signature === 'unchecked' ? null : true,
    error: error === undefined ? null : describe(error),
    signature,
    status: exp === null ? null : statusAt({ iat: numberOr(claims.iat, 0), nbf: numberOr(claims.nbf, 0), exp }, now),
    secondsLeft: exp === null ? null : Math.trunc(exp - now),
    times: { iat: isoDate(claims.iat), nbf: isoDate(claims.nbf), exp: isoDate(claims.exp) },
    header: showable(header),
    claims: showable(claims),
    hints: [
      ...(secret !== undefined && signature === 'invalid' ? signatureHints(parts, secret) : []),
      ...claimHints(claims, accessKey),
      ...encodingHints(token),
    ],
  };
}

function malformed(token: string, error: TokenError): Inspection {
  return {
    valid: false,
    error: describe(error),
    signature: 'unchecked',
    status: null,
    secondsLeft: null,
    times: { iat: null, nbf: null, exp: null },
    header: null,
    claims: null,
    hints: /["'\s]/.test(token) ? ['it has quotes or white space in it; pass the token alone'] : [],
  };
}

function firstFault(
  parts: SplitToken,
  claims: JsonObject,
  key: KeyObject | undefined,
  now: number,
): TokenError | undefined {
  try {
    checkAlgorithm(parts.header);
    if (key !== undefined) checkSignature(parts, key);
    checkClaims(claims);
    checkTimes(claims, now);
  } catch (error) {
    assertTokenError(error);
    return error;
  }
  return undefined;
}

/** What is nested deeper than any 100ms token is left out: writing it could exhaust the stack. */
function showable(part: JsonObject): JsonObject {
  const entries = Object.entries(part).map(([name, value]) => [
    name,
    isDeeper(value, 100) ? '(nested too deep)' : value,
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

function describe({ code, field, message }: TokenError): Inspection['error'] {
  return { code, field: field ?? null, message };
}

function isoDate(time: unknown): string | null {
  const date = new Date(numberOr(time, NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** Tries the keys that a secret is mistaken for. */
function signatureHints(token: SplitToken, secret: string): string[] {
  const mistakes: [key: string | Buffer, hint: string][] = [
    [
      Buffer.from(secret, 'base64'),
      'it was signed with the base64-decoded secret; the key is the text of the secret as it stands',
    ],
    [`${secret}\n`, 'it was signed with a line end behind the secret; trim what was read from a file'],
    [`${secret}\r\n`, 'it was signed with a line end behind the secret; trim what was read from a file'],
    [`"${secret}"`, 'it was signed with quotes around the secret; take them out of the .env file'],
    [testCredentials.secret, 'it was signed with the fake credentials of --demo and the test fixtures'],
  ];
  return mistakes.filter(([key]) => isSignedBy(token, createSecretKey(Buffer.from(key)))).map(([, hint]) => hint);
}

function claimHints(claims: JsonObject, accessKey: string | undefined): string[] {
  const hints: string[] = [];
  const inMilliseconds = (['iat', 'nbf', 'exp'] as const).filter(
    (name) => numberOr(claims[name], 0) > MAX_NUMERIC_DATE,
  );
  if (inMilliseconds.length > 0) {
    hints.push(`${inMilliseconds.join(', ')} in milliseconds? JWT times are seconds: Math.floor(Date.now() / 1000)`);
  } else if (numberOr(claims.exp, 0) - numberOr(claims.nbf, numberOr(claims.iat, Infinity)) > MAX_DURATION) {
    hints.push('its lifetime is over 90 days, the longest that 100ms takes');
  }
  if (claims.type === 'management') {
    hints.push('a management token is for the REST API and must not reach a client; to join a room takes an app token');
  }
  if (accessKey !== undefined && claims.access_key !== accessKey) {
    hints.push('its access_key is not HMS_ACCESS_KEY; it is of another 100ms app');
  }
  return hints;
}

function encodingHints(token: string): string[] {
  const payload = token.split('.', 2).slice(1).join('');
  const isAscii = Buffer.from(payload, 'base64url').every((byte) => byte < 0x80);
  if (isAscii && !/[-_]/.test(payload)) return [];
  return ['its payload is not client-safe: the 100ms web client, which reads it with atob, misreads or refuses it'];
}

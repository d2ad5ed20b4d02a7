/** What `100ms-tokens inspect` finds out about a token, as plain data. */

import { Buffer } from 'node:buffer';

import { checkCredential, secretKey } from '../credentials.js';
import { TokenError, type TokenErrorCode } from '../errors.js';
import {
  checkAlgorithm,
  checkSignature,
  isSignedBy,
  type JsonObject,
  parseObject,
  type SplitToken,
  splitToken,
} from '../jwt.js';
import { statusAt, type TimeStatus } from '../time.js';
import { checkClaims, checkTimes } from '../verify.js';
import { formHints, hintsOn, type Known, numberOr } from './hints.js';

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

/** Inspects a token as of `now`, in seconds since 1970. */
export function inspectToken(token: string, known: Known, now: number): Inspection {
  const { accessKey, secret } = known;
  if (accessKey !== undefined) checkCredential(accessKey, 'accessKey');
  const key = secret === undefined ? undefined : secretKey(checkCredential(secret, 'secret'));
  let parts: SplitToken;
  let claims: JsonObject;
  try {
    parts = splitToken(token);
    claims = parseObject(parts.payload, 'payload');
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return malformed(token, error);
  }
  const signature = key === undefined ? 'unchecked' : isSignedBy(parts, key) ? 'valid' : 'invalid';
  const error = firstFault(parts, claims, key, now);
  const exp = numberOr(claims.exp, null);
  const status =
    exp === null ? null : statusAt({ iat: numberOr(claims.iat, 0), nbf: numberOr(claims.nbf, 0), exp }, now);
  return {
    valid: error !== undefined ? false : signature === 'unchecked' ? null : true,
    error: error === undefined ? null : describe(error),
    signature,
    status,
    secondsLeft: exp === null ? null : Math.trunc(exp - now),
    times: { iat: isoDate(claims.iat), nbf: isoDate(claims.nbf), exp: isoDate(claims.exp) },
    header: showable(parts.header),
    claims: showable(claims),
    hints: hintsOn({
      token,
      header: parts.header,
      claims,
      status,
      known,
      wrongSecret: signature === 'invalid' ? secret : undefined,
      isSignedWith: (bytes) => isSignedBy(parts, Buffer.from(bytes)),
    }),
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
    hints: formHints(token),
  };
}

function firstFault(
  parts: SplitToken,
  claims: JsonObject,
  key: Uint8Array | undefined,
  now: number,
): TokenError | undefined {
  try {
    checkAlgorithm(parts.header);
    if (key !== undefined) checkSignature(parts, key);
    checkClaims(claims);
    checkTimes(claims, now);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
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

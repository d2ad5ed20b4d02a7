/** Collects what `100ms-tokens inspect` finds out about a token, as plain data. */

import { secretKey } from '../credentials.js';
import { TokenError, type TokenErrorCode } from '../errors.js';
import { checkAlgorithm, checkSignature, isSignedBy, type JsonObject, parseObject } from '../jwt.js';
import { type SplitToken, splitToken } from '../jwt.js';
import { statusAt, type TimeStatus } from '../time.js';
import { checkClaims, checkTimes } from '../verify.js';
import { hintsOn, isSecret, type Known, numberOr, signingOf, textHints } from './hints.js';

/** The report on a token. `inspect --json` prints it as JSON. */
export interface Inspection {
  /** Whether the token is valid now; `null` if nothing is wrong, but the signature wasn't checked. */
  valid: boolean | null;
  /** The first problem, in the order of `verifyToken`. */
  error: { code: TokenErrorCode; field: string | null; message: string } | null;
  signature: 'valid' | 'invalid' | 'unchecked';
  /** The status of the times; `null` if `exp` isn't a time. */
  status: TimeStatus | null;
  /** Whole seconds until `exp`, negative after it; `null` if `exp` isn't a time. */
  secondsLeft: number | null;
  /** The times in ISO 8601; `null` if they aren't times. */
  times: { iat: string | null; nbf: string | null; exp: string | null };
  header: JsonObject | null;
  claims: JsonObject | null;
  /** Causes and what to do about them. */
  hints: string[];
}

const UNREADABLE: Omit<Inspection, 'error' | 'hints'> = {
  valid: false,
  signature: 'unchecked',
  status: null,
  secondsLeft: null,
  times: { iat: null, nbf: null, exp: null },
  header: null,
  claims: null,
};

/** Inspects a token at `now`, a Unix timestamp in seconds. */
export function inspectToken(token: string, known: Known, now: number): Inspection {
  let parts: SplitToken;
  let claims: JsonObject;
  try {
    parts = splitToken(token);
    claims = parseObject(parts.payload, 'payload');
  } catch (error) {
    return { ...UNREADABLE, error: describe(error), hints: textHints(token, known) };
  }
  const { header } = parts;
  const key = known.secret === undefined ? undefined : secretKey(known.secret);
  const signature = key === undefined ? 'unchecked' : isSignedBy(parts, key) ? 'valid' : 'invalid';
  const error = firstError(parts, claims, key, now);
  const { access_key, iat, nbf, exp } = claims;
  const end = numberOr(exp, null);
  const status = end === null ? null : statusAt({ iat: numberOr(iat, 0), nbf: numberOr(nbf, 0), exp: end }, now);
  const signing = signingOf(token, known, access_key);
  const hidden = isSecret({ claims, secret: known.secret }) ? { access_key: HIDDEN } : {};
  return {
    valid: error !== null ? false : signature === 'unchecked' ? null : true,
    error,
    signature,
    status,
    secondsLeft: end === null ? null : Math.trunc(end - now),
    times: { iat: isoDate(iat), nbf: isoDate(nbf), exp: isoDate(exp) },
    header: showableObject(header, known.secret),
    claims: { ...showableObject(claims, known.secret), ...hidden },
    hints: hintsOn({ ...known, token, header, claims, now, signature, status, isValid: error === null, signing }),
  };
}

function firstError(parts: SplitToken, claims: JsonObject, key: Uint8Array | undefined, now: number) {
  try {
    checkAlgorithm(parts.header);
    if (key !== undefined) checkSignature(parts, key);
    checkClaims(claims);
    checkTimes(claims, now);
    return null;
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): Inspection['error'] {
  if (!(error instanceof TokenError)) throw error;
  return { code: error.code, field: error.field ?? null, message: error.message };
}

const HIDDEN = '(not shown, because it contains the app secret)';

/** Replaces what can't be shown: the secret, numbers that JSON doesn't have, and nesting that would exhaust the stack. */
function showable(value: unknown, secret: string | undefined, levels: number): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return '(too large for a number)';
  if (typeof value === 'string') return secret !== undefined && value.includes(secret) ? HIDDEN : value;
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '(nested too deep)';
  if (!Array.isArray(value)) return showableObject(value, secret, levels - 1);
  return value.map((member) => showable(member, secret, levels - 1));
}

function showableObject(object: object, secret: string | undefined, levels = 100): JsonObject {
  const entries = Object.entries(object).map(([name, value]): [string, unknown] => [
    String(showable(name, secret, levels)),
    showable(value, secret, levels),
  ]);
  return Object.fromEntries(entries);
}

/** Returns a Unix timestamp in seconds in ISO 8601, or `null` if it isn't one. */
export function isoDate(time: unknown): string | null {
  const date = new Date(numberOr(time, NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

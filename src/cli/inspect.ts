/** Collects what `100ms-tokens inspect` finds out about a token, as plain data. */

import type { KeyObject } from 'node:crypto';

import { secretKey } from '../credentials.js';
import { TokenError, type TokenErrorCode } from '../errors.js';
import { checkAlgorithm, checkSignature, isSignedBy, type JsonObject, parseObject, splitToken } from '../jwt.js';
import { statusAt, type TimeStatus } from '../time.js';
import { checkClaims, checkTimes } from '../verify.js';
import { hintsOn, isSecret, numberOr, textHints } from './hints.js';
import { findSigning, type Known } from './signature.js';

/** The report on a token. `inspect --json` prints it as JSON. */
export interface Inspection {
  /** Whether the token is valid now; `null` if nothing is wrong, but the signature wasn't checked. */
  valid: boolean | null;
  /** The first problem, in the order of `verifyToken`. */
  error: { code: TokenErrorCode; field: string | null; message: string } | null;
  signature: 'valid' | 'invalid' | 'unchecked';
  status: TimeStatus | null;
  /** Whole seconds until `exp`, negative after it. */
  secondsLeft: number | null;
  /** In ISO 8601. */
  times: { iat: string | null; nbf: string | null; exp: string | null };
  header: JsonObject | null;
  claims: JsonObject | null;
  hints: string[];
}

// prettier-ignore
const UNREADABLE: Omit<Inspection, 'error' | 'hints'> = {
  valid: false, signature: 'unchecked', status: null, secondsLeft: null, times: { iat: null, nbf: null, exp: null },
  header: null, claims: null,
};

/** Inspects a token at `now`, a Unix timestamp in seconds. */
export function inspectToken(token: string, known: Known, now: number): Inspection {
  let parts: Parts;
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
  const signing = findSigning(token, known, access_key);
  const hidden = isSecret({ claims, secret: known.secret }) ? { access_key: HIDDEN } : {};
  return {
    valid: error !== null ? false : signature === 'unchecked' ? null : true,
    error,
    signature,
    status,
    secondsLeft: end === null ? null : Math.trunc(end - now),
    times: { iat: isoDate(iat), nbf: isoDate(nbf), exp: isoDate(exp) },
    header: showable(header, known.secret),
    claims: { ...showable(claims, known.secret), ...hidden },
    hints: hintsOn({ ...known, token, header, claims, now, signature, status, isValid: error === null, signing }),
  };
}

type Parts = ReturnType<typeof splitToken>;

function firstError(parts: Parts, claims: JsonObject, key: KeyObject | undefined, now: number) {
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

const HIDDEN = '(not shown: the app secret)';

/** Replaces what can't be shown: the secret, numbers that JSON doesn't have, and nesting that would exhaust the stack. */
function showable(part: JsonObject, secret = HIDDEN): JsonObject {
  const replace = (_name: string, value: unknown) => {
    if (typeof value === 'string') return value.replaceAll(secret, HIDDEN);
    return typeof value === 'number' && !Number.isFinite(value) ? '(too large for a number)' : value;
  };
  const entries = Object.entries(part).map(([name, value]) => [
    name,
    isDeeper(value, 100) ? '(nested too deep)' : value,
  ]);
  return parseObject(JSON.stringify(Object.fromEntries(entries), replace), 'claims');
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** Returns a Unix timestamp in seconds in ISO 8601, or `null` if it isn't one. */
export function isoDate(time: unknown): string | null {
  const date = new Date(numberOr(time, NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

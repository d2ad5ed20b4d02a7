/** Collects what `100ms-tokens inspect` finds out about a token, as plain data. */

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
  /** The first problem, in the order in which `verifyToken` checks. */
  error: { code: TokenErrorCode; field: string | null; message: string } | null;
  signature: 'valid' | 'invalid' | 'unchecked';
  status: TimeStatus | null;
  /** Whole seconds until `exp`, negative after it. */
  secondsLeft: number | null;
  times: { iat: string | null; nbf: string | null; exp: string | null }; // in ISO 8601
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
  const parts = attempt(() => {
    const split = splitToken(token);
    return { ...split, claims: parseObject(split.payload, 'payload') };
  });
  if ('message' in parts) return { ...UNREADABLE, error: parts, hints: textHints(token, known) };
  const { header, claims } = parts;
  const key = known.secret === undefined ? undefined : secretKey(known.secret);
  const signature = key === undefined ? 'unchecked' : isSignedBy(parts, key) ? 'valid' : 'invalid';
  const error = attempt(() => {
    checkAlgorithm(header);
    if (key !== undefined) checkSignature(parts, key);
    checkClaims(claims);
    checkTimes(claims, now);
  });
  const { access_key, iat, nbf, exp } = claims;
  const end = numberOr(exp, null);
  const status = end === null ? null : statusAt({ iat: numberOr(iat, 0), nbf: numberOr(nbf, 0), exp: end }, now);
  const signing = findSigning(token, known, access_key);
  const hidden = isSecret({ claims, secret: known.secret }) ? { access_key: HIDDEN } : {};
  return {
    valid: error !== undefined ? false : signature === 'unchecked' ? null : true,
    error: error ?? null,
    signature,
    status,
    secondsLeft: end === null ? null : Math.trunc(end - now),
    times: { iat: isoDate(iat), nbf: isoDate(nbf), exp: isoDate(exp) },
    header: showable(header, known.secret),
    claims: { ...showable(claims, known.secret), ...hidden },
    hints: hintsOn({ ...known, token, header, claims, now, signature, status, isValid: error === undefined, signing }),
  };
}

/** Returns what an action returns, or the problem that it throws. */
function attempt<Result>(action: () => Result): Result | NonNullable<Inspection['error']> {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { code: error.code, field: error.field ?? null, message: error.message };
  }
}

const HIDDEN = '(not shown: the app secret)';

/** Replaces what can't be shown: the secret, numbers JSON can't represent, and nesting that would exhaust the stack. */
function showable(part: JsonObject, secret = HIDDEN): JsonObject {
  const named = Object.entries(part).map(([name, value]) => [name.replaceAll(secret, HIDDEN), value]);
  const levels = new Map<unknown, number>();
  const json = JSON.stringify(Object.fromEntries(named), function replace(this: unknown, _name, value: unknown) {
    const level = levels.get(this) ?? 0;
    levels.set(value, level + 1);
    if (typeof value === 'string') return value.replaceAll(secret, HIDDEN);
    if (typeof value === 'number' && !Number.isFinite(value)) return '(too large for a number)';
    return level > 100 ? '(nested too deep)' : value;
  });
  return parseObject(json, 'claims');
}

/** Returns a Unix timestamp in seconds in ISO 8601, or `null` if it isn't one from 1970 to 9999. */
export function isoDate(time: unknown): string | null {
  const seconds = numberOr(time, NaN);
  return seconds >= 0 && seconds < 253_402_300_800 ? new Date(seconds * 1000).toISOString() : null;
}

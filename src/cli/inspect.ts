/** Collects what `100ms-tokens inspect` finds out about a token, as plain data. */

import { secretKey } from '../credentials.js';
import { TokenError, type TokenErrorCode } from '../errors.js';
import { checkAlgorithm, checkSignature, isSignedBy, type JsonObject, parseObject, splitToken } from '../jwt.js';
import { statusAt, type TimeStatus } from '../time.js';
import { checkClaims, checkTimes } from '../verify.js';
import { attempt } from './attempt.js';
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
  /** Seconds until `exp`, rounded down; negative after it. */
  secondsLeft: number | null;
  times: { iat: string | null; nbf: string | null; exp: string | null }; // in ISO 8601
  header: JsonObject | null;
  claims: JsonObject | null;
  hints: string[];
}

/** Inspects a token at `now`, a Unix timestamp in seconds. */
export function inspectToken(token: string, known: Known, now: number): Inspection {
  const parts = attempt(() => {
    const split = splitToken(token);
    return { ...split, claims: parseObject(split.payload) };
  });
  if (parts instanceof TokenError) {
    const nothing = { signature: 'unchecked', header: null, claims: null, ...timesAt({}, now) } as const;
    return { valid: false, error: plain(parts), ...nothing, hints: textHints(token, known, parts) };
  }
  const { header, claims } = parts;
  const { secret } = known;
  const key = secret === undefined ? undefined : secretKey(secret);
  const signature = key === undefined ? 'unchecked' : isSignedBy(parts, key) ? 'valid' : 'invalid';
  const error = attempt(() => {
    checkAlgorithm(header);
    if (key !== undefined) checkSignature(parts, key);
    checkClaims(claims);
    checkTimes(claims, now);
  });
  const valid = error !== undefined ? false : signature === 'unchecked' ? null : true;
  const times = timesAt(claims, now);
  const isSwapped = isSecret({ claims, secret });
  const signing = findSigning(token, known, isSwapped ? undefined : claims.access_key);
  const others = [header, { ...claims, access_key: null }];
  const hasSecret = others.some((part) => JSON.stringify(showable(part, secret)) !== JSON.stringify(showable(part)));
  return {
    valid,
    error: error === undefined ? null : plain(error),
    signature,
    header: showable(header, secret),
    claims: { ...showable(claims, secret), ...(isSwapped ? { access_key: HIDDEN } : {}) },
    ...times,
    hints: hintsOn({ ...known, ...times, token, header, claims, now, signature, valid, signing, hasSecret }),
  };
}

// Only the problem, because the hints have better advice.
const plain = ({ code, field, message }: TokenError) => ({
  code,
  field: field ?? null,
  message: message.replace(/;.*/, ''),
});

function timesAt({ iat, nbf, exp }: JsonObject, now: number): Pick<Inspection, 'status' | 'secondsLeft' | 'times'> {
  const times = { iat: isoDate(iat), nbf: isoDate(nbf), exp: isoDate(exp) };
  const end = numberOr(exp, NaN);
  if (Number.isNaN(end)) return { status: null, secondsLeft: null, times };
  const status = statusAt({ iat: numberOr(iat, 0), nbf: numberOr(nbf, 0), exp: end }, now);
  return { status, secondsLeft: Math.floor(end - now), times };
}

const HIDDEN = '(not shown: the app secret)';

/** Replaces what can't be shown: the secret, numbers JSON can't represent, and nesting that would exhaust the stack. */
function showable(part: JsonObject, secret = HIDDEN): JsonObject {
  const shown = (value: unknown, level: number): unknown => {
    if (typeof value === 'string') return value.replaceAll(secret, HIDDEN);
    if (typeof value === 'number' && !Number.isFinite(value)) return '(too large for a number)';
    if (typeof value !== 'object' || value === null) return value;
    if (level > 100) return '(nested too deep)';
    if (Array.isArray(value)) return value.map((item) => shown(item, level + 1));
    return Object.fromEntries(
      Object.entries(value).map((member) => [shown(member[0], level), shown(member[1], level + 1)]),
    );
  };
  return shown(part, 0) as JsonObject;
}

/** Returns a Unix timestamp in seconds in ISO 8601, or `null` if it isn't one from 1970 to 9999. */
export function isoDate(time: unknown): string | null {
  const seconds = numberOr(time, NaN);
  return seconds >= 0 && seconds < 253_402_300_800 ? new Date(seconds * 1000).toISOString() : null;
}

/** Typical mistakes that a token shows: each hint says what is wrong and what to do, in one sentence. */

import { Buffer } from 'node:buffer';

import type { JsonObject } from '../jwt.js';
import { testCredentials } from '../test-credentials.js';
import { MAX_LIFETIME, type TimeStatus } from '../time.js';

const MAX_NUMERIC_DATE = 253_402_300_799; // the end of 9999

/** What a token is checked against, where it is known. */
export interface Known {
  accessKey?: string | undefined;
  secret?: string | undefined;
  /** What to call them, and what to do if they are another app's: it depends on where they were taken from. */
  names: { accessKey: string; secret: string; advice: string };
}

/** What the hints are drawn from. */
export interface Evidence {
  token: string;
  header: JsonObject;
  claims: JsonObject;
  status: TimeStatus | null;
  known: Known;
  /** The secret, if it is known and the signature is not made with it. */
  wrongSecret: string | undefined;
  /** Whether the signature is made with these bytes. */
  isSignedWith: (bytes: string | Buffer) => boolean;
}

/** Hints on what is no token. */
export function formHints(text: string): string[] {
  if (/^(undefined|null|NaN|\[object \w+\])$/.test(text)) {
    return [`it is the text ${text}; look for where your code reads the token, and whether it awaits it`];
  }
  if (/[\r\n]/.test(text)) return ['it is several lines; a token is one, so join them, or pass one token alone'];
  if (/["'`]/.test(text)) return ['it has quotes in it; pass the token alone, without them'];
  if (/\s/.test(text)) return ['it has white space in it; pass the token alone'];
  const { length } = text.split('.');
  if (length !== 3) return [`it has ${String(length)} of 3 parts; copy the token whole, and nothing else with it`];
  // A JSON object that begins with a name.
  if (!text.startsWith('eyJ')) return ['it does not begin with eyJ, as tokens do; copy the token whole'];
  return lengthHints(text);
}

/** HS256 gives 32 bytes, which are 43 characters; none at all is no accident, but an unsecured JWT. */
function lengthHints(token: string): string[] {
  const { length } = token.slice(token.lastIndexOf('.') + 1);
  return length === 0 || length === 43
    ? []
    : [
        `its signature has ${String(length)} characters where 43 belong; copy the token whole, and nothing else with it`,
      ];
}

/** Hints on a token, the cause of most trouble first. */
export function hintsOn(evidence: Evidence): string[] {
  return [signatureHints, claimHints, timeHints, encodingHints].flatMap((hints) => hints(evidence));
}

function signatureHints({
  token,
  header,
  wrongSecret: secret,
  isSignedWith,
  known: { accessKey, names },
  claims,
}: Evidence): string[] {
  if (header.alg !== 'HS256')
    return ['it is signed with another algorithm; take the algorithm option out of the call that signs it'];
  const cut = lengthHints(token);
  if (secret === undefined || cut.length > 0) return cut;
  const lineEnd = 'it was signed with a line break after the secret; trim what you read from the file';
  const mistakes: [key: string | Buffer, hint: string][] = [
    [
      Buffer.from(secret, 'base64'),
      'it was signed with the base64-decoded secret; use the secret as the dashboard shows it, as text',
    ],
    [`${secret}\n`, lineEnd],
    [`${secret}\r\n`, lineEnd],
    [`"${secret}"`, 'it was signed with quotes around the secret; take them out of the .env file'],
    [
      testCredentials.secret,
      'it was signed with the fake credentials of --demo and the test fixtures; sign it with your own',
    ],
  ];
  const found = mistakes.filter(([key]) => isSignedWith(key)).map(([, hint]) => hint);
  // Of another app is said by its access key.
  if (found.length > 0 || (accessKey !== undefined && claims.access_key !== accessKey)) return found;
  return [`it was signed with another secret than ${names.secret}, or changed afterwards; ${names.advice}`];
}

function claimHints({ claims, known: { accessKey, names } }: Evidence): string[] {
  if (claims.access_key === undefined && claims.type === undefined) {
    return ['it is not a 100ms token, which would have an access_key and a type; check which token you copied'];
  }
  for (const [name, claim] of Object.entries({ accessKey: 'access_key', roomId: 'room_id', userId: 'user_id' })) {
    if (Object.hasOwn(claims, name) && claims[claim] === undefined) {
      return [`it has ${name} where it should have ${claim}; claims are written with underscores`];
    }
  }
  const hints: string[] = [];
  if (accessKey !== undefined && claims.access_key !== accessKey) {
    hints.push(`it belongs to another 100ms app: its access_key is not ${names.accessKey}; ${names.advice}`);
  }
  if (claims.type === 'management') {
    hints.push('it is a management token, for the REST API: keep it on the server, and give clients an app token');
  }
  if (claims.type === 'management' || claims.type === 'app') {
    if (claims.version === undefined)
      hints.push('it has no version, which is easily forgotten by hand; add version: 2');
    if (claims.nbf === undefined)
      hints.push('it has no nbf, which is easily forgotten by hand; add it, the same as iat');
  }
  return claims.type === 'app' ? [...hints, ...idHints(claims)] : hints;
}

/** Ids that are missing, or that pass every check though nobody meant them. */
function idHints({ room_id, user_id, role }: JsonObject): string[] {
  const hints = Object.entries({ room_id, user_id, role }).flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== value ? [`its ${name} has white space around it; trim it`] : [],
  );
  if (hints.length === 0 && typeof room_id === 'string' && !/^[0-9a-f]{24}$/.test(room_id)) {
    hints.push('its room_id is not 24 hex digits, as those of 100ms are; is it the room code, or a name?');
  }
  if (user_id === undefined) {
    hints.push(
      "it has no user_id, which 100ms's own SDK allows but this package does not; add one to be sure who joins",
    );
  }
  return hints;
}

function timeHints({ claims, status }: Evidence): string[] {
  const milliseconds = (['iat', 'nbf', 'exp'] as const).filter((name) => numberOr(claims[name], 0) > MAX_NUMERIC_DATE);
  if (milliseconds.length > 0) {
    const names = milliseconds.join(', ');
    return [`its times (${names}) look like milliseconds; JWT times are seconds: Math.floor(Date.now() / 1000)`];
  }
  const hints: string[] = [];
  if (numberOr(claims.exp, 0) - numberOr(claims.nbf, numberOr(claims.iat, Infinity)) > MAX_LIFETIME) {
    hints.push('it lives longer than 90 days, the most that 100ms takes; make it with a shorter lifetime');
  }
  if (status === 'expired') {
    hints.push(
      claims.type === 'management'
        ? 'it has expired; make a new one, or use getManagementToken, which renews it in time'
        : 'it has expired; make a new one each time a user joins',
    );
  }
  if (status === 'not yet active') {
    hints.push(
      'it is not active yet: the clock of the server that made it may be ahead (set it, or raise clockSkew), or it was given a later notBefore',
    );
  }
  return hints;
}

function encodingHints({ token }: Evidence): string[] {
  const payload = token.split('.', 2).slice(1).join('');
  const isAscii = Buffer.from(payload, 'base64url').every((byte) => byte < 0x80);
  if (isAscii && !/[-_]/.test(payload)) return [];
  return [
    'the 100ms web client misreads its payload, or cannot read it at all; tokens made with this package are safe',
  ];
}

/** A claim if it is a finite number. */
export function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

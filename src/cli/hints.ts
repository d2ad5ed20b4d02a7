/** Known causes of trouble with a token: a test for each, and what to do. */

import { Buffer } from 'node:buffer';

import { ROOM_ID } from '../claims.js';
import { checkCredential } from '../credentials.js';
import { TokenError } from '../errors.js';
import { checkString, ID, NAME } from '../input.js';
import type { JsonObject } from '../jwt.js';
import { MAX_LIFETIME, type TimeStatus } from '../time.js';
import { parseJson } from './read.js';
import { findSigning, hexSignature, type Signing } from './signature.js';

/** The credentials to check a token with. */
export interface Known {
  accessKey?: string | undefined;
  secret?: string | undefined;
  /** Whether they're the fake ones of `--demo`. */
  isDemo: boolean;
}

/** What the hints are based on. */
export interface Evidence {
  token: string;
  header: JsonObject;
  claims: JsonObject;
  /** A Unix timestamp in seconds. */
  now: number;
  signature: 'valid' | 'invalid' | 'unchecked';
  /** Whether `verifyToken` accepts the token, apart from a signature that wasn't checked. */
  isValid: boolean;
  status: TimeStatus | null;
  known: Known;
  /** How the token was signed, if that's known. */
  signing: Signing | undefined;
}

/**
 * A cause: a test, and what to say if it succeeds. A test that returns texts succeeds once for each, and `%s` in the hint
 * stands for that text. No text that comes from a token may get into a hint.
 */
type Cause<E> = readonly [test: (evidence: E) => boolean | string | readonly string[], hint: string];

function hintsFrom<E>(causes: readonly Cause<E>[], evidence: E): string[] {
  return causes.flatMap(([test, hint]) => {
    const found = [test(evidence)].flat();
    return found.filter((text) => text !== false && text !== '').map((text) => hint.replace('%s', () => String(text)));
  });
}

// Whitespace other than a space, control characters, and characters that a terminal shows as nothing.
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/u;
const SECRET_FORM = /^[\w+/-]{40,}={0,2}$|^[\w+/-]{20,}={1,2}$/;
const ONE_TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/;
const TWO_TOKENS = new RegExp(`${ONE_TOKEN.source}[^]*${ONE_TOKEN.source}`);

/** Returns whether an `access_key` is the app secret, or has the form of one: about 170 characters that end in `=`. */
export function isSecret(value: unknown, secret: string | undefined): boolean {
  return typeof value === 'string' && (value === secret || value.length > 64 || SECRET_FORM.test(value));
}

const listed = (names: readonly string[]) => names.join(', ');

/** Returns the invisible characters in a text: "U+200B, U+FEFF". */
function invisible(text: unknown): string {
  const found = Array.from(typeof text === 'string' ? text : '').filter((character) => INVISIBLE.test(character));
  return listed(
    found.map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`),
  );
}

type Text = Pick<Evidence, 'token' | 'known'>;

/** Causes of text that isn't a token. Only the first that fits is named, because the others follow from it. */
const TEXTS: readonly Cause<Text>[] = [
  [
    ({ token }) => /^(?:undefined|null|NaN|None|nil|true|false|\[object \w+\])$/.exec(token)?.[0] ?? '',
    "It's the text %s. Look for where your code reads the token, and whether it awaits it.",
  ],
  [
    ({ token }) => /(?:^|\/)[a-z]{3}-[a-z]{3,4}-[a-z]{3}$/.test(token),
    "It's a room code, not a token. A client joins with a room code by exchanging it for a token (getAuthTokenByRoomCode).",
  ],
  [
    ({ token, known }) => token === known.secret || (/^(?!ey)/.test(token) && SECRET_FORM.test(token)),
    "Is it the app secret? A token has two dots and starts with eyJ. Remove the secret from your shell's history.",
  ],
  [
    ({ token }) => /^[\da-f]{24}$/i.test(token),
    'Is it a room ID, or the access key? A token has two dots and starts with eyJ.',
  ],
  [({ token }) => token.startsWith('<'), "It's a web page or XML. Check the URL and the status of the response."],
  [
    ({ token }) => parseJson(token) !== undefined,
    "It's JSON without a token in a member called token. Is it the response to a failed request? Pass only the token.",
  ],
  [({ token }) => TWO_TOKENS.test(token), 'It contains several tokens. Pass one.'],
  [
    ({ token }) => /["'`\u2018-\u201d]/.test(token),
    "There are quotes in it, which aren't part of a token. Remove them.",
  ],
  [
    ({ token }) => /[\r\n]/.test(token),
    'It spans several lines, and a token is one line. Join them, or pass only the token.',
  ],
  [({ token }) => invisible(token), 'It contains an invisible character (%s). Remove it, or copy the token again.'],
  [
    ({ token }) => /\u2026|\.\.\./.test(token),
    "It's abbreviated. Copy the whole token, not the part that a log shows.",
  ],
  [({ token }) => /%[\da-f]{2}/i.test(token), "It's percent-encoded. Decode it first."],
  [
    ({ token }) => /\s|[^\w.+/-]eyJ/.test(token),
    'There is text around the token. Pass only the token, which starts with eyJ.',
  ],
  [({ token }) => token.split('.').length === 5, "It's encrypted (JWE). 100ms needs a signed token (JWS), with HS256."],
  [
    ({ token }) => isBase64(token),
    'It was written in base64 instead of base64url. Replace + with - and / with _, and remove =.',
  ],
  [
    ({ token }) => token.split('.').length !== 3,
    'A token has three parts, with dots between them. Copy the whole token, and nothing else.',
  ],
  [({ token }) => !token.startsWith('ey'), 'A token starts with eyJ. Copy the whole token, and nothing else.'],
  [
    ({ token }) => typeof payloadOf(token) === 'string',
    'Its payload is a JSON string instead of an object. Was JSON.stringify called twice?',
  ],
  [
    ({ token }) => payloadText(token).startsWith('\ufeff'),
    'Its payload starts with a byte order mark. Write the JSON without it.',
  ],
  [
    ({ token }) => payloadText(token).includes('\ufffd'),
    "Its payload isn't UTF-8. Encode the JSON as UTF-8, or copy the token again.",
  ],
  [() => true, 'A part of it is damaged. Copy the whole token, and nothing else.'],
];

const isBase64 = (token: string) =>
  /[+/=]/.test(token) && /^ey[\w+/-]*={0,2}\.[\w+/-]*={0,2}\.[\w+/-]*={0,2}$/.test(token);
const payloadText = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64').toString();
const signatureOf = (token: string) => token.slice(token.lastIndexOf('.') + 1);

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(payloadText(token));
  } catch {
    return undefined;
  }
}

/** Hints on text that isn't a token. */
export function textHints(token: string, known: Known): string[] {
  const [first = ''] = hintsFrom(TEXTS, { token, known });
  const signing = isBase64(token) ? signingOf(token, known, {}) : undefined;
  return [first, ...hintsFrom(SIGNINGS, { signature: 'invalid', signing })];
}

/** Returns how a token was signed, if a known way fits. */
export function signingOf(token: string, { accessKey, secret }: Known, claims: JsonObject): Signing | undefined {
  const accessKeys = [accessKey, claims.access_key].filter((key) => typeof key === 'string');
  return findSigning(token.slice(0, token.lastIndexOf('.')), signatureOf(token), secret, accessKeys);
}

/** Causes that trying keys has found. */
const SIGNINGS: readonly Cause<Pick<Evidence, 'signature' | 'signing'>>[] = [
  [
    ({ signing }) => signing?.hasNewline === true,
    'A newline was signed after the first two parts. In a shell, use printf instead of echo.',
  ],
  [({ signing }) => signing?.key ?? '', '%s'],
  [
    ({ signature, signing }) => signature === 'invalid' && signing?.key === '',
    'Apart from that, it was signed with the right secret.',
  ],
];

/** Causes that the header and the signature show. */
const HEADERS: readonly Cause<Evidence>[] = [
  [
    ({ header }) => algorithm(header, /^HS(?:384|512)$/),
    'Its algorithm is %s, and 100ms only accepts HS256. Name HS256 in the call that signs: some libraries (jjwt) choose the algorithm by the length of the key.',
  ],
  [
    ({ header }) => algorithm(header, /^(?:[REP]S\d{3}|ES256K|EdDSA|Ed25519)$/),
    'Its algorithm is %s, which signs with a private key. 100ms needs HS256 and the app secret.',
  ],
  [
    ({ header, token }) => algorithm(header, /^none$/i) !== '' || token.endsWith('.'),
    "It isn't signed, so anyone could have written it. Sign it with HS256 and the app secret.",
  ],
  [
    ({ header }) => header.alg === undefined || algorithm(header, /^(?!HS256$)hs-?256$|^hmac/i) !== '',
    'alg in the header must be exactly HS256.',
  ],
  [
    ({ header }) => Object.hasOwn(header, 'crit'),
    "Remove crit from the header, because 100ms doesn't support extensions.",
  ],
  [
    ({ header, signing }) => header.alg === 'HS256' && signing?.hash !== 'SHA256' && (signing?.hash ?? ''),
    'Its header says HS256, but it was signed with %s. Use SHA-256.',
  ],
  [isHex, 'Its signature was written in hex. Encode the bytes of the HMAC in base64url, not their hex digits.'],
  [isCut, 'Its signature should have 43 characters. Copy the whole token, and nothing else.'],
  [
    (evidence) => isSignedOtherwise(evidence) && evidence.known.isDemo,
    "It wasn't signed with the fake secret of --demo. Leave --demo out to check it with yours.",
  ],
  [
    (evidence) => isSignedOtherwise(evidence) && !evidence.known.isDemo && !isOtherApp(evidence),
    'It was signed with a secret other than HMS_SECRET, or modified after signing. Copy the access key and the secret of the same app from the dashboard, both on the server and here.',
  ],
];

const algorithm = ({ alg }: JsonObject, pattern: RegExp) => (typeof alg === 'string' && pattern.test(alg) ? alg : '');

function isHex({ token }: Evidence): boolean {
  return hexSignature(signatureOf(token)) !== undefined;
}

function isCut(evidence: Evidence): boolean {
  const { token, header, signing } = evidence;
  const { length } = signatureOf(token);
  return header.alg === 'HS256' && signing === undefined && length > 0 && length !== 43 && !isHex(evidence);
}

function isSignedOtherwise(evidence: Evidence): boolean {
  const { signature, signing, header, token } = evidence;
  const isHmac = algorithm(header, /^HS\d{3}$/) !== '' && !token.endsWith('.');
  return signature === 'invalid' && signing === undefined && isHmac && !isCut(evidence);
}

function isOtherApp({ known: { accessKey, secret }, claims: { access_key } }: Evidence): boolean {
  return (
    accessKey !== undefined &&
    typeof access_key === 'string' &&
    access_key !== accessKey &&
    !isSecret(access_key, secret)
  );
}

const ROOM_CLAIMS = ['room_id', 'user_id', 'role'] as const;
const STRINGS = ['access_key', ...ROOM_CLAIMS, 'jti'] as const;
const TIMES = ['iat', 'nbf', 'exp'] as const;

/** The library's own rules, so that a new rule is a new hint. */
const RULES: Readonly<Record<(typeof STRINGS)[number], (value: unknown) => string>> = {
  access_key: (value) => checkCredential(value, 'accessKey', 'access_key'),
  room_id: (value) => checkString(value, 'room_id', ROOM_ID),
  user_id: (value) => checkString(value, 'user_id', ID),
  role: (value) => checkString(value, 'role', NAME),
  jti: (value) => checkString(value, 'jti', ID),
};

function problemOf(name: (typeof STRINGS)[number], value: unknown): string {
  try {
    RULES[name](value);
    return '';
  } catch (error) {
    return `${String(error).replace('TokenError: ', '')}.`;
  }
}

/** Returns the library's problems with the strings, except for those that have a cause of their own below. */
function problems({ claims, known: { secret } }: Evidence): string[] {
  const isExplained = (value: unknown) => value === undefined || value === null || typeof value === 'number';
  const names = STRINGS.filter((name) => !isExplained(claims[name]));
  return names.flatMap((name) =>
    name === 'access_key' && isSecret(claims[name], secret) ? [] : problemOf(name, claims[name]),
  );
}

/** Returns the claims of `names` that are missing, although other claims have nearly the same name. */
function respelled(claims: JsonObject, names: readonly string[]): string[] {
  const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const present = Object.keys(claims).map(letters);
  return names.filter((name) => claims[name] === undefined && present.includes(letters(name)));
}

function missing({ claims }: Evidence, names: readonly string[]): string {
  const needed = names.filter((name) => claims.type !== 'management' || !ROOM_CLAIMS.some((other) => other === name));
  const found = respelled(claims, needed);
  return listed(needed.filter((name) => claims[name] === undefined && !found.includes(name)));
}

/** Returns the claims of a payload that the 100ms web client reads differently: with `atob`, which doesn't know UTF-8. */
function misread({ token, claims }: Evidence): string {
  const read = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64').toString('latin1'));
  return listed(ROOM_CLAIMS.filter((name) => JSON.stringify(read?.[name]) !== JSON.stringify(claims[name])));
}

const SWAP =
  'the access key and the secret are swapped. Everyone who gets the token can read the secret, so create a new one.';

/** Causes that the claims of a 100ms token show, apart from its times. */
const CLAIMS: readonly Cause<Evidence>[] = [
  [
    ({ claims }) => listed(respelled(claims, [...STRINGS, 'type', 'version'])),
    'Spelled differently: %s. 100ms reads only these names, in lowercase with underscores.',
  ],
  [
    (evidence) => missing(evidence, ['access_key', ...ROOM_CLAIMS]),
    'Missing: %s. JSON drops undefined, so check the values that your code passes.',
  ],
  [
    (evidence) => missing(evidence, ['type', 'version', ...TIMES, 'jti']),
    'Missing: %s. They are easy to forget when you write claims yourself: type is app or management, version is 2, nbf is the same as iat, and jti is a UUID.',
  ],
  [
    ({ claims }) => listed(STRINGS.filter((name) => typeof claims[name] === 'number')),
    'Not text: %s. 100ms only accepts strings there, so pass String(id).',
  ],
  [
    ({ claims }) => listed(STRINGS.filter((name) => claims[name] === null)),
    'null: %s. Look for where your code reads the value.',
  ],
  [problems, '%s'],
  [
    ({ claims, known }) => claims.access_key === known.secret && known.secret !== undefined,
    `access_key is the app secret: ${SWAP}`,
  ],
  [
    ({ claims, known }) => claims.access_key !== known.secret && isSecret(claims.access_key, known.secret),
    `Is access_key the app secret? It's too long for an access key. If so, ${SWAP}`,
  ],
  [
    (evidence) => isOtherApp(evidence) && !evidence.known.isDemo,
    "It belongs to another 100ms app, because its access_key isn't HMS_ACCESS_KEY. Copy the access key and the secret of the same app from the dashboard.",
  ],
  [
    ({ claims: { access_key: key } }) =>
      typeof key === 'string' && key.length <= 64 && !/^(?:[\da-f]{24}$|fake)/.test(key),
    "Is access_key the app access key? It doesn't have 24 hex digits.",
  ],
  [
    ({ claims }) => claims.type === 'management' && Object.hasOwn(claims, 'room_id'),
    'It has a room_id, but its type is management. To join a room, a client needs the type app.',
  ],
  [
    ({ claims }) => typeof claims.type === 'string' && !['app', 'management'].includes(claims.type),
    'type must be exactly app (for clients) or management (for the REST API).',
  ],
  [
    ({ claims: { access_key, room_id } }) => typeof room_id === 'string' && room_id === access_key,
    'room_id is the access key. Pass the ID of a room.',
  ],
  [
    ({ claims }) => isOddRoom(claims.room_id),
    "room_id doesn't have 24 hex digits, as room IDs do. Is it the name of a room, or another ID? The dashboard and the REST API show room IDs.",
  ],
  [
    ({ claims }) => typeof claims.user_id === 'string' && claims.user_id.trim() !== claims.user_id,
    'Is the whitespace around user_id intended?',
  ],
  [
    ({ claims }) => listed([claims.room_id, claims.role].map(invisible).filter((found) => found !== '')),
    'There is an invisible character in room_id or role (%s). Remove it.',
  ],
  [
    ({ claims }) =>
      typeof claims.role === 'string' &&
      /\p{sc=Latin}/u.test(claims.role) &&
      /[\p{sc=Cyrillic}\p{sc=Greek}]/u.test(claims.role),
    'role mixes alphabets whose letters look the same. Is it spelled as in the dashboard?',
  ],
  [
    ({ claims, token }) => claims.type === 'app' && /[-_]/.test(token.split('.')[1] ?? ''),
    "The 100ms web client can't read it, because it decodes the payload with atob, which doesn't know - and _. Tokens that this package creates are safe.",
  ],
  [
    (evidence) => evidence.claims.type === 'app' && misread(evidence),
    'The 100ms web client misreads %s, because it decodes the payload with atob, which garbles UTF-8. Tokens that this package creates are safe.',
  ],
];

/** Returns whether no other cause explains a room ID that isn't 24 hex digits. */
function isOddRoom(room: unknown): boolean {
  return typeof room === 'string' && !/^[\da-f]{24}$/i.test(room) && problemOf('room_id', room) === '';
}

// Unix timestamps in seconds. Real times are between these two, and farther off is a mistake.
const YEAR_2000 = 946_684_800;
const YEAR_2100 = 4_102_444_800;

const isReal = (time: number) => time > YEAR_2000 && time < YEAR_2100;
const isTwice = (time: number, now: number) => Math.abs(time / now - 2) < 0.05;
const isThousandth = (time: number, now: number) => Math.abs(time * 1000 - now) < 366 * 86_400;

/** A test for times that are numbers. */
function timesThat(test: (time: number, now: number) => boolean) {
  return ({ claims, now }: Evidence) => listed(TIMES.filter((name) => test(numberOr(claims[name], NaN), now)));
}

/** Returns whether all times could be meant, so that it makes sense to compare them. */
function areReal({ claims, now }: Evidence): boolean {
  const times = TIMES.map((name) => numberOr(claims[name], now));
  return times.every((time) => isReal(time) && !isTwice(time, now));
}

function isNeverValid({ claims }: Evidence): boolean {
  return numberOr(claims.exp, NaN) <= Math.max(numberOr(claims.nbf, 0), numberOr(claims.iat, 0));
}

/** Returns by how much a token that may be new is off, if that's a difference between time zones. */
function zoneShift({ claims: { iat, nbf }, now, status }: Evidence): string {
  const shift = numberOr(iat, NaN) - now;
  const rest = shift - Math.round(shift / HALF_HOUR) * HALF_HOUR; // a token may be some minutes old, and backdated
  const isZone = Math.abs(shift) > HALF_HOUR - 300 && Math.abs(shift) < 14 * 3600 + 60 && rest > -300 && rest < 60;
  const isAll = Math.abs(numberOr(nbf, NaN) - numberOr(iat, NaN)) <= 60;
  return status !== 'active' && isZone && isAll ? `${String(Math.abs(Math.round(shift / HALF_HOUR)) / 2)} h` : '';
}

const HALF_HOUR = 1800;

/** Causes that the times show. */
const TIME_CAUSES: readonly Cause<Evidence>[] = [
  [
    ({ claims }) => listed(TIMES.filter((name) => typeof claims[name] === 'string')),
    'Text instead of a number: %s. Write Unix timestamps in seconds: Math.floor(date.getTime() / 1000).',
  ],
  [
    ({ claims }) => listed(TIMES.filter((name) => claims[name] === null)),
    'null instead of a number: %s. JSON turns NaN and Infinity into null, so check how the time is calculated.',
  ],
  [
    ({ claims }) => listed(TIMES.filter((name) => Math.abs(Number(claims[name])) === Infinity)),
    'Too large for a number: %s. Check how the time is calculated.',
  ],
  [
    timesThat((time) => isReal(time / 1e3)),
    'Milliseconds: %s. Times in a JWT are Unix timestamps in seconds: Math.floor(Date.now() / 1000).',
  ],
  [timesThat((time) => isReal(time / 1e6)), 'Microseconds: %s. Times in a JWT are Unix timestamps in seconds.'],
  [timesThat((time) => isReal(time / 1e9)), 'Nanoseconds: %s. Times in a JWT are Unix timestamps in seconds.'],
  [
    timesThat((time, now) => isReal(time) && isTwice(time, now)),
    'About twice the current time: %s. Some function has added the current time once more. In jsonwebtoken, notBefore and expiresIn count from now.',
  ],
  [
    timesThat((time) => time >= YEAR_2100 && ![1e3, 1e6, 1e9].some((unit) => isReal(time / unit))),
    "Not a real time: %s is too far in the future. Check the unit and how it's calculated.",
  ],
  [timesThat(isThousandth), 'Divided by 1000 twice: %s. Times in a JWT are Unix timestamps in seconds.'],
  [
    timesThat((time, now) => time <= YEAR_2000 && !isThousandth(time, now)),
    'Too small for a current time: %s. Is it a length of time, which has to be added to the current time? Or is a clock unset?',
  ],
  [
    (evidence) => areReal(evidence) && isNeverValid(evidence),
    "The token is never valid, because exp isn't after iat and nbf. Is the lifetime negative, or are the times in different time zones?",
  ],
  [
    (evidence) =>
      areReal(evidence) &&
      numberOr(evidence.claims.exp, NaN) - numberOr(evidence.claims.nbf, numberOr(evidence.claims.iat, NaN)) >
        MAX_LIFETIME,
    'It lives longer than 90 days, and 100ms rejects that. Is the lifetime in milliseconds? It has to be in seconds.',
  ],
  [
    zoneShift,
    'If the token is new, its times are off by about %s. Was UTC read as local time? (In Python, use time.time().)',
  ],
  [
    (evidence) => areReal(evidence) && !isNeverValid(evidence) && evidence.status === 'not yet active',
    'If the token is new, the clock of the server that created it may be ahead (sync it, or raise clockSkew), or the clock here is behind. Otherwise, wait until nbf and iat.',
  ],
  [
    (evidence) => areReal(evidence) && !isNeverValid(evidence) && evidence.status === 'expired',
    'It has expired. Create a new one: an app token each time a user joins, a management token with getManagementToken, which renews it.',
  ],
];

/** What there is to say about a valid token. */
const VALID: readonly Cause<Evidence & { hints: string[] }>[] = [
  [({ hints }) => hints.length === 0, 'Nothing is wrong here.'],
  [
    ({ claims }) => claims.type === 'app',
    `It's an app token, for a client that joins a room. The REST API needs a management token.`,
  ],
  [
    ({ claims }) => claims.type === 'management',
    `It's a management token, for the REST API. Keep it on your server; a client needs an app token.`,
  ],
  [
    () => true,
    'Only 100ms knows whether the credentials are right, the room exists and is enabled, and its template has the role. README.md, "When 100ms refuses a token", shows how to ask with curl.',
  ],
];

const FOREIGN: readonly Cause<Evidence>[] = [
  [() => true, "It isn't a 100ms token, because it has neither access_key nor type. Check which token you copied."],
];

/** Hints on a token, the cause of most trouble first. */
export function hintsOn(evidence: Evidence): string[] {
  const { claims, isValid, signature } = evidence;
  const names = ['access_key', 'type'];
  const isForeign = names.every((name) => claims[name] === undefined) && respelled(claims, names).length === 0;
  const hints = [
    ...hintsFrom(HEADERS, evidence),
    ...hintsFrom(SIGNINGS, evidence),
    ...hintsFrom(isForeign ? FOREIGN : CLAIMS, evidence),
    ...hintsFrom(TIME_CAUSES, evidence),
  ];
  return isValid && signature === 'valid' ? [...hints, ...hintsFrom(VALID, { ...evidence, hints })] : hints;
}

/** Returns a claim if it's a finite number, or else the fallback. */
export function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** Known causes of trouble with a token: a test for each, and what to do. */

import { Buffer } from 'node:buffer';

import { checkRoomId } from '../claims.js';
import { TokenError } from '../errors.js';
import { checkId, checkName, ownMember } from '../input.js';
import { type JsonObject, parseObject } from '../jwt.js';
import { testCredentials } from '../test-credentials.js';
import { MAX_LIFETIME, type TimeStatus } from '../time.js';
import { attempt } from './attempt.js';
import { findSigning, type Known, type Signing } from './signature.js';

/** Facts about a token. `now` is a Unix timestamp in seconds. */
export interface Evidence extends Known {
  token: string;
  header: JsonObject;
  claims: JsonObject;
  now: number;
  signature: 'valid' | 'invalid' | 'unchecked';
  status: TimeStatus | null;
  valid: boolean | null;
  signing: Signing;
  hasSecret?: boolean;
}

/** A cause. Its hint is printed if the test returns true, text, or a list of texts. `%s` is the text or the list. */
type Cause = readonly [test: (facts: Evidence) => boolean | string | readonly string[] | undefined, hint: string];

function hintsFrom(causes: readonly Cause[], facts: Evidence): string[] {
  const found = causes.map(([test, hint]) => ({ text: [test(facts)].flat().filter(Boolean).join(', '), hint }));
  return found.flatMap(({ text, hint }) => (text === '' ? [] : hint.replace('%s', () => text)));
}

/** Matches characters that are invisible in a terminal, and any whitespace except a space. */
export const INVISIBLE = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/u;

const SECRET = /^(?!ey)(?:[\w+/-]{40,}|[\w+/-]{20,}=)=*$/; // an app secret: about 170 characters of base64url that end in =
const MISSING = /^(?:undefined|null|NaN|None|nil|true|false|\[object \w+\])$/i;
const NOT_AN_ID = /^(?!fake|[\da-f]{24}$)./i; // what 100ms IDs look like, except in tests
const CUT = 'Its signature should have 43 characters. Copy the whole token and nothing else, or sign with SHA-256.';
const DAMAGED = 'Some of its characters are missing or wrong. Copy the whole token, and nothing else.';
const NO_JSON =
  "Its header or payload isn't a JSON object in UTF-8. Was it passed to JSON.stringify twice, or not at all? If you copied the token, copy it again.";
const RIGHT_SECRET = 'Apart from that, it was signed with the right secret.';
const OTHER_SECRET =
  'It was signed with a secret other than HMS_SECRET, or modified after signing. Is HMS_SECRET, here and on the server, the one in the dashboard?';
const SWAPPED = 'it was swapped with the access key. Anyone with a token can read the secret, so replace it.';
const BY_HAND = 'Set type to app or management, version to 2, nbf to the value of iat, and jti to a UUID.';
const FOREIGN = "It isn't a 100ms token. Is it another service's token, or are its claims nested in an object?";

/** Returns the text that matches, or the code point of an invisible character: "U+200B". */
function match(text: unknown, pattern: RegExp): string {
  const codePoint = (character: string) => Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0');
  const [found = ''] = pattern.exec(typeof text === 'string' ? text : '') ?? [];
  return found.replace(INVISIBLE, (character) => `U+${codePoint(character)}`);
}

/** Causes for text that isn't a token. Only the first match is reported, because the others follow from it. */
// prettier-ignore
const TEXTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [MISSING, "It's the text %s. Check where your code reads the token, and whether it awaits it."],
  [/^(?:.*\/)?[a-z]{3}-[a-z]{3,4}-[a-z]{3}(?:[/?#]|$)/, "It's a room code, not a token. Clients exchange it for one with getAuthTokenByRoomCode."],
  [/^ZXlK|^[\w.%+-]*%[\dA-Fa-f]{2}/, "It's percent-encoded, or base64-encoded again. Decode it first."],
  [SECRET, "Is it the app secret? A token has two dots. Remove the secret from your shell's history."],
  [/^<(?!ey)/, "It's a web page or XML. Check the URL and the status of the response."],
  [/^[{[](?![^]*eyJ)/, "It's JSON, but it contains no token. Is it the response to a failed request, or the claims of a token?"],
  [/\w\.eyJ[^]*\w\.eyJ/, 'It contains several tokens. Pass one.'],
  [/^["'`\u2018-\u201d]|["'`\u2018-\u201d]$/, "There are quotes around it, which aren't part of a token. Remove them."],
  [/[^.\s]\s+eyJ|[^\s\w.+/\p{C}-]eyJ/u, 'There is text around the token. Pass only the token, which starts with eyJ.'],
  [/^(?![^]*ey[\w-])/, "It isn't a token. A token has three parts separated by dots and starts with eyJ."],
  [/[\r\n ]/, 'It contains newlines or spaces, but a token is one line. Join them, or pass only the token.'],
  [INVISIBLE, 'It contains an invisible character (%s). Remove it, or copy the token again.'],
  [/\u2026|\.\.\./, "It's abbreviated. Copy the whole token, not a shortened version from a log."],
  [/^(?=.*[+/=])ey[\w+/=-]*\.[\w+/=-]+\.[\w+/=-]+$/, "It's encoded in base64 instead of base64url. Replace + with -, / with _, and remove =."],
  [/^.{65537}/, "It's too long. Servers accept headers of 8 to 16 KiB, so put less into the claims."],
  [/^(?!ey[^.]*\.[^.]+\.[^.]*$)/, 'A token has three parts separated by dots and starts with eyJ. Copy the whole token, and nothing else.'],
];

/** Causes evident from the header and the signature. */
// prettier-ignore
const SIGNATURES: readonly Cause[] = [
  [({ header }) => match(header.alg, /^HS(?:384|512)$/), 'Its algorithm is %s. Specify HS256 when you sign. Otherwise, jjwt picks by key length.'],
  [isUnsigned, "It isn't signed. Sign it with HS256 and the app secret."],
  [({ header }) => match(header.alg, /^HS(?:256|384|512)$/) === '', 'alg in the header must be exactly HS256, which uses the app secret.'],
  [({ header, signing }) => header.alg === 'HS256' && signing.hash !== 'SHA256' && signing.hash, 'It was signed with %s, but HS256 needs SHA256.'],
  [({ signing }) => signing.isHex, 'Its signature is in hex. Encode the raw HMAC bytes in base64url instead.'],
  [({ signing }) => signing.mistake, '%s'],
  [({ header }) => 'crit' in header, "The header has crit, which isn't supported. Remove it."],
  [({ hasSecret }) => hasSecret, 'It contains the app secret, which anyone with the token can read. Replace the secret.'],
  [(facts) => facts.signing.mistake === '' && isFake(facts), 'It was signed with the fake secret, which 100ms rejects.'],
  [(facts) => facts.signing.mistake === '' && facts.signature === 'invalid' && !isFake(facts), RIGHT_SECRET],
  [(facts) => isUnknown(facts) && facts.signing.isCut, CUT],
  [(facts) => isResigned(facts) && isFake(facts), "It wasn't signed with the fake secret. Omit --demo, and set HMS_SECRET to the real one."],
  [(facts) => isResigned(facts) && !isFake(facts) && !isOtherApp(facts), OTHER_SECRET],
];

function isUnsigned({ token, header, signing }: Evidence): boolean {
  return token.endsWith('.') || (signing.hash === undefined && match(header.alg, /^none$/i) !== '');
}

const isUnknown = ({ header, signing }: Evidence) => match(header.alg, /^HS/) !== '' && signing.mistake === undefined;
const isFake = ({ secret }: Evidence) => secret === testCredentials.secret; // the one that --demo uses
const isResigned = (facts: Evidence) => isUnknown(facts) && facts.secret !== undefined && !facts.signing.isCut;
const isOtherApp = (facts: Evidence) =>
  isOther(facts.claims, 'access_key', facts.accessKey ?? facts.claims.access_key) && !isFake(facts) && !isSecret(facts);

const ROOM_CLAIMS = ['room_id', 'user_id', 'role'] as const;
const STRINGS = ['access_key', ...ROOM_CLAIMS, 'jti'] as const;
const REQUIRED = { app: ['access_key', ...ROOM_CLAIMS], management: ['access_key'] };
const TIMES = ['iat', 'nbf', 'exp'] as const;
const CHECKS = { access_key: checkName, room_id: checkRoomId, user_id: checkId, role: checkName, jti: checkId };

/** Causes evident from the claims of a 100ms token, apart from its times. */
// prettier-ignore
const CLAIMS: readonly Cause[] = [
  [({ claims }) => respelled(claims), 'Spelled differently: %s. 100ms only reads these names, in lowercase with underscores.'],
  [({ claims }) => missing(claims, REQUIRED[kindOf(claims)]), 'Missing: %s. Check the names and values that your code passes. JSON drops undefined.'],
  [({ claims }) => missing(claims, ['type', 'version', ...TIMES, 'jti']), `Missing: %s. ${BY_HAND}`],
  [({ claims }) => STRINGS.filter((name) => !isA('string', claims[name])), 'Not a string: %s. Pass String(id). null is a missing value, or NaN.'],
  [({ claims }) => TIMES.filter((name) => !isA('number', claims[name])), 'Not a number: %s. Write seconds: Math.floor(date.getTime() / 1000).'],
  [({ claims }) => STRINGS.map((name) => problem(claims, name)).filter(Boolean).join(' '), '%s'],
  [({ claims }) => ROOM_CLAIMS.filter((name) => match(claims[name], /^(?:None|nil|NULL|true|false)$/)), 'Was a missing value turned into text? %s.'],
  [({ claims, secret }) => secret !== undefined && claims.access_key === secret, `access_key is the app secret: ${SWAPPED}`],
  [(facts) => facts.claims.access_key !== facts.secret && isSecret(facts), `Is access_key the app secret? If so, ${SWAPPED}`],
  [(facts) => !isSecret(facts) && match(facts.claims.access_key, NOT_AN_ID), "access_key doesn't have 24 hex digits. Is it the right value?"],
  [isOtherApp, "Its access_key isn't HMS_ACCESS_KEY. Use the access key and the secret of the same 100ms app."],
  [({ claims }) => isOther(claims, 'type', 'app', 'management'), 'type must be exactly app (for clients) or management (for the REST API).'],
  [({ claims }) => isOther(claims, 'version', 2), 'version must be the number 2.'],
  [({ claims }) => claims.type === 'management' && 'room_id' in claims, 'Its type is management, but it has a room_id. Clients need an app token.'],
  [({ claims }) => !problem(claims, 'room_id') && match(claims.room_id, NOT_AN_ID), "room_id doesn't have 24 hex digits. Is it a name or other ID?"],
  [({ claims }) => [match(claims.room_id, INVISIBLE), match(claims.role, INVISIBLE)], 'There is an invisible character in room_id or role (%s).'],
  [({ claims }) => match(claims.user_id, /^\s|\s$/), 'There is whitespace around user_id. Is that intended?'],
  [misread, "The 100ms web client can't read or garbles %s, because atob supports neither UTF-8 nor - and _. This package avoids that."],
];

/** Returns whether `access_key` is the secret, or looks like one. */
export function isSecret({ claims: { access_key: key }, secret }: Pick<Evidence, 'claims' | 'secret'>): boolean {
  return typeof key === 'string' && (key === secret || key.length > 64 || SECRET.test(key));
}

/** Returns the library's problem with a claim, so that its rules become hints without a row here. */
function problem(claims: JsonObject, name: keyof typeof CHECKS): string {
  const value = claims[name];
  const result = attempt(() => typeof value === 'string' && CHECKS[name](value, name));
  return result instanceof TokenError ? result.message.replace(/[^?]$/, '$&.') : '';
}

/** Returns the missing claims for which others have nearly the same name. */
function respelled(claims: JsonObject): string[] {
  const present = Object.keys(claims).map(lettersOf);
  return [...STRINGS, 'type', 'version'].filter((name) => !(name in claims) && present.includes(lettersOf(name)));
}

function missing(claims: JsonObject, names: readonly string[]): string[] {
  const others = respelled(claims);
  return names.filter((name) => !(name in claims) && !others.includes(name));
}

/** Returns the kind of token that the claims are for, even if the type is wrong. */
const kindOf = (claims: JsonObject) =>
  claims.type === 'app' || (claims.type !== 'management' && ROOM_CLAIMS.some((name) => name in claims))
    ? 'app'
    : 'management';
const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
const isA = (type: string, value: unknown) => value === undefined || typeof value === type;
const isOther = (claims: JsonObject, name: string, ...expected: unknown[]) =>
  name in claims && !expected.includes(claims[name]);

/** Returns the claims that the 100ms web client misreads, because it decodes the payload with a bare `atob`. */
function misread({ token, claims }: Evidence): string[] {
  const payload = String(token.split('.')[1]);
  const text = Buffer.from(payload, 'base64').toString('latin1');
  const read = /[-_]/.test(payload) ? {} : attempt(() => parseObject(text));
  const isMisread = (name: string) => typeof claims[name] === 'string' && ownMember(read, name) !== claims[name];
  return claims.type === 'app' ? ROOM_CLAIMS.filter(isMisread) : [];
}

// The starts of 2000 and 2100, as Unix timestamps in seconds. A time before or after is a mistake.
const [FIRST, LAST] = [946_684_800, 4_102_444_800];
const isReal = (time: number) => time >= FIRST && time < LAST;
const isTwice = (time: number, now: number) => Math.round((20 * time) / now) === 40;

const isOnly = (status: TimeStatus) => (facts: Evidence) => facts.status === status && lifetime(facts) > 0;

/** Returns the names of the times that pass the test. */
function times({ claims, now }: Evidence, test: (time: number, now: number) => boolean): string[] {
  return TIMES.filter((name) => test(typeof claims[name] === 'number' ? claims[name] : NaN, now));
}

/** Causes evident from the times. */
// prettier-ignore
const TIME_CAUSES: readonly Cause[] = [
  [(facts) => times(facts, (time) => isReal(time / 1e3)), 'Milliseconds: %s. Times in a JWT are in seconds: Math.floor(Date.now() / 1000).'],
  [(facts) => times(facts, (time, now) => isReal(time) && isTwice(time, now)), 'About twice the current time: %s. Was the current time added twice?'],
  [(facts) => times(facts, (time) => time < FIRST), 'Before 2000: %s. Was the current time not added, or divided by 1000 twice? Is the clock wrong?'],
  [(facts) => times(facts, (time) => time >= LAST && !isReal(time / 1e3)), 'After 2099: %s. Is it in micro- or nanoseconds? The limit is 90 days.'],
  [(facts) => lifetime(facts) <= 0, "It's never valid, because exp isn't after iat and nbf. Is the lifetime negative? Is one in another time zone?"],
  [(facts) => lifetime(facts) > MAX_LIFETIME, 'Its lifetime exceeds 90 days, which 100ms rejects. Is the lifetime in milliseconds?'],
  [zoneShift, 'If it was just created, its times are off by about %s h, like a time zone. Was UTC read as local time, or local time as UTC?'],
  [isOnly('not yet active'), "If it should be active: is nbf after iat, the server's clock ahead (sync it or raise clockSkew), or yours behind?"],
  [isOnly('expired'), 'It has expired. Create an app token for each join, and management tokens with getManagementToken, which renews them.'],
];

/** Returns the seconds from start to end, if all times are plausible. If the start is unknown, it's assumed to precede the end. */
function lifetime({ claims, now }: Evidence): number {
  const exp = numberOr(claims.exp, NaN);
  const iat = numberOr(claims.iat, exp - 1);
  const nbf = numberOr(claims.nbf, iat);
  return [iat, nbf, exp].every((time) => isReal(time) && !isTwice(time, now)) ? exp - Math.max(iat, nbf) : NaN;
}

/** Returns how many hours a new token's times are off, if that looks like a time zone. */
function zoneShift({ claims: { iat, nbf }, now, status }: Evidence): string {
  const shift = numberOr(iat, NaN) - now;
  const halfHours = Math.round(shift / 1800);
  const isZone = halfHours !== 0 && Math.abs(halfHours) <= 28 && Math.abs(shift - halfHours * 1800 + 120) <= 180;
  const isAll = Math.abs(numberOr(nbf, NaN) - numberOr(iat, NaN)) <= 60;
  return status !== 'active' && isZone && isAll ? String(Math.abs(halfHours) / 2) : '';
}

const KINDS = {
  app: "It's an app token, for a client that joins a room; the REST API needs a management token.",
  management: "It's a management token, for the REST API. Keep it on your server; a client needs an app token.",
};
const ONLY_100MS =
  'Only 100ms can check the credentials, room and role. To ask 100ms with curl, see "When 100ms refuses a token" in README.md.';

/** Returns hints on a token, the cause of most trouble first. */
export function hintsOn(facts: Evidence): string[] {
  const names = Object.keys(facts.claims).map(lettersOf);
  if (!['accesskey', 'type', 'roomid'].some((name) => names.includes(name)))
    return [FOREIGN, ...hintsFrom(SIGNATURES, facts)];
  const found = [SIGNATURES, CLAIMS, TIME_CAUSES].flatMap((causes) => hintsFrom(causes, facts));
  if (facts.valid !== true) return found;
  return [...(found.length === 0 ? ['Nothing is wrong here.'] : found), KINDS[kindOf(facts.claims)], ONLY_100MS];
}

/** Returns hints on text that isn't a token. Its last part may be a signature that shows more. */
export function textHints(token: string, known: Known, problem: TokenError): string[] {
  const signing = findSigning(token, known);
  const other = problem.message.includes('JSON') ? NO_JSON : DAMAGED;
  const [pattern, hint] = TEXTS.find(([cause]) => cause.test(token)) ?? [/^/, other];
  const first = hint.replace('%s', () => match(token, pattern));
  if (signing.mistake === undefined) return [first];
  const nothing = { header: { alg: 'HS256' }, claims: {}, now: NaN, status: null, valid: false } as const;
  return [first, ...hintsFrom(SIGNATURES, { ...known, ...nothing, token, signature: 'invalid', signing })];
}

/** Returns a claim if it's a finite number, or else the fallback. */
export const numberOr = (value: unknown, fallback: number) => (Number.isFinite(value) ? Number(value) : fallback);

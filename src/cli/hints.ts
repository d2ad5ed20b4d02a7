/** Known causes of trouble with a token: a test for each, and what to do. */

import { Buffer } from 'node:buffer';

import { checkRoomId } from '../claims.js';
import { checkId, checkName } from '../input.js';
import type { JsonObject } from '../jwt.js';
import { MAX_LIFETIME, type TimeStatus } from '../time.js';
import { parseJson } from './read.js';
import { findSigning, hexDigits, type Known, type Signing } from './signature.js';

/** Facts about a token. `now` is a Unix timestamp in seconds, `signing` how the token was signed, if known. */
export interface Evidence extends Known {
  token: string;
  header: JsonObject;
  claims: JsonObject;
  now: number;
  signature: 'valid' | 'invalid' | 'unchecked';
  status: TimeStatus | null;
  isValid: boolean;
  signing: Signing | undefined;
}

/** A cause. Its hint is printed if the test returns true, or once for each text that it returns. `%s` is that text. */
type Cause<Facts> = readonly [test: (facts: Facts) => boolean | string | readonly string[], hint: string];

function hintsFrom<Facts>(causes: readonly Cause<Facts>[], facts: Facts): string[] {
  const found = causes.flatMap(([test, hint]) => [test(facts)].flat().map((text) => ({ text, hint })));
  return found.flatMap(({ text, hint }) => (text ? hint.replace('%s', () => String(text)) : []));
}

/** Matches what a terminal shows as nothing, and any whitespace but a space. */
export const INVISIBLE = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/u;

/** Matches what looks like an app secret: about 170 characters of base64url that end in `=`. */
const SECRET = /^(?!ey)(?:[\w+/-]{40,}={0,2}|[\w+/-]{20,}={1,2})$/;

/** Matches a token whose signature isn't as long as an HMAC in base64url, or in hex. */
const ODD_SIGNATURE = /\.(?![^.]{43}$|[^.]{64}$|[^.]{86}$)[^.]+$/;

/** Returns the text that matches, or the code point of an invisible character: "U+200B". */
function match(text: unknown, pattern: RegExp): string {
  const codePoint = (character: string) => Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0');
  const [found = ''] = pattern.exec(typeof text === 'string' ? text : '') ?? [];
  return found.replace(INVISIBLE, (character) => `U+${codePoint(character)}`);
}

/** Causes of text that isn't a token. Only the first counts, because the others follow from it. */
// prettier-ignore
const TEXTS: readonly Cause<string>[] = [
  [(text) => match(text, /^(?:undefined|null|NaN|None|nil|true|false|\[object \w+\])$/), "It's the text %s. Look for where your code reads the token, and whether it awaits it."],
  [(text) => match(text, /^(?:.*\/)?[a-z]{3}-[a-z]{3,4}-[a-z]{3}$/), "It's a room code (or a link with one), not a token. A client exchanges it for a token, with getAuthTokenByRoomCode."],
  [(text) => match(text, SECRET), "Is it the app secret? A token has two dots. Remove the secret from your shell's history."],
  [(text) => match(text, /^</), "It's a web page or XML. Check the URL and the status of the response."],
  [(text) => match(text, /^[{[]/), "It's JSON, but has no text in a member called token. Is it the response to a failed request?"],
  [(text) => text.split('.eyJ').length > 2, 'It contains several tokens. Pass one.'],
  [(text) => match(text, /["'`\u2018-\u201d]/), "There are quotes in it, which aren't part of a token. Remove them."],
  [(text) => match(text, /[\r\n]/), 'It spans several lines, and a token is one line. Join them, or pass only the token.'],
  [(text) => match(text, INVISIBLE), 'It contains an invisible character (%s). Remove it, or copy the token again.'],
  [(text) => match(text, /\u2026|\.\.\./), "It's abbreviated. Copy the whole token, not what a log shows of it."],
  [(text) => match(text, /%[\da-f]{2}/i), "It's percent-encoded. Decode it first."],
  [(text) => match(text, /\s|[^\w.+/-]eyJ/), 'There is text around the token. Pass only the token, which starts with eyJ.'],
  [(text) => match(text, /^(?=.*[+/=])ey[\w+/-]*={0,2}\.[\w+/-]+={0,2}\.[\w+/-]+={0,2}$/), 'It was written in base64 instead of base64url. Replace + with - and / with _, and remove =.'],
  [(text) => text.length > 65_536, 'It is too long. Servers accept headers of 8 to 16 KiB, so put less into the claims.'],
  [(text) => match(text, /^(?!ey).|^(?![^.]+\.[^.]+\.[^.]*$)./), 'A token has three parts, with dots between them, and starts with eyJ. Copy the whole token, and nothing else.'],
  [(text) => match(text, ODD_SIGNATURE), 'Its signature should have 43 characters. Copy the whole token, and nothing else.'],
  [() => true, 'Its JSON is damaged, not UTF-8, or was passed to JSON.stringify twice. Copy the whole token, or check how it is created.'],
];

/** Causes that the header and the signature show. */
// prettier-ignore
const SIGNATURES: readonly Cause<Evidence>[] = [
  [({ header }) => match(header.alg, /^HS(?:384|512)$/), 'Its algorithm is %s, but 100ms only accepts HS256. Name HS256 in the call that signs; some libraries (jjwt) choose by the length of the key.'],
  [({ header }) => match(header.alg, /^(?:[REP]S\d{3}|ES256K|EdDSA)$/), 'Its algorithm is %s, which signs with a private key. 100ms needs HS256 and the app secret.'],
  [({ header, token }) => match(header.alg, /^none$/i) !== '' || token.endsWith('.'), "It isn't signed, so anyone could have written it. Sign it with HS256 and the app secret."],
  [({ header: { alg } }) => alg !== 'HS256' && (typeof alg !== 'string' || match(alg, /^hs-?256$/i)), 'alg in the header must be exactly HS256.'],
  [({ header, signing }) => header.alg === 'HS256' && signing?.hash !== 'SHA256' && (signing?.hash ?? ''), 'Its header says HS256, but it was signed with %s. Use SHA-256.'],
  [({ token }) => hexDigits(token) !== '', 'Its signature was written in hex. Encode the bytes of the HMAC in base64url, not their hex digits.'],
  [({ signing }) => signing?.mistake ?? '', '%s'],
  [({ signing, signature }) => signature === 'invalid' && signing?.mistake === '', 'Apart from that, it was signed with the right secret.'],
  [({ header, token, signing }) => match(header.alg, /^HS/) !== '' && ODD_SIGNATURE.test(token) && signing === undefined, 'Its signature should have 43 characters. Copy the whole token, and nothing else.'],
  [(facts) => isSignedOtherwise(facts) && facts.isDemo, "It wasn't signed with the fake secret of --demo. Leave --demo out to check it with yours."],
  [(facts) => isSignedOtherwise(facts) && !facts.isDemo && !isOtherApp(facts), 'It was signed with a secret other than HMS_SECRET, or modified after signing. Compare HMS_SECRET here and on the server with the dashboard.'],
];

function isSignedOtherwise({ signature, signing, header, token }: Evidence): boolean {
  const isWhole = match(header.alg, /^HS\d{3}$/) !== '' && !token.endsWith('.') && !ODD_SIGNATURE.test(token);
  return signature === 'invalid' && signing === undefined && isWhole;
}

const ROOM_CLAIMS = ['room_id', 'user_id', 'role'] as const;
const STRINGS = ['access_key', ...ROOM_CLAIMS, 'jti'] as const;
const TIMES = ['iat', 'nbf', 'exp'] as const;
const SWAPPED =
  'the access key and the secret are swapped. Everyone who gets the token can read the secret, so create a new one.';

/** Causes that the claims of a 100ms token show, apart from its times. */
// prettier-ignore
const CLAIMS: readonly Cause<Evidence>[] = [
  [({ claims }) => listed(respelled(claims, [...STRINGS, 'type', 'version'])), 'Spelled differently: %s. 100ms only reads these names, in lowercase with underscores.'],
  [(facts) => missing(facts, ['access_key', ...ROOM_CLAIMS]), 'Missing: %s. JSON drops undefined, so check the values that your code passes.'],
  [(facts) => missing(facts, ['type', 'version', ...TIMES, 'jti']), 'Missing: %s. If you write claims yourself: type is app or management, version is 2, nbf is the same as iat, and jti is a UUID.'],
  [({ claims }) => listed(STRINGS.filter((name) => typeof claims[name] === 'number')), 'A number instead of text: %s. 100ms only accepts strings there, so pass String(id).'],
  [({ claims }) => listed([...STRINGS, ...TIMES].filter((name) => claims[name] === null)), 'null: %s. Check where the value comes from. JSON turns NaN into null, too.'],
  [({ claims }) => STRINGS.map((name) => problem(claims, name)), '%s'],
  [({ claims, secret }) => secret !== undefined && claims.access_key === secret, `access_key is the app secret: ${SWAPPED}`],
  [(facts) => facts.claims.access_key !== facts.secret && isSecret(facts), `Is access_key the app secret? An access key has 24 hex digits. If so, ${SWAPPED}`],
  [(facts) => !isSecret(facts) && problem(facts.claims, 'access_key') === '' && match(facts.claims.access_key, /^(?!fake)(?![\da-f]{24}$)./s), "Is access_key the app access key, and not the secret? It doesn't have 24 hex digits."],
  [(facts) => isOtherApp(facts) && !facts.isDemo, "Its access_key isn't HMS_ACCESS_KEY, so it belongs to another 100ms app. Use the access key and the secret of the same app."],
  [({ claims }) => claims.type !== undefined && !KINDS.has(claims.type), 'type must be exactly app (for clients) or management (for the REST API).'],
  [({ claims }) => claims.type === 'management' && Object.hasOwn(claims, 'room_id'), 'Its type is management, but it has a room_id. To join a room, a client needs the type app.'],
  [({ claims }) => problem(claims, 'room_id') === '' && match(claims.room_id, /^(?![\da-f]{24}$)./is), "room_id doesn't have 24 hex digits. Is it the name of a room, or another ID? The dashboard and the REST API show room IDs."],
  [({ claims }) => [claims.room_id, claims.role].map((text) => match(text, INVISIBLE)), 'There is an invisible character in room_id or role (%s). Remove it.'],
  [({ claims }) => match(claims.user_id, /^\s|\s$/), 'There is whitespace around user_id. Is that intended?'],
  [(facts) => facts.claims.type === 'app' && misread(facts), "The 100ms web client can't read or garbles %s, because atob supports neither UTF-8 nor - and _. Tokens from this package avoid that."],
];

const listed = (names: readonly string[]) => names.join(', ');

/** Returns whether `access_key` is the secret, or looks like one. */
export function isSecret({ claims: { access_key: key }, secret }: Pick<Evidence, 'claims' | 'secret'>): boolean {
  return typeof key === 'string' && (key === secret || key.length > 64 || SECRET.test(key));
}

function isOtherApp(facts: Evidence): boolean {
  const { access_key: key } = facts.claims;
  return facts.accessKey !== undefined && typeof key === 'string' && key !== facts.accessKey && !isSecret(facts);
}

const CHECKS = { access_key: checkName, room_id: checkRoomId, user_id: checkId, role: checkName, jti: checkId };

/** Returns the library's problem with a claim, so that a new rule is a new hint. Numbers and null have their own hints. */
function problem(claims: JsonObject, name: keyof typeof CHECKS): string {
  const value = claims[name];
  if (value === undefined || value === null || typeof value === 'number') return '';
  try {
    CHECKS[name](value, name);
    return '';
  } catch (error) {
    return String(error).replace('TokenError: ', '').replace(/[^?]$/, '$&.');
  }
}

/** Returns which of these claims are missing, although others have nearly the same name. */
function respelled(claims: JsonObject, names: readonly string[]): string[] {
  const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const present = Object.keys(claims).map(letters);
  return names.filter((name) => claims[name] === undefined && present.includes(letters(name)));
}

function missing({ claims }: Evidence, names: readonly string[]): string {
  const unneeded: readonly string[] = claims.type === 'management' ? ROOM_CLAIMS : [];
  const others = [...respelled(claims, names), ...unneeded];
  return listed(names.filter((name) => claims[name] === undefined && !others.includes(name)));
}

/** Returns the claims that the 100ms web client reads differently. It decodes the payload with a bare `atob`. */
function misread({ token, claims }: Evidence): string {
  const [, payload = ''] = token.split('.');
  const read = parseJson(/[-_]/.test(payload) ? '' : Buffer.from(payload, 'base64').toString('latin1'));
  return listed(ROOM_CLAIMS.filter((name) => typeof claims[name] === 'string' && read?.[name] !== claims[name]));
}

// Unix timestamps in seconds, of the years 2000 and 2100. A time before or after is a mistake.
const [FIRST, LAST] = [946_684_800, 4_102_444_800];
const isReal = (time: number) => time > FIRST && time < LAST;
const isTwice = (time: number, now: number) => Math.abs(time / now - 2) < 0.05;
const isThousandth = (time: number, now: number) => Math.abs(time * 1000 - now) < 366 * 86_400;

/** Returns the names of the times that the test is true for. */
function timesThat(test: (time: number, now: number) => boolean) {
  const isThat = (time: unknown, now: number) => typeof time === 'number' && test(time, now);
  return ({ claims, now }: Evidence) => listed(TIMES.filter((name) => isThat(claims[name], now)));
}

/** Causes that the times show. */
// prettier-ignore
const TIME_CAUSES: readonly Cause<Evidence>[] = [
  [({ claims }) => listed(TIMES.filter((name) => typeof claims[name] === 'string')), 'Text instead of a number: %s. Write a Unix timestamp in seconds: Math.floor(date.getTime() / 1000).'],
  [timesThat((time) => isReal(time / 1e3)), 'Milliseconds: %s. Times in a JWT are in seconds: Math.floor(Date.now() / 1000).'],
  [timesThat((time) => isReal(time / 1e6)), 'Microseconds: %s. Times in a JWT are in seconds.'],
  [timesThat((time) => isReal(time / 1e9)), 'Nanoseconds: %s. Times in a JWT are in seconds.'],
  [timesThat(isThousandth), 'Divided by 1000 twice: %s. Times in a JWT are in seconds.'],
  [timesThat((time, now) => isReal(time) && isTwice(time, now)), 'About twice the current time: %s. Was the current time added once more? In jsonwebtoken, notBefore and expiresIn count from now.'],
  [timesThat((time, now) => time <= FIRST && !isThousandth(time, now)), 'From 1970 to 1999: %s. Is it a length of time, which you need to add to the current time? Or is the clock wrong?'],
  [timesThat((time) => time >= LAST && ![1e3, 1e6, 1e9].some((unit) => isReal(time / unit))), 'After the year 2099: %s. Check the unit, and how it is calculated.'],
  [(facts) => lifetime(facts) <= 0, "It's never valid, because exp isn't after iat and nbf. Is the lifetime negative, or are the times in different time zones?"],
  [(facts) => lifetime(facts) > MAX_LIFETIME, 'It lives longer than 90 days, and 100ms rejects that. Is the lifetime in milliseconds instead of seconds?'],
  [zoneShift, 'If it was just created, its times are off by about %s h, like a time zone. Was UTC read as local time, or local time as UTC?'],
  [(facts) => facts.status === 'not yet active' && lifetime(facts) > 0, 'If it should be active, the clock of the server that created it may be ahead (sync it, or raise clockSkew), or the clock here behind.'],
  [(facts) => facts.status === 'expired' && lifetime(facts) > 0, 'It has expired. Create an app token each time a user joins, and management tokens with getManagementToken, which renews them.'],
];

/** Returns the seconds from the start to the end, if every time could be meant. An unknown start is before the end. */
function lifetime({ claims, now }: Evidence): number {
  const exp = numberOr(claims.exp, NaN);
  const iat = numberOr(claims.iat, exp - 1);
  const nbf = numberOr(claims.nbf, iat);
  return [iat, nbf, exp].every((time) => isReal(time) && !isTwice(time, now)) ? exp - Math.max(iat, nbf) : NaN;
}

/** Returns how many hours the times of a token are off that was created some minutes ago, if that's like a time zone. */
function zoneShift({ claims: { iat, nbf }, now, status }: Evidence): string {
  const shift = numberOr(iat, NaN) - now;
  const halfHours = Math.round(shift / 1800);
  const isZone = halfHours !== 0 && Math.abs(halfHours) <= 28 && Math.abs(shift - halfHours * 1800 + 120) <= 180;
  const isAll = Math.abs(numberOr(nbf, NaN) - numberOr(iat, NaN)) <= 60;
  return status !== 'active' && isZone && isAll ? String(Math.abs(halfHours) / 2) : '';
}

// prettier-ignore
const KINDS: ReadonlyMap<unknown, string> = new Map([
  ['app', "It's an app token, for a client that joins a room; the REST API needs a management token."],
  ['management', "It's a management token, for the REST API. Keep it on your server; a client needs an app token."],
]);
const FOREIGN: typeof CLAIMS = [
  [() => true, "It isn't a 100ms token: access_key and type are missing. Check which token you copied."],
];
// prettier-ignore
const ASK = 'Only 100ms can check the credentials, the room and the role. README.md, "When 100ms refuses a token", shows how to ask it with curl.';

/** Returns hints on a token, the cause of most trouble first. */
export function hintsOn(facts: Evidence): string[] {
  const { claims, signature, isValid } = facts;
  const isForeign = claims.access_key === undefined && claims.type === undefined;
  const isOurs = !isForeign || respelled(claims, ['access_key', 'type']).length > 0;
  const found = [SIGNATURES, isOurs ? CLAIMS : FOREIGN, TIME_CAUSES].flatMap((causes) => hintsFrom(causes, facts));
  if (!isValid || signature !== 'valid') return found;
  return [...(found.length === 0 ? ['Nothing is wrong here.'] : found), String(KINDS.get(claims.type)), ASK];
}

/** Returns hints on text that isn't a token. Its signature may show more, if that's in the last part. */
export function textHints(token: string, known: Known): string[] {
  const [first = ''] = hintsFrom(TEXTS, token);
  const signing = findSigning(token, known);
  if (signing === undefined) return [first];
  const nothing = { claims: {}, now: NaN, status: null, isValid: false, signature: 'invalid' } as const;
  return [first, ...hintsFrom(SIGNATURES, { ...known, token, header: { alg: 'HS256' }, ...nothing, signing })];
}

/** Returns a claim if it's a finite number, or else the fallback. */
export function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

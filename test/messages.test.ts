/** Every message of the library. A message says what is wrong in the caller's words, and what to do. */

import { readdirSync, readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { APP_TOKEN_PARAMS, TOKEN_OPTIONS } from '../src/claims.js';
import { appClaims, createTokenBuilder, decodeToken, managementClaims, signToken, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, at, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET, signed } from './support/forge.js';
import { credentials, room } from './support/functions.js';
import { untyped } from './support/untyped.js';

const tokens = createTokenBuilder(credentials);
const fixtures = createTokenFixtures();
const input = { accessKey: ACCESS_KEY, issuedAt: at, jti: 'id' };
const now = { currentDate: at };

type Act = () => unknown;

// Each call has one mistake.
const call =
  (method: unknown, ...values: unknown[]): Act =>
  () =>
    (method as (...values: unknown[]) => unknown)(...values);
const build = (more: object) => call(createTokenBuilder, { ...credentials, ...more });
const claims = (more: object) => call(appClaims, { ...input, ...room, ...more });
const sign = (claims: unknown) => call(signToken, claims, SECRET);
const verify = (token: unknown, more = {}) => call(verifyToken, token, SECRET, { ...now, ...more });
const verifyClaims = (more: object) => verify(forge(HEADER, { ...APP, ...more }));
function withVariable(name: string, value: string): Act {
  return () => {
    vi.stubEnv(name, value);
    return createTokenBuilder();
  };
}
function withoutClock(): unknown {
  vi.spyOn(Date, 'now').mockReturnValue(NaN);
  return tokens.getManagementToken();
}

const TOKEN = Object.keys(TOKEN_OPTIONS).join(', ');
const PARAMS = Object.keys(APP_TOKEN_PARAMS).join(', ');
const CONFIG = 'accessKey, secret, expiresIn, clockSkew';
const LOST = 'is the .env file loaded before this line runs? Workers need compatibility date 2025-04-01 or later';
const MULTIPLY = 'for a Unix timestamp in seconds, write new Date(seconds * 1000)';
const duration = (range: string) => `must be a string from ${range} with a unit (s, m, h, d), such as '3600s'`;
const ROOM_ID = 'not a room ID; a room ID is 24 hex digits, from the dashboard or the REST API';
const BASE64URL = 'must be base64url; pass the whole token, without "Bearer "';

type Row = [field: string | undefined, message: string, act: Act];

// A message that starts with an ellipsis starts with the field. One line each.
// prettier-ignore
const MESSAGES: Record<string, Row[]> = {
  ERR_INVALID_CONFIG: [
    ['config', `… must be a plain object: createTokenBuilder({ ${CONFIG} })`, call(createTokenBuilder, 'key', 'secret')],
    ['config', '… must be a plain object, not a class instance: createTokenBuilder({ ...config })', call(createTokenBuilder, Object.create({}))],
    ['expiresin', `unknown option expiresin; the options are ${CONFIG}`, build({ expiresin: '1h' })],
    ['config', `unknown option in config; the options are ${CONFIG}`, build({ [SECRET]: 1 })],
    ['accessKey', `HMS_ACCESS_KEY isn't set; ${LOST}`, call(createTokenBuilder)],
    ['secret', `HMS_SECRET isn't set; ${LOST}`, call(createTokenBuilder, { accessKey: ACCESS_KEY })],
    ['accessKey', `HMS_ACCESS_KEY isn't set; ${LOST}`, withVariable('HMS_ACCESS_KEY', '')],
    ['accessKey', 'HMS_ACCESS_KEY is blank', withVariable('HMS_ACCESS_KEY', ' ')],
    ['accessKey', '… is undefined; leave it out to use HMS_ACCESS_KEY', build({ accessKey: undefined })],
    ['secret', '… is undefined; leave it out to use HMS_SECRET', build({ secret: undefined })],
    ['accessKey', '… must be a string', build({ accessKey: null })],
    ['accessKey', '… is missing', claims({ accessKey: undefined })],
    ['secret', '… is missing', call(signToken, {})],
    ['secret', '… is blank', build({ secret: '\u200b' })],
    ['secret', '… is the text of a missing value, such as "undefined"', build({ secret: 'undefined' })],
    ['secret', '… is a placeholder; fill in the real value', build({ secret: '<app_secret>' })],
    ['secret', '… contains half of a surrogate pair; was an emoji cut in two?', build({ secret: '\ud800' })],
    ['secret', '… has whitespace or an invisible character around it; trim it', build({ secret: 'secret\n' })],
    ['secret', '… is in quotes, which docker --env-file keeps', build({ secret: '"secret"' })],
    ['secret', '… is a placeholder; fill in the real value', build({ secret: 'your-app-secret' })],
    ['secret', '… is an access key; are the two swapped?', build({ secret: 'a'.repeat(24) })],
    ['accessKey', '… is too long; is it the app secret?', build({ accessKey: 'a'.repeat(65) })],
    ['expiresIn', `… ${duration('1s to 90d')}`, build({ expiresIn: 3600 })],
    ['clockSkew', `… ${duration('0s to 1h')}`, build({ clockSkew: '61m' })],
  ],
  ERR_INVALID_ARGUMENT: [
    ['options', `… must be a plain object: generateManagementToken({ ${TOKEN} })`, call(tokens.generateManagementToken, '1h')],
    ['role', `unknown option role; the options are ${TOKEN}`, call(tokens.generateManagementToken, { role: 'host' })],
    ['params', `… must be a plain object: generateAppToken({ ${PARAMS} })`, call(tokens.generateAppToken, 'room', 'user', 'role')],
    ['roomCode', `unknown option roomCode; the options are ${PARAMS}`, call(tokens.generateAppToken, { roomCode: 'x' })],
    ['input', `… must be a plain object: managementClaims({ accessKey, ${TOKEN} })`, call(managementClaims, [])],
    ['input', `… must be a plain object: appClaims({ accessKey, ${PARAMS} })`, call(appClaims)],
    ['options', '… must be a plain object: verifyToken(token, secret, { currentDate, clockTolerance })', call(verifyToken, '', SECRET, null)],
    ['options', '… must be a plain object: verifyAppToken(token, { currentDate, clockTolerance })', call(tokens.verifyAppToken, '', 1)],
    ['options', '… must be a plain object: verifyManagementToken(token, { currentDate, clockTolerance })', call(tokens.verifyManagementToken, '', 1)],
    ['config', '… must be a plain object: createTokenFixtures({ accessKey, secret, at })', call(createTokenFixtures, [])],
    ['params', `… must be a plain object: appToken({ ${PARAMS} })`, call(fixtures.appToken, [])],
    ['options', `… must be a plain object: managementToken({ ${TOKEN} })`, call(fixtures.managementToken, [])],
    ['options', '… would be ignored; pass them in the first argument', call(tokens.generateAppToken, room, 3600)],
    ['options', '… would be ignored; pass them to generateManagementToken', call(tokens.getManagementToken, {})],
    ['options', '… would be ignored; set iat, nbf and exp in the claims instead', call(signToken, {}, SECRET, { expiresIn: '1h' })],
    ['roomId', `… is a room code, ${ROOM_ID}`, claims({ roomId: 'abc-defg-hij' })],
    ['roomId', `… is a link, ${ROOM_ID}`, claims({ roomId: 'https://x.app.100ms.live/meeting/abc-defg-hij' })],
    ['issuedAt', '… is missing', claims({ issuedAt: undefined })],
    ['issuedAt', `… must be a valid Date from 1970 to 9999; ${MULTIPLY}`, claims({ issuedAt: NOW })],
    ['issuedAt', `… is in 1970; ${MULTIPLY}`, claims({ issuedAt: new Date(NOW) })],
    ['at', '… is too close to 1970 for an expired token; choose a later time', () => createTokenFixtures({ at: new Date(0) }).expiredAppToken()],
    ['notBefore', '… is too early: the token is never valid; for tests, see 100ms-tokens/testing', call(tokens.generateManagementToken, { notBefore: new Date(0) })],
    ['clockTolerance', `… ${duration('0s to 1h')}`, verify('', { clockTolerance: '90d' })],
    [undefined, 'Date.now() must return milliseconds since 1970; is it mocked?', withoutClock],
    ['claims', '… must be a JSON object, without BigInts, cycles or toJSON', sign([])],
    ['claims', '… make the token longer than 65,536 characters', sign({ a: 'a'.repeat(49_092) })],
    ['claims', '… make the token longer than 65,536 characters', sign({ a: 'a'.repeat(65_536) })],
    ['claims', '… make the token longer than 65,536 characters', sign({ a: 'é'.repeat(49_000) })],
  ],
  ERR_TOKEN_MALFORMED: [
    [undefined, 'the token must be a string', call(decodeToken, {})],
    [undefined, 'the token must be at most 65,536 characters long', call(decodeToken, '.'.repeat(65_537))],
    [undefined, 'the token must be three parts separated by dots', call(decodeToken, 'a.b')],
    [undefined, `the token's header ${BASE64URL}`, call(decodeToken, '=.e30.')],
    [undefined, "the token's header must be a JSON object in UTF-8", call(decodeToken, 'W10.e30.')],
    [undefined, `the token's payload ${BASE64URL}`, call(decodeToken, 'e30.=.')],
    [undefined, "the token's payload must be a JSON object in UTF-8", call(decodeToken, 'e30._w.')],
    [undefined, "the token's payload must be a JSON object in UTF-8", verify(forge(HEADER, '[]'))],
    [undefined, `the token's signature ${BASE64URL}`, call(decodeToken, 'e30.e30.=')],
  ],
  ERR_TOKEN_ALGORITHM: [
    [undefined, "the token isn't signed with HS256", verify(`${base64url({ alg: 'none' })}.e30.`)],
    [undefined, "the token's header has crit", verify(signed(`${base64url({ ...HEADER, crit: [] })}.e30`))],
  ],
  ERR_TOKEN_SIGNATURE: [
    [undefined, 'the token was signed with a different secret, or modified', verify(forge(HEADER, APP, 'another-secret'))],
  ],
  ERR_TOKEN_CLAIMS: [
    ['type', '… must be management or app', verifyClaims({ type: 'room' })],
    ['type', '… must be app, not management', call(tokens.verifyAppToken, forge(HEADER, MANAGEMENT), now)],
    ['type', '… must be management, not app', call(tokens.verifyManagementToken, forge(HEADER, APP), now)],
    ['role', '… must be a non-empty string', verifyClaims({ role: '' })],
    ...Object.keys(APP).map((name): Row => [name, '… is missing; JSON omits undefined', verifyClaims({ [name]: undefined })]),
    ['version', '… must be the number 2', verifyClaims({ version: '2' })],
    ['exp', '… must be a Unix timestamp in seconds', verifyClaims({ exp: '1' })],
    ['access_key', "… isn't the builder's; the token belongs to another 100ms app", () => createTokenBuilder({ accessKey: 'x', secret: SECRET }).verifyAppToken(forge(HEADER, APP), now)],
  ],
  ERR_TOKEN_NOT_ACTIVE: [
    ['nbf', '… is in the future; compare the clocks, or wait', verifyClaims({ nbf: NOW + 1 })],
    ['iat', '… is in the future; compare the clocks, or wait', verifyClaims({ iat: NOW + 1 })],
  ],
  ERR_TOKEN_EXPIRED: [['exp', '… has passed; create a new token', verifyClaims({ exp: NOW })]],
};
const ROWS = Object.entries(MESSAGES).flatMap(([code, rows]) =>
  rows.map(([field, message, act]) => ({
    code: untyped(code),
    field,
    message: message.replace('…', String(field)),
    act,
  })),
);

beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it.each(ROWS)('$code for $field: $message', ({ code, field, message, act }) => {
  expect(act).toThrowTokenError(code, field, message);
});

it('the table has a message from every place in src that throws', () => {
  const stacks = ROWS.map(({ act }) => stackOf(act)).join('\n');
  const folder = new URL('../src/', import.meta.url);
  // The guard throws its own Error, and so does the code that mutation tests add.
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'guard.ts');
  const places = files.flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .split('\n')
      .flatMap((line, index) => (/\bthrow (?!new Error\()/.test(line) ? [`src/${name}:${String(index + 1)}:`] : [])),
  );
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter((place) => !stacks.includes(place))).toEqual([]);
});

function stackOf(act: Act): string {
  try {
    return String(act());
  } catch (error) {
    return error instanceof Error ? String(error.stack) : '';
  }
}

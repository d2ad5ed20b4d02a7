/** Every message of the library, word for word: each says what is wrong where the caller is, and what to do there. */

import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { appClaims, createTokenBuilder, decodeToken, managementClaims, signToken, verifyToken } from '../src/index.js';
import type { TokenErrorCode } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET, signed } from './support/forge.js';
import { untyped } from './support/untyped.js';

const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
const tokens = createTokenBuilder(credentials);
const fixtures = createTokenFixtures();
const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };
const input = { accessKey: ACCESS_KEY, issuedAt: NOW, jti: 'id' };
const now = { currentDate: new Date(NOW * 1000) };
const ofApp = forge(HEADER, APP);
const ofManagement = forge(HEADER, MANAGEMENT);

// Each with one thing wrong; what is undefined is left out.
const build = (more: object) => () => createTokenBuilder(untyped({ ...credentials, ...more }));
const claims = (more: object) => () => appClaims(untyped({ ...input, ...room, ...more }));
const sign =
  (claims: unknown, secret: unknown = SECRET) =>
  () =>
    signToken(untyped(claims), untyped(secret));
const verify =
  (token: unknown, more: object = {}) =>
  () =>
    verifyToken(untyped(token), SECRET, { ...now, ...more });
const call =
  (method: unknown, ...values: unknown[]) =>
  () =>
    (method as (...values: unknown[]) => unknown)(...values);
const claiming = (more: object) => verify(forge(HEADER, { ...APP, ...more }));

const BUILDER_OPTIONS = 'accessKey, secret, expiresIn, clockSkew, refreshBefore';
const TOKEN_OPTIONS = 'issuedAt, notBefore, expiresIn, jti';
const DURATION = "must be whole seconds, or digits with a unit, such as '15m'";
const RANGE = (from: string, to: string) => `must be from ${from} to ${to}; a number is seconds, not milliseconds`;
const TIME = 'must be a valid Date or whole seconds since 1970';
const COPY = '; copy it from the 100ms dashboard';
const SPACE = 'has white space around it, often a line break from a file; trim it';
const FILLED = 'must be a string that is not blank';
const UNWRITTEN = 'claims must be a JSON object without a BigInt, cycle, toJSON or very long text';

type Row = [code: TokenErrorCode, field: string | undefined, message: string, act: () => unknown];

// A line for each message.
// prettier-ignore
const MESSAGES: Row[] = [
  ['ERR_INVALID_CONFIG', 'config', `config must be a plain object of ${BUILDER_OPTIONS}`, () => createTokenBuilder(untyped(null))],
  ['ERR_INVALID_CONFIG', 'config', 'config must be a plain object; pass { ...config }', () => createTokenBuilder(untyped(Object.create({})))],
  ['ERR_INVALID_CONFIG', 'expiresin', 'unknown option expiresin; did you mean expiresIn?', build({ expiresin: '1h' })],
  ['ERR_INVALID_CONFIG', 'x', `unknown option x; the options are ${BUILDER_OPTIONS}`, build({ x: 1 })],
  ['ERR_INVALID_CONFIG', 'config', `unknown option in config; the options are ${BUILDER_OPTIONS}`, build({ [SECRET]: 1 })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey (HMS_ACCESS_KEY) is missing${COPY}`, () => createTokenBuilder()],
  ['ERR_INVALID_CONFIG', 'secret', `secret (HMS_SECRET) ${SPACE}`, build({ secret: undefined })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey ${FILLED}${COPY}`, build({ accessKey: null })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey ${FILLED}${COPY}`, build({ accessKey: '' })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey is still a placeholder${COPY}`, build({ accessKey: '<access_key>' })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey ${SPACE}`, build({ accessKey: ' key' })],
  ['ERR_INVALID_CONFIG', 'secret', `secret ${FILLED}${COPY}`, build({ secret: ' ' })],
  ['ERR_INVALID_CONFIG', 'secret', `secret ${SPACE}`, build({ secret: 'secret\n' })],
  ['ERR_INVALID_CONFIG', 'expiresIn', `expiresIn ${DURATION}`, build({ expiresIn: '1.5h' })],
  ['ERR_INVALID_CONFIG', 'clockSkew', `clockSkew ${RANGE('0s', '1h')}`, build({ clockSkew: '61m' })],
  ['ERR_INVALID_CONFIG', 'refreshBefore', `refreshBefore ${RANGE('0s', '90d')}`, build({ refreshBefore: '91d' })],
  ['ERR_INVALID_ARGUMENT', 'options', `options must be a plain object of ${TOKEN_OPTIONS}`, () => tokens.generateManagementToken(untyped('1h'))],
  ['ERR_INVALID_ARGUMENT', 'role', `unknown option role; the options are ${TOKEN_OPTIONS}`, () => tokens.generateManagementToken(untyped({ role: 'host' }))],
  ['ERR_INVALID_ARGUMENT', 'params', `params must be a plain object of roomId, userId, role, ${TOKEN_OPTIONS}`, () => tokens.generateAppToken(untyped(undefined))],
  ['ERR_INVALID_ARGUMENT', 'x', `unknown option x; the options are roomId, userId, role, ${TOKEN_OPTIONS}`, () => tokens.generateAppToken(untyped({ x: 1 }))],
  ['ERR_INVALID_ARGUMENT', 'options', 'options would be ignored; put them into the first argument', call(createTokenBuilder, credentials, {})],
  ['ERR_INVALID_ARGUMENT', 'options', 'options would be ignored; put them into the first argument', call(tokens.generateManagementToken, {}, {})],
  ['ERR_INVALID_ARGUMENT', 'options', 'options would be ignored; put them into the first argument', call(tokens.generateAppToken, room, '1h')],
  ['ERR_INVALID_ARGUMENT', 'options', 'options would be ignored; pass them to createTokenBuilder or generateManagementToken', call(tokens.getManagementToken, null)],
  ['ERR_INVALID_ARGUMENT', undefined, 'Date.now() must give milliseconds since 1970; is it mocked?', withoutClock(() => tokens.getManagementToken())],

  ['ERR_INVALID_ARGUMENT', 'input', `input must be a plain object of accessKey, ${TOKEN_OPTIONS}`, () => managementClaims(untyped([]))],
  ['ERR_INVALID_ARGUMENT', 'role', `unknown option role; the options are accessKey, ${TOKEN_OPTIONS}`, () => managementClaims(untyped({ ...input, role: 'host' }))],
  ['ERR_INVALID_ARGUMENT', 'x', `unknown option x; the options are accessKey, roomId, userId, role, ${TOKEN_OPTIONS}`, claims({ x: 1 })],
  ['ERR_INVALID_CONFIG', 'accessKey', `accessKey is missing${COPY}`, claims({ accessKey: undefined })],
  ['ERR_INVALID_ARGUMENT', 'roomId', 'roomId is missing', claims({ roomId: undefined })],
  ['ERR_INVALID_ARGUMENT', 'roomId', 'roomId is still a placeholder', claims({ roomId: '<room_id>' })],
  ['ERR_INVALID_ARGUMENT', 'userId', 'userId is missing', claims({ userId: undefined })],
  ['ERR_INVALID_ARGUMENT', 'userId', `userId ${FILLED}`, claims({ userId: 7 })],
  ['ERR_INVALID_ARGUMENT', 'role', `role ${FILLED}`, claims({ role: ' ' })],
  ['ERR_INVALID_ARGUMENT', 'jti', 'jti is missing', claims({ jti: undefined })],
  ['ERR_INVALID_ARGUMENT', 'issuedAt', 'issuedAt is missing', claims({ issuedAt: undefined })],
  ['ERR_INVALID_ARGUMENT', 'issuedAt', `issuedAt ${TIME}`, claims({ issuedAt: new Date(NaN) })],
  ['ERR_INVALID_ARGUMENT', 'issuedAt', `issuedAt ${TIME}, not milliseconds`, claims({ issuedAt: Date.UTC(2026) })],
  ['ERR_INVALID_ARGUMENT', 'notBefore', `notBefore ${TIME}`, claims({ notBefore: 1.5 })],
  ['ERR_INVALID_ARGUMENT', 'expiresIn', `expiresIn ${DURATION}`, claims({ expiresIn: '3600' })],

  ['ERR_INVALID_CONFIG', 'secret', `secret is missing${COPY}`, () => signToken({}, untyped(undefined))],
  ['ERR_INVALID_CONFIG', 'secret', `secret is still a placeholder${COPY}`, sign({}, '<app_secret>')],
  ['ERR_INVALID_CONFIG', 'secret', 'secret must be a secret key that is not empty', sign({}, generateKeyPairSync('ed25519').privateKey)],
  ['ERR_INVALID_CONFIG', 'secret', 'secret must be a secret key that is not empty', sign({}, createSecretKey(Buffer.alloc(0)))],
  ['ERR_INVALID_ARGUMENT', 'claims', UNWRITTEN, sign([])],
  ['ERR_INVALID_ARGUMENT', 'options', 'options would be ignored; the times are claims', call(signToken, {}, SECRET, { expiresIn: '1h' })],
  ['ERR_INVALID_ARGUMENT', 'claims', UNWRITTEN, sign({ a: 1n })],
  ['ERR_INVALID_ARGUMENT', 'claims', UNWRITTEN, sign({ toJSON: () => 'text' })],

  ['ERR_INVALID_ARGUMENT', 'options', 'options must be a plain object of currentDate, clockTolerance', () => verifyToken('', SECRET, untyped(null))],
  ['ERR_INVALID_ARGUMENT', 'leeway', 'unknown option leeway; the options are currentDate, clockTolerance', verify('', { leeway: 1 })],
  ['ERR_INVALID_ARGUMENT', 'currentDate', 'currentDate must be a valid Date', verify('', { currentDate: new Date(NaN) })],
  ['ERR_INVALID_ARGUMENT', 'currentDate', 'currentDate must be a valid Date', verify('', { currentDate: NOW })],
  ['ERR_INVALID_ARGUMENT', 'clockTolerance', `clockTolerance ${DURATION}`, verify('', { clockTolerance: '1' })],

  ['ERR_TOKEN_MALFORMED', undefined, 'the token must be a string', () => decodeToken(untyped({}))],
  ['ERR_TOKEN_MALFORMED', undefined, 'the token must be three parts with dots between them', () => decodeToken('a.b')],
  ['ERR_TOKEN_MALFORMED', undefined, "the token's header must be at most 8192 characters", () => decodeToken(`${'A'.repeat(8193)}.A.A`)],
  ['ERR_TOKEN_MALFORMED', undefined, `the token's header must be base64url; pass the token alone, without white space or "Bearer "`, () => decodeToken('=.e30.')],
  ['ERR_TOKEN_MALFORMED', undefined, "the token's header must be a JSON object in UTF-8", () => decodeToken('W10.e30.')],
  ['ERR_TOKEN_MALFORMED', undefined, `the token's payload must be base64url; pass the token alone, without white space or "Bearer "`, () => decodeToken('e30.=.')],
  ['ERR_TOKEN_MALFORMED', undefined, "the token's payload must be a JSON object in UTF-8", () => decodeToken('e30._w.')],
  ['ERR_TOKEN_MALFORMED', undefined, `the token's signature must be base64url; pass the token alone, without white space or "Bearer "`, () => decodeToken('e30.e30.=')],
  ['ERR_TOKEN_ALGORITHM', undefined, 'the token is signed with another algorithm; 100ms uses HS256', verify(`${base64url({ alg: 'none' })}.e30.`)],
  ['ERR_TOKEN_ALGORITHM', undefined, 'the token has crit in its header, which 100ms does not use', verify(signed(`${base64url({ ...HEADER, crit: [] })}.e30`))],
  ['ERR_TOKEN_SIGNATURE', undefined, 'the token was changed, or was signed with another secret', verify(forge(HEADER, APP, 'another-secret'))],
  ['ERR_TOKEN_CLAIMS', 'type', 'type must be management or app', claiming({ type: 'room' })],
  ['ERR_TOKEN_CLAIMS', 'type', 'type must be app; this is the management token', () => tokens.verifyAppToken(ofManagement, now)],
  ['ERR_TOKEN_CLAIMS', 'type', 'type must be management; this is the app token', () => tokens.verifyManagementToken(ofApp, now)],
  ['ERR_TOKEN_CLAIMS', 'role', 'role must be a string that is not empty', claiming({ role: '' })],
  ['ERR_TOKEN_CLAIMS', 'version', 'version must be 2', claiming({ version: '2' })],
  ['ERR_TOKEN_CLAIMS', 'exp', 'exp must be a number of seconds since 1970', claiming({ exp: '1' })],
  ['ERR_TOKEN_CLAIMS', 'access_key', "access_key must be the builder's; this token belongs to another 100ms app", () => createTokenBuilder({ accessKey: 'x', secret: SECRET }).verifyAppToken(ofApp, now)],
  ['ERR_TOKEN_NOT_ACTIVE', 'nbf', 'nbf is in the future; compare the clocks, or wait', claiming({ nbf: NOW + 1 })],
  ['ERR_TOKEN_NOT_ACTIVE', 'iat', 'iat is in the future; compare the clocks, or wait', claiming({ iat: NOW + 1 })],
  ['ERR_TOKEN_EXPIRED', 'exp', 'exp has passed; make a new token', claiming({ exp: NOW })],

  ['ERR_INVALID_ARGUMENT', 'config', 'config must be a plain object of accessKey, secret, at', () => createTokenFixtures(untyped([]))],
  ['ERR_INVALID_ARGUMENT', 'x', 'unknown option x; the options are accessKey, secret, at', () => createTokenFixtures(untyped({ x: 1 }))],
  ['ERR_INVALID_ARGUMENT', 'at', 'at must be a valid Date', () => createTokenFixtures({ at: untyped(1) })],
  ['ERR_INVALID_ARGUMENT', 'params', `params must be a plain object of roomId, userId, role, ${TOKEN_OPTIONS}`, () => fixtures.appToken(untyped([]))],
  ['ERR_INVALID_ARGUMENT', 'options', `options must be a plain object of ${TOKEN_OPTIONS}`, () => fixtures.managementToken(untyped([]))],
  ['ERR_INVALID_ARGUMENT', 'expiresIn', `expiresIn ${DURATION}`, () => fixtures.appToken({ expiresIn: untyped('1') })],
  ['ERR_INVALID_ARGUMENT', 'at', 'at is too soon after 1970 for a token that has expired; choose a later one', () => createTokenFixtures({ at: new Date(0) }).expiredAppToken()],
];

function withoutClock(act: () => unknown) {
  return () => {
    vi.spyOn(Date, 'now').mockReturnValue(NaN);
    return act();
  };
}

beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', `${SECRET}\n`);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it.each(MESSAGES)('%s for %s: %s', (code, field, message, act) => {
  expect(act).toThrowTokenError(code, field, message);
});

it('has a message of every place in src that throws', () => {
  const seen = MESSAGES.map(([, , , act]) => stackOf(act)).join('\n');
  const folder = new URL('../src/', import.meta.url);
  const library = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  // The guards throw an Error of their own.
  const places = library.flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /\bthrow (?!error;|new Error\()/.test(line) ? [`src/${name}:${String(index + 1)}:`] : [],
      ),
  );
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter((place) => !seen.includes(place))).toEqual([]);
});

function stackOf(act: () => unknown): string {
  try {
    return String(act());
  } catch (error) {
    return error instanceof Error ? String(error.stack) : '';
  }
}

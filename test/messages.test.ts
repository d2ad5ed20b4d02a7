/** Every message that the library can throw, word for word: each says what is wrong and what to do. */

import { createSecretKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { appClaims, createTokenBuilder, decodeToken, managementClaims, signToken, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { faultOf } from './support/fault.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';

const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
const tokens = createTokenBuilder(credentials);
const input = { accessKey: ACCESS_KEY, issuedAt: NOW, jti: 'id' };
const appInput = { ...input, roomId: 'room-1', userId: 'user-1', role: 'guest' };
const currentDate = new Date(NOW * 1000);

/** Calls with what the types refuse. */
const untyped = (value: unknown) => value as never;
const build = (config: object) => () => createTokenBuilder(untyped({ ...credentials, ...config }));
const app = (change: object) => () => appClaims(untyped({ ...appInput, ...change }));
const verify =
  (token: unknown, options: object = {}) =>
  () =>
    verifyToken(untyped(token), SECRET, untyped({ currentDate, ...options }));
const claims = (change: object, base: object = APP) => verify(forge(HEADER, { ...base, ...change }));

const DASHBOARD = 'pass that of the dashboard, or set';
const DURATION = "is not a duration; pass whole seconds, '15m', '24h' or such, at most '90d'";
const SECONDS = 'is not whole seconds since 1970; is it milliseconds?';
const ANY_ID = 'pass a user id; for an anonymous one, 100ms takes any random string';

describe('messages', () => {
  it.each<[message: string, act: () => unknown]>([
    [
      `accessKey is missing; ${DASHBOARD} HMS_ACCESS_KEY`,
      () => managementClaims(untyped({ ...input, accessKey: undefined })),
    ],
    [`accessKey is not a string; ${DASHBOARD} HMS_ACCESS_KEY`, build({ accessKey: null })],
    [`accessKey is blank; ${DASHBOARD} HMS_ACCESS_KEY`, build({ accessKey: '' })],
    [`accessKey is still the placeholder; ${DASHBOARD} HMS_ACCESS_KEY`, build({ accessKey: '<access_key>' })],
    [`accessKey is not trimmed; ${DASHBOARD} HMS_ACCESS_KEY`, build({ accessKey: ' key' })],
    [`secret is missing; ${DASHBOARD} HMS_SECRET`, () => signToken({}, untyped(undefined))],
    [`secret is blank; ${DASHBOARD} HMS_SECRET`, build({ secret: ' ' })],
    [`secret is still the placeholder; ${DASHBOARD} HMS_SECRET`, build({ secret: '<app_secret>' })],
    [`secret is not trimmed; ${DASHBOARD} HMS_SECRET`, build({ secret: 'secret\n' })],
    [
      'secret is not a secret key with bytes in it; pass the app secret, or createSecretKey of it',
      () => signToken({}, generateKeyPairSync('ed25519').privateKey),
    ],
    [
      'secret is not a secret key with bytes in it; pass the app secret, or createSecretKey of it',
      () => signToken({}, createSecretKey(Buffer.alloc(0))),
    ],
    ['config is not a plain object', () => createTokenBuilder(untyped(null))],
    [
      'expiresin is unknown; known are accessKey, secret, expiresIn, clockSkew, refreshBefore',
      build({ expiresin: '1h' }),
    ],
    ['a key is unknown; known are accessKey, secret, expiresIn, clockSkew, refreshBefore', build({ [SECRET]: 1 })],
    [`expiresIn ${DURATION}`, build({ expiresIn: '1.5h' })],
    [`clockSkew ${DURATION}`, build({ clockSkew: -1 })],
    [`refreshBefore ${DURATION}`, build({ refreshBefore: '91d' })],
    ['input is not a plain object', () => managementClaims(untyped([]))],
    [
      'roomId is unknown; known are accessKey, issuedAt, notBefore, expiresIn, jti',
      () => managementClaims(untyped(appInput)),
    ],
    ['x is unknown; known are accessKey, roomId, userId, role, issuedAt, notBefore, expiresIn, jti', app({ x: 1 })],
    ['options is not a plain object', () => tokens.generateManagementToken(untyped('1h'))],
    [
      'role is unknown; known are issuedAt, notBefore, expiresIn, jti',
      () => tokens.generateManagementToken(untyped({ role: 'host' })),
    ],
    ['params is not a plain object', () => tokens.generateAppToken(untyped(undefined))],
    [
      'x is unknown; known are roomId, userId, role, issuedAt, notBefore, expiresIn, jti',
      () => tokens.generateAppToken(untyped({ x: 1 })),
    ],
    ['roomId is missing; pass a room id', app({ roomId: undefined })],
    ['roomId is still the placeholder <room_id>; pass a room id', app({ roomId: '<room_id>' })],
    [`userId is missing; ${ANY_ID}`, app({ userId: undefined })],
    [`userId is not a string; ${ANY_ID}`, app({ userId: 7 })],
    ['role is blank; pass a role name', app({ role: ' ' })],
    ['jti is missing; pass a unique id', app({ jti: undefined })],
    ['issuedAt is not a valid Date; pass one', app({ issuedAt: '2026-01-01' })],
    [`issuedAt ${SECONDS}`, app({ issuedAt: Date.UTC(2026) })],
    [`notBefore ${SECONDS}`, app({ notBefore: 1.5 })],
    ['notBefore is not a valid Date; pass one', app({ notBefore: new Date(NaN) })],
    [`expiresIn ${DURATION}`, app({ expiresIn: '3600' })],
    ['claims is not a plain object', () => signToken(untyped([]), SECRET)],
    ['options is not a plain object', () => verifyToken('', SECRET, untyped(null))],
    ['x is unknown; known are currentDate, clockTolerance', verify('', { x: 1 })],
    ['currentDate is not a valid Date; pass one', verify('', { currentDate: NOW })],
    [`clockTolerance ${DURATION}`, verify('', { clockTolerance: '1' })],
    ['the token is not three parts; pass it without "Bearer "', () => decodeToken('a.b')],
    ['the token header is not strict base64url', () => decodeToken('=.e30.')],
    ['the token payload is not strict base64url', () => decodeToken('e30.=.')],
    ['the token signature is not strict base64url', () => decodeToken('e30.e30.=')],
    ['the token header is not a JSON object in UTF-8', () => decodeToken('W10.e30.')],
    ['the token payload is not a JSON object in UTF-8', () => decodeToken('e30._w.')],
    ['alg is not HS256, or the header has crit', verify(`${base64url({ ...HEADER, alg: 'none' })}.${base64url(APP)}.`)],
    ["the signature is not this secret's; is it of another app?", verify(forge(HEADER, APP, 'other-secret'))],
    ['type is not management or app', claims({ type: 'room' })],
    ['type is not app', () => tokens.verifyAppToken(forge(HEADER, MANAGEMENT), { currentDate })],
    ['type is not management', () => tokens.verifyManagementToken(forge(HEADER, APP), { currentDate })],
    [
      "access_key is not this builder's",
      () => tokens.verifyAppToken(forge(HEADER, { ...APP, access_key: 'x' }), { currentDate }),
    ],
    ['role is empty or not a string', claims({ role: '' })],
    ['jti is empty or not a string', claims({ jti: 1 }, MANAGEMENT)],
    ['version is not 2', claims({ version: '2' })],
    ['exp is not a NumericDate', claims({ exp: '1' })],
    ['nbf is in the future; check the clocks', claims({ nbf: NOW + 1 })],
    ['iat is in the future; check the clocks', claims({ iat: NOW + 1 })],
    ['exp has passed; make a new token', claims({ exp: NOW })],
    ['config is not a plain object', () => createTokenFixtures(untyped([]))],
    ['x is unknown; known are accessKey, secret, at', () => createTokenFixtures(untyped({ x: 1 }))],
    ['params is not a plain object', () => createTokenFixtures().appToken(untyped([]))],
    ['options is not a plain object', () => createTokenFixtures().managementToken(untyped([]))],
    [`expiresIn ${DURATION}`, () => createTokenFixtures().appToken({ expiresIn: untyped('1') })],
    ['at is not a valid Date; pass one', () => createTokenFixtures({ at: untyped(1) })],
    [
      'no token can be expired this soon after 1970; choose a later at',
      () => createTokenFixtures({ at: new Date(0) }).expiredAppToken(),
    ],
  ])('%s', (message, act) => {
    expect(faultOf(act).message).toBe(message);
  });
});

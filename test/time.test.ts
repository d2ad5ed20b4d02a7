/** Durations, times and the clock: mistakes that every function rejects. For times to the second, see verify.test.ts. */

import vm from 'node:vm';
import { inspect } from 'node:util';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, verifyToken } from '../src/index.js';
import { createTokenFixtures } from '../src/testing.js';
import { durationSeconds, failedTime, numericDate } from '../src/time.js';
import { APP, at, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';
import { credentials, fields, room, useFakeClock } from './support/functions.js';
import { untyped } from './support/untyped.js';

const MAX = 253_402_300_799_999;

useFakeClock();

describe.each(fields('expiresIn', 'clockSkew', 'clockTolerance'))('$field of $name', ({ field, code, set }) => {
  const [less, most, more] = field === 'expiresIn' ? ['0s', '90d', '7776001s'] : ['-1s', '1h', '3601s'];

  it('rejects anything but a duration from 0s or 1s to 1h or 90d', () => {
    for (const value of [
      ...[less, more, '91d', '2161h'],
      ...[0, 1, 60, 3600, 86_400, 3_600_000, -1, NaN, Infinity, 3600n, null, true, {}, [], ['1h']],
      ...[Object('1h') as unknown, at],
      ...['', 'h', '1', '3600', '1.5h', '.5h', '1e1m', '-1h', '+1h', '0x1h', ' 1h', '1h ', '1h\n', '1\nh', '1 h', '1H'],
      ...['1S', '1w', '1y', '1ms', '100ms', '1hour', '1h30m', '1h1h', '٣h', '１h', '1constructor'],
      ...[`${'9'.repeat(400)}s`],
    ])
      expect(() => set(value), inspect(value)).toThrowTokenError(code, field);
  });

  it('accepts the ends of the range', () => {
    for (const value of [field === 'expiresIn' ? '1s' : '0s', most, '0001s', '60m'])
      expect(() => set(value), value).not.toThrow();
  });
});

describe.each(fields('issuedAt', 'notBefore', 'currentDate', 'at'))('$field of $name', ({ field, code, set }) => {
  it('rejects anything but a valid Date from 1970 to 9999', () => {
    for (const value of [
      ...[NaN, -1, -0.5 - 0.5, MAX + 1, 8.64e15, Infinity].map((time) => new Date(time)),
      ...[0, 120, NOW, NOW * 1000, null, true, '', '1h', '2026-01-01T00:00:00Z', String(at), 1n, {}, [], [at]],
      ...[{ [Symbol.toStringTag]: 'Date' }, Object.create(at) as unknown, { getTime: () => NOW }, Date, Symbol('x')],
    ])
      expect(() => set(value), inspect(value)).toThrowTokenError(code, field);
  });

  it('rejects a Date that was created from a Unix timestamp in seconds', () => {
    for (const time of [1_000_000_000, NOW, 31_535_999_999]) {
      expect(() => set(new Date(time))).toThrow(/new Date\(seconds \* 1000\)/);
      expect(() => set(new Date(time)), String(time)).toThrowTokenError(code, field);
    }
  });

  it('accepts Dates at the start of 1970 and from 1971 on', () => {
    for (const time of [0, 1, 999_999_999, 31_536_000_000, NOW * 1000 + 999, MAX])
      expect(() => set(new Date(time)), String(time)).not.toThrow(/Date/); // but the token may never be valid
  });
});

it.each<[unknown, number]>([
  [new Date(0), 0],
  [new Date(MAX), 253_402_300_799],
  [new Date(NOW * 1000 + 999), NOW],
  [Object.assign(new Date(NOW * 1000), { getTime: () => 0 }), NOW],
  [new (class extends Date {})(NOW * 1000), NOW],
  [vm.runInNewContext('new Date(1750000000000)'), NOW], // from another realm
])('numericDate reads %o as %i seconds', (time, seconds) => {
  expect(numericDate(time, 'issuedAt')).toBe(seconds);
});

it.each(Object.entries({ '1s': 1, '15m': 900, '24h': 86_400, '90d': 7_776_000, '007m': 420 }))(
  'durationSeconds reads %s as %i seconds',
  (duration, seconds) => {
    expect(durationSeconds(duration, 'expiresIn')).toBe(seconds);
  },
);

describe.each([undefined, null, NaN, Infinity, -Infinity, -1, '1750000000000', 'x', 1n, [], new Date(0), MAX + 1])(
  'if Date.now() returns %s',
  (time) => {
    const tokens = createTokenBuilder(credentials);
    const fixtures = createTokenFixtures();
    const app = forge(HEADER, APP);
    const management = forge(HEADER, MANAGEMENT);

    beforeEach(() => {
      tokens.getManagementToken();
      vi.spyOn(Date, 'now').mockReturnValue(untyped(time));
    });

    const acts: Record<string, () => unknown> = {
      ...{ ...fixtures, ...tokens, generateAppToken: () => tokens.generateAppToken(room) },
      'generateManagementToken with times': () => tokens.generateManagementToken({ issuedAt: at, notBefore: at }),
      verifyToken: () => verifyToken(app, SECRET),
      verifyAppToken: () => tokens.verifyAppToken(app),
      verifyManagementToken: () => tokens.verifyManagementToken(management, { clockTolerance: '1h' }),
    };

    it.each(Object.entries(acts))('%s throws', (_, act) => {
      expect(act).toThrowTokenError('ERR_INVALID_ARGUMENT');
    });

    it('the clock isn’t read if the time is given', () => {
      const now = { currentDate: at };
      expect(verifyToken(app, SECRET, now)).toEqual(APP);
      expect(tokens.verifyManagementToken(management, now)).toEqual(MANAGEMENT);
      expect(verifyToken(createTokenFixtures({ ...credentials, at }).appToken(), SECRET, now).iat).toBe(NOW);
    });
  },
);

it('the clock can show any time from 1970 to 9999', () => {
  const tokens = createTokenBuilder(credentials);
  for (const time of [0, 0.5, NOW, MAX]) {
    vi.spyOn(Date, 'now').mockReturnValue(time);
    expect(tokens.verifyAppToken(tokens.generateAppToken(room)).exp).toBe(Math.floor(time / 1000) + 86_400);
  }
});

it('failedTime never accepts NaN', () => {
  const times = { iat: 1000, nbf: 1000, exp: 2000 };
  expect(failedTime(times, 1500)).toBeUndefined();
  for (const name of ['iat', 'nbf', 'exp'] as const) expect(failedTime({ ...times, [name]: NaN }, 1500)).toBe(name);
  expect(failedTime(times, NaN)).toBe('nbf');
  expect(failedTime(times, 1500, NaN)).toBe('nbf');
});

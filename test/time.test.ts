import vm from 'node:vm';

import { describe, expect, it } from 'vitest';

import { durationSeconds, HOUR, numericDate, wrongTime } from '../src/time.js';

describe('durationSeconds', () => {
  it.each([
    [1, 1],
    [7_776_000, 7_776_000],
    ['1s', 1],
    ['30s', 30],
    ['15m', 900],
    ['24h', 86_400],
    ['90d', 7_776_000],
    ['7776000s', 7_776_000],
    ['007m', 420],
  ])('reads %j as %i seconds', (duration, seconds) => {
    expect(durationSeconds(duration, 'expiresIn')).toBe(seconds);
  });

  it.each(
    [
      ...[0, -1, 1.5, NaN, Infinity, -Infinity, 7_776_001],
      ...['', '0h', 'h', '3600', '91d', '1.5h', '1e1h', '-1h', ' 1h', '1h ', '1h\n', '1 h', '1H', '1w', '100ms'],
      ...['1h30m', '٣h', 'constructor', `${'9'.repeat(1000)}d`, null, undefined, ['1h'], {}, true, 3600n],
    ].map((duration) => ({ duration })),
  )('refuses $duration', ({ duration }) => {
    expect(() => durationSeconds(duration, 'expiresIn')).toThrowTokenError('ERR_INVALID_ARGUMENT', 'expiresIn');
  });

  it('takes the limits that it is told, throws the code that it is told, and says which they are', () => {
    expect(durationSeconds('0s', 'clockSkew', 0)).toBe(0);
    expect(durationSeconds('1h', 'clockSkew', 0, undefined, HOUR)).toBe(3600);
    for (const duration of [-1, 3601]) {
      expect(() => durationSeconds(duration, 'clockSkew', 0, 'ERR_INVALID_CONFIG', HOUR)).toThrowTokenError(
        'ERR_INVALID_CONFIG',
        'clockSkew',
        'clockSkew must be from 0s to 1h; a number is seconds, not milliseconds',
      );
    }
  });
});

describe('numericDate', () => {
  it.each([
    ['nought', 0, 0],
    ['minus nought', -0, 0],
    ['whole seconds', 1_750_000_000, 1_750_000_000],
    ['the last second of the year 9999', 253_402_300_799, 253_402_300_799],
    ['a Date', new Date(1_750_000_000_000), 1_750_000_000],
    ['a Date just before the next second', new Date(1_750_000_000_999), 1_750_000_000],
    ['a Date whose getTime lies', Object.assign(new Date(1_750_000_000_000), { getTime: () => 0 }), 1_750_000_000],
    ['a Date of another realm', vm.runInNewContext('new Date(1750000000000)'), 1_750_000_000],
  ])('reads %s', (_name, time, seconds) => {
    expect(numericDate(time, 'issuedAt')).toBe(seconds); // by Object.is
  });

  const SECONDS = 'must be a valid Date or whole seconds since 1970';
  const MILLISECONDS = 'must be a valid Date or whole seconds since 1970, not milliseconds';

  it.each<[problem: string, ...times: unknown[]]>([
    [MILLISECONDS, 1_750_000_000_000, 253_402_300_800, Infinity, new Date(1_750_000_000_000_000)],
    [SECONDS, 1.5, NaN, -1, new Date(-1), new Date(NaN), null, '2026-01-01', 1n, { [Symbol.toStringTag]: 'Date' }],
  ])('%s', (problem, ...times) => {
    for (const time of times) {
      const act = () => numericDate(time, 'issuedAt');
      expect(act).toThrowTokenError('ERR_INVALID_ARGUMENT', 'issuedAt', `issuedAt ${problem}`);
    }
  });
});

// At the very second: see verify.
it('a time that is no number is wrong', () => {
  const times = { iat: 1000, nbf: 1000, exp: 2000 };
  expect(wrongTime(times, 1500)).toBeUndefined();
  for (const name of ['iat', 'nbf', 'exp'] as const) expect(wrongTime({ ...times, [name]: NaN }, 1500)).toBe(name);
  expect(wrongTime(times, NaN)).toBe('nbf');
  expect(wrongTime(times, 1500, NaN)).toBe('nbf');
});

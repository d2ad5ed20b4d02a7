import vm from 'node:vm';

import { describe, expect, it } from 'vitest';

import { durationSeconds, HOUR, numericDate, statusAt, validity, wrongTime } from '../src/time.js';

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

  const NUMBERS = [0, -1, 1.5, NaN, Infinity, -Infinity, 7_776_001];
  const STRINGS = [
    '',
    '0h',
    'h',
    '3600',
    '91d',
    '1.5h',
    '1e1h',
    '-1h',
    ' 1h',
    '1h ',
    '1h\n',
    '1 h',
    '1H',
    '1w',
    '100ms',
  ];
  const OTHERS = ['1h30m', '٣h', 'constructor', `${'9'.repeat(1000)}d`, null, undefined, ['1h'], {}, true, 3600n];

  it.each([...NUMBERS, ...STRINGS, ...OTHERS].map((duration) => ({ duration })))(
    'refuses $duration',
    ({ duration }) => {
      expect(() => durationSeconds(duration, 'expiresIn')).toThrowTokenError('ERR_INVALID_ARGUMENT', 'expiresIn');
    },
  );

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

it.each([
  ['numbers', { issuedAt: 1000, notBefore: 2000, expiresIn: 60 }, [1000, 2000, 2060]],
  ['dates', { issuedAt: new Date(1_000_999), notBefore: new Date(2_000_999), expiresIn: '1m' }, [1000, 2000, 2060]],
  ['nbf before iat', { issuedAt: 1000, notBefore: 500, expiresIn: '1h' }, [1000, 500, 4100]],
  ['the start of 1970', { issuedAt: 0, notBefore: 0, expiresIn: 1 }, [0, 0, 1]],
  ['90 days', { issuedAt: 1000, notBefore: undefined, expiresIn: '90d' }, [1000, 1000, 7_777_000]],
  ['issuedAt alone', { issuedAt: 1000, notBefore: undefined, expiresIn: undefined }, [1000, 1000, 87_400]],
])('validity takes times as %s, and counts exp from nbf', (_name, times, [iat, nbf, exp]) => {
  expect(validity(times)).toEqual({ iat, nbf, exp });
});

describe('at the very second,', () => {
  const times = { iat: 1000, nbf: 1000, exp: 2000 };

  it.each<[now: number, tolerance: number, wrong: 'nbf' | 'exp' | undefined]>([
    [999.999, 0, 'nbf'],
    [1000, 0, undefined],
    [969.999, 30, 'nbf'],
    [970, 30, undefined],
    [1999.999, 0, undefined],
    [2000, 0, 'exp'],
    [2029.999, 30, undefined],
    [2030, 30, 'exp'],
  ])('at %d with a tolerance of %d, what is wrong is %s', (now, tolerance, wrong) => {
    expect(wrongTime(times, now, tolerance)).toBe(wrong);
    const status = wrong === undefined ? 'active' : wrong === 'exp' ? 'expired' : 'not yet active';
    if (tolerance === 0) expect(statusAt(times, now)).toBe(status);
  });

  it.each<[Partial<typeof times>, 'iat' | 'nbf']>([
    [{ iat: 1501 }, 'iat'],
    [{ nbf: 1501 }, 'nbf'],
    [{ nbf: 1501, exp: 1200 }, 'nbf'],
  ])('a token waits for both iat and nbf, whatever exp says: %j', (change, wrong) => {
    expect(wrongTime({ ...times, ...change }, 1500)).toBe(wrong);
    expect(statusAt({ ...times, ...change }, 1500)).toBe('not yet active');
  });

  it('what is no number is wrong', () => {
    for (const name of ['iat', 'nbf', 'exp'] as const) expect(wrongTime({ ...times, [name]: NaN }, 1500)).toBe(name);
    expect(wrongTime(times, NaN)).toBe('nbf');
    expect(wrongTime(times, 1500, NaN)).toBe('nbf');
  });
});

import vm from 'node:vm';

import { describe, expect, it } from 'vitest';

import { durationSeconds, isExpired, isFuture, numericDate, validity } from '../src/time.js';
import { faultOf } from './support/fault.js';

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

  it.each([
    ['nought', 0],
    ['nought hours', '0h'],
    ['a negative number', -1],
    ['a fraction', 1.5],
    ['NaN', NaN],
    ['minus infinity', -Infinity],
    ['infinity', Infinity],
    ['a second over 90 days', 7_776_001],
    ['91 days', '91d'],
    ['digits without end', `${'9'.repeat(1000)}d`],
    ['a string without a unit', '3600'],
    ['an empty string', ''],
    ['a unit alone', 'h'],
    ['a fraction in a string', '1.5h'],
    ['an exponent', '1e1h'],
    ['a sign', '-1h'],
    ['white space before', ' 1h'],
    ['white space behind', '1h '],
    ['a line end behind', '1h\n'],
    ['white space between', '1 h'],
    ['another case', '1H'],
    ['another unit', '1w'],
    ['milliseconds', '100ms'],
    ['two durations', '1h30m'],
    ['digits of another script', '٣h'],
    ['a member of Object.prototype', 'constructor'],
    ['null', null],
    ['undefined', undefined],
    ['an array', ['1h']],
    ['an object', {}],
    ['a boolean', true],
    ['a bigint', 3600n],
  ])('refuses %s', (_name, duration) => {
    const fault = faultOf(() => durationSeconds(duration, 'expiresIn'));
    expect(fault).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: 'expiresIn' });
    expect(fault.message).toMatch(/^expiresIn is not a duration; pass .*seconds.*'24h'.*'90d'$/);
  });

  it('takes nought where the minimum is nought, and nothing below', () => {
    expect(durationSeconds(0, 'clockSkew', 0)).toBe(0);
    expect(durationSeconds('0s', 'clockSkew', 0)).toBe(0);
    expect(faultOf(() => durationSeconds(-1, 'clockSkew', 0))).toMatchObject({ field: 'clockSkew' });
  });

  it('throws the code it is told to', () => {
    expect(faultOf(() => durationSeconds('1', 'clockSkew', 0, 'ERR_INVALID_CONFIG')).code).toBe('ERR_INVALID_CONFIG');
  });
});

describe('numericDate', () => {
  it.each([
    ['nought', 0, 0],
    ['whole seconds', 1_750_000_000, 1_750_000_000],
    ['the last second of the year 9999', 253_402_300_799, 253_402_300_799],
    ['a Date', new Date(1_750_000_000_000), 1_750_000_000],
    ['a Date just before the next second', new Date(1_750_000_000_999), 1_750_000_000],
    [
      'a Date with a getTime of its own',
      Object.assign(new Date(1_750_000_000_000), { getTime: () => 0 }),
      1_750_000_000,
    ],
    ['a Date of another realm', vm.runInNewContext('new Date(1750000000000)'), 1_750_000_000],
  ])('reads %s', (_name, time, seconds) => {
    expect(numericDate(time, 'issuedAt')).toBe(seconds);
  });

  it('takes minus nought for nought', () => {
    expect(Object.is(numericDate(-0, 'issuedAt'), 0)).toBe(true);
  });

  it.each([
    ['milliseconds', 1_750_000_000_000, /milliseconds/],
    ['a second past the year 9999', 253_402_300_800, /milliseconds/],
    ['infinity', Infinity, /milliseconds/],
    ['a Date made of microseconds', new Date(1_750_000_000_000_000), /milliseconds/],
    ['a fraction', 1.5, /whole seconds/],
    ['NaN', NaN, /whole seconds/],
    ['a negative number', -1, /since 1970/],
    ['a Date before 1970', new Date(-1), /since 1970/],
    ['an invalid Date', new Date(NaN), /valid Date/],
    ['null', null, /valid Date/],
    ['a string', '2026-01-01', /valid Date/],
    ['a bigint', 1n, /valid Date/],
    ['what only says it is a Date', { [Symbol.toStringTag]: 'Date' }, /valid Date/],
  ])('refuses %s', (_name, time, message) => {
    const fault = faultOf(() => numericDate(time, 'issuedAt'));
    expect(fault).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: 'issuedAt' });
    expect(fault.message).toMatch(message);
  });
});

describe('validity', () => {
  it('takes nbf from iat, and counts exp from nbf', () => {
    expect(validity({ issuedAt: 100, expiresIn: 10 })).toEqual({ iat: 100, nbf: 100, exp: 110 });
    expect(validity({ issuedAt: 100, notBefore: 200, expiresIn: 10 })).toEqual({ iat: 100, nbf: 200, exp: 210 });
    expect(validity({ issuedAt: 100, notBefore: 50, expiresIn: 10 })).toEqual({ iat: 100, nbf: 50, exp: 60 });
    expect(validity({ issuedAt: 100, notBefore: 0, expiresIn: 10 })).toEqual({ iat: 100, nbf: 0, exp: 10 });
  });
});

describe('the very second', () => {
  it.each([
    [1000, 999.999, 0, true],
    [1000, 1000, 0, false],
    [1030, 1000, 30, false],
    [1030, 999.999, 30, true],
  ])('isFuture(%d, now %d, tolerance %d) is %s', (time, now, tolerance, expected) => {
    expect(isFuture(time, now, tolerance)).toBe(expected);
  });

  it.each([
    [1000, 999.999, 0, false],
    [1000, 1000, 0, true],
    [1000, 1029.999, 30, false],
    [1000, 1030, 30, true],
    [1000, 699.999, -300, false],
    [1000, 700, -300, true],
  ])('isExpired(%d, now %d, tolerance %d) is %s', (exp, now, tolerance, expected) => {
    expect(isExpired(exp, now, tolerance)).toBe(expected);
  });
});

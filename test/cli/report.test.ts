import { describe, expect, it } from 'vitest';

import { inspectToken } from '../../src/cli/inspect.js';
import { formatInspection, printableJson, timeFromNow } from '../../src/cli/report.js';
import type { Known } from '../../src/cli/signature.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW, SECRET } from '../support/forge.js';

const credentials: Known = { accessKey: ACCESS_KEY, secret: SECRET };

function report(token: string, now = NOW + 60, known = credentials): string {
  return formatInspection(inspectToken(token, known, now), now);
}

const verdictOf = (claims: object, now = NOW, secret = SECRET) =>
  /Verdict\n([^]*?)(\nHints|$)/.exec(report(forge(HEADER, claims, secret), now))?.[1];

/** The row of a claim, with single spaces. */
const rowOf = (claims: object | string, name: string) =>
  report(forge(HEADER, claims))
    .split('\n')
    .find((line) => line.startsWith(`  ${name} `))
    ?.trim()
    .replace(/ +/g, ' ');

describe('the report', () => {
  it('on a valid app token', () => {
    expect(report(forge(HEADER, APP))).toMatch(`\
Header
  alg  signature algorithm  "HS256"
  typ  token type           "JWT"

Claims
  access_key  the 100ms app             "fake-access-key"
  room_id     the room to join          "64f0c1a2b3d4e5f601234567"
  user_id     your own ID for the user  "user-1"
  role        role in the room          "guest"
  type        kind of 100ms token       "app"
  version     token format              2
  iat         issued                    1750000000, 2025-06-15 15:06:40 UTC (1 minute ago)
  nbf         valid from                1750000000, 2025-06-15 15:06:40 UTC (1 minute ago)
  exp         expires                   1750003600, 2025-06-15 16:06:40 UTC (in 59 minutes)
  jti         ID of this token          "2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21"

Verdict
  signature  valid
  time       active, expires in 59 minutes

Hints
  - Nothing is wrong here.
  - It's an app token`);
  });

  it('on a malformed token has only the verdict and hints', () => {
    expect(report('"x"')).toMatch(
      /^Verdict\n {2}invalid {4}the token must be [^\n]*\n\nHints\n {2}- There are quotes[^\n]*$/,
    );
  });

  const valid = '  signature  valid\n';
  const starts = '  time       not active yet, starts';
  const other = 'the token was signed with a different secret, or modified\n  signature  not valid for this secret\n';
  it.each<[what: string, verdict: string | undefined, expected: string]>([
    ['expired', verdictOf(APP, NOW + 3725), `exp has passed\n${valid}  time       expired 2 minutes ago\n`],
    ['early', verdictOf({ ...APP, nbf: NOW + 90 }), `nbf is in the future\n${valid}${starts} in 1.5 minutes\n`],
    ['early by iat', verdictOf({ ...APP, iat: NOW + 5 }), `iat is in the future\n${valid}${starts} in 5 seconds\n`],
    ['far away', verdictOf({ ...APP, iat: 4e9 }), `iat is in the future\n${valid}${starts} 2096-10-02 07:06:40 UTC\n`],
    ['from elsewhere', verdictOf(APP, NOW, 'other'), `${other}  time       active, expires in 1 hour\n`],
    ['without times', verdictOf({ ...APP, exp: undefined }), `exp is missing\n${valid}`],
  ])('has a verdict on an invalid token: %s', (_what, verdict, expected) => {
    expect(verdict).toBe(`  invalid    ${expected}`);
  });

  it('shows times only for numbers, and no durations of many years', () => {
    const claims = { ...APP, iat: 'x', nbf: NOW + 60, exp: 9e15, x: NOW };
    expect(rowOf(claims, 'iat')).toBe('iat issued "x"');
    expect(rowOf(claims, 'nbf')).toBe('nbf valid from 1750000060, 2025-06-15 15:07:40 UTC (in 0 seconds)');
    expect(rowOf(claims, 'exp')).toBe('exp expires 9000000000000000');
    expect(rowOf({ exp: NOW + 0.25 }, 'exp')).toContain(', 2025-06-15 15:06:40.250 UTC (');
    expect(rowOf(claims, 'x')).toBe('x 1750000000');
    expect(rowOf({ exp: 3600 }, 'exp')).toBe('exp expires 3600, 1970-01-01 01:00:00 UTC');
    expect(rowOf({ exp: NOW * 1000 }, 'exp')).toBe('exp expires 1750000000000');
    expect(rowOf('{"exp":1e400}', 'exp')).toBe('exp expires "(too large for a number)"');
    expect(rowOf({ exp: null }, 'exp')).toBe('exp expires null');
    expect(rowOf({ toString: 1 }, 'toString')).toBe('toString 1');
    expect(verdictOf({ ...APP, exp: 9e15 })).toBe(`${valid}  time       active, expires on an invalid date\n`);
  });

  it.each([
    ['exp     expires  2099', '"exp expires 2099"'],
    ['r\u043ele', '"r\\u043ele"'],
    ['\u200brole', '"\\u200brole"'],
    ['\x1b[31m', '"\\u001b[31m"'],
    ['', '""'],
    ['n'.repeat(41), `${'n'.repeat(40)}… (41 characters)`],
    ['😀'.repeat(2), '"\\ud83d\\ude00\\ud83d\\ude00"'],
  ])('quotes and escapes the name %j', (name, shown) => {
    const [, , , , , row = ''] = report(forge(HEADER, { [name]: 1 })).split('\n');
    expect(row.trim().replace(/ +/g, ' ')).toBe(`${shown} 1`);
  });

  it('shortens long values', () => {
    expect(rowOf({ a: 'x'.repeat(118) }, 'a')).toBe(`a "${'x'.repeat(118)}"`);
    expect(rowOf({ a: 'x'.repeat(119) }, 'a')).toBe(`a "${'x'.repeat(119)}… (121 characters)`);
    expect(rowOf({ a: '😀'.repeat(120) }, 'a')).toBe(`a "${'😀'.repeat(119)}… (122 characters)`);
  });
});

describe('timeFromNow', () => {
  const texts = (...seconds: number[]) => seconds.map(timeFromNow).join('; ');

  it('is rounded toward 0', () => {
    expect(texts(0, -0.99, 1, 59)).toBe('in 0 seconds; 0.9 seconds ago; in 1 second; in 59 seconds');
    expect(texts(60, -3599, 3600, -86_399)).toBe('in 1 minute; 59.9 minutes ago; in 1 hour; 23.9 hours ago');
    expect(texts(86_400, -7_775_999, 31_556_951)).toBe('in 1 day; 89.9 days ago; in 365.2 days');
    expect(texts(31_556_952, -47_335_428)).toBe('in 1 year; 1.5 years ago');
  });

  it("doesn't show more than 10 years", () => {
    expect(texts(315_569_519, -315_569_519, 315_569_520, -315_569_520, NaN)).toBe('in 9.9 years; 9.9 years ago; ; ; ');
  });
});

describe('printableJson', () => {
  it.each([
    ['é', '"é"'],
    ['\x1b[31m', '"\\u001b[31m"'],
    ['\x7f\x80\x9b\x9f\xa0', '"\\u007f\\u0080\\u009b\\u009f\\u00a0"'],
    ['a\u202eb\u2028\u2029', '"a\\u202eb\\u2028\\u2029"'],
    ['\u{e0001}', '"\\udb40\\udc01"'],
    ['a\u3164\u2800\u3000 b', '"a\\u3164\\u2800\\u3000 b"'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j', (value, json) => {
    expect(printableJson(value)).toBe(json);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });
});

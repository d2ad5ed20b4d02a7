import { describe, expect, it } from 'vitest';

import type { Known } from '../../src/cli/hints.js';
import { inspectToken } from '../../src/cli/inspect.js';
import { coloured, formatInspection, plain, printableJson, timeFromNow } from '../../src/cli/report.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW, SECRET } from '../support/forge.js';

const names = { accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET', advice: 'copy both' };
const credentials = { accessKey: ACCESS_KEY, secret: SECRET, names };

function report(token: string, now = NOW + 60, known: Known = credentials, paint = plain): string {
  return formatInspection(inspectToken(token, known, now), known.names.secret, now, paint);
}

const verdictOf = (token: string, now?: number, known?: Known) =>
  /Verdict\n([^]*?)(\nHints|$)/.exec(report(token, now, known))?.[1];

describe('the report', () => {
  it('on a good app token', () => {
    expect(report(forge(HEADER, APP))).toBe(`\
Header
  alg  "HS256"  algorithm of the signature
  typ  "JWT"    type of token

Claims
  access_key  "fake-access-key"                       the 100ms app it belongs to
  room_id     "64f0c1a2b3d4e5f601234567"              the room to join
  user_id     "user-1"                                your own id of the user
  role        "guest"                                 role in the room
  type        "app"                                   which of the two 100ms tokens
  version     2                                       version of the format
  iat         1750000000                              issued 2025-06-15 15:06:40 UTC (1 min ago)
  nbf         1750000000                              valid from 2025-06-15 15:06:40 UTC (1 min ago)
  exp         1750003600                              expires 2025-06-15 16:06:40 UTC (in 59 min)
  jti         "2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21"  id of this token

Verdict
  signature  valid
  time       active, expires in 59 min
`);
  });

  it('has colours where it is told to', () => {
    const [header, , verdict] = report(forge(HEADER, APP), NOW, credentials, coloured).split('\n\n');
    expect(header?.split('\n')[0]).toBe('\x1b[1mHeader\x1b[0m');
    expect(verdict).toBe(
      '\x1b[1mVerdict\x1b[0m\n  signature  \x1b[32mvalid\x1b[0m\n  time       \x1b[32mactive, expires in 1 h\x1b[0m\n',
    );
    const bad = report(forge(HEADER, APP, 'other-secret'), NOW + 3600, credentials, coloured);
    expect(bad).toContain(
      'signature  \x1b[31mnot made with HMS_SECRET\x1b[0m\n  time       \x1b[31mexpired just now\x1b[0m\n',
    );
    expect(report(forge(HEADER, APP), NOW, { names }, coloured)).toContain(
      '\x1b[33mnot checked; set HMS_SECRET to check it\x1b[0m',
    );
    expect(report(forge(HEADER, APP), NOW - 1, credentials, coloured)).toContain('\x1b[31mnot yet active');
    expect(report('x', NOW, credentials, coloured)).toContain('  form       \x1b[31mthe token');
  });

  const valid = '  signature  valid\n';
  const active = '  time       active, expires in 1 h\n';
  const wrong = '  claims     <message>\n'; // that of the library
  const unchecked = '  signature  not checked; set HMS_SECRET to check it\n';
  const starts = '  time       not yet active, starts in';
  const timeless = { ...APP, nbf: undefined, iat: null };
  const wrongTimes = { ...APP, nbf: String(NOW + 600), iat: NOW + 60 };
  it.each<[what: string, token: string, verdict: string, now?: number, known?: Known]>([
    ['expired', forge(HEADER, APP), `${valid}  time       expired 2 min 5 s ago\n`, NOW + 3725],
    ['early', forge(HEADER, { ...APP, nbf: NOW + 90 }), `${valid}${starts} 1 min 30 s\n`],
    ['issued later', forge(HEADER, { ...APP, iat: NOW + 5 }), `${valid}${starts} 5 s\n`],
    ['of another secret', forge(HEADER, APP, 'other'), `  signature  not made with HMS_SECRET\n${active}`],
    ['unchecked', forge(HEADER, APP), `${unchecked}${active}`, NOW, { names }],
    ['of another algorithm', forge({ ...HEADER, alg: 'HS512' }, APP), `  algorithm  <message>\n${valid}${active}`],
    ['without claims', forge(HEADER, { access_key: ACCESS_KEY }), `${wrong}${valid}`],
    ['without nbf and iat', forge(HEADER, timeless), `${wrong}${valid}${active}`],
    ['early by a time that is no number', forge(HEADER, wrongTimes), `${wrong}${valid}${starts} 1 min\n`],
  ])('gives the verdict on a token that is %s', (_what, token, verdict, now = NOW, known = credentials) => {
    const { error } = inspectToken(token, known, now);
    expect(verdictOf(token, now, known)).toBe(verdict.replace('<message>', String(error?.message)));
  });

  it('tells the same age beside the claim and in the verdict, between two seconds', () => {
    const text = report(forge(HEADER, APP), APP.exp + 62.5);
    expect(text).toContain('(1 min 2 s ago)');
    expect(text).toContain('expired 1 min 2 s ago');
  });

  it('has no more than a verdict and hints on what is malformed', () => {
    expect(report('"x"')).toMatch(
      /^Verdict\n {2}form {7}the token [^\n]*\n\nHints\n {2}- it has quotes in it; pass the token alone, without them\n$/,
    );
  });

  it('says by its name what the signature was checked with', () => {
    const known = { ...credentials, names: { ...names, secret: 'the fake secret of --demo' } };
    expect(verdictOf(forge(HEADER, APP, 'other'), NOW, known)).toContain('not made with the fake secret of --demo\n');
  });

  it('keeps the table aligned, whatever is in it', () => {
    const claims = { room_id: '李小龙', user_id: '😀e\u0301', role: 'guest', 名: 1 };
    expect(report(forge(HEADER, claims)).split('\n').slice(5, 9)).toEqual([
      '  room_id  "李小龙"  the room to join',
      '  user_id  "😀e\u0301"     your own id of the user',
      '  role     "guest"   role in the room',
      '  名       1',
    ]);
  });

  it('tells times apart from what only looks like them', () => {
    const claims = { ...APP, iat: 'x', nbf: NOW + 60, exp: 1e300, x: NOW, y: null, toString: NOW };
    const lines = report(forge(HEADER, claims), NOW + 60).split('\n');
    const line = (name: string) => lines.find((text) => text.startsWith(`  ${name} `))?.replace(/ {3,}/g, '  ');
    expect(line('iat')).toBe('  iat  "x"  issued');
    expect(line('nbf')).toBe('  nbf  1750000060  valid from 2025-06-15 15:07:40 UTC (just now)');
    expect(line('exp')).toBe('  exp  1e+300  expires');
    expect(report(forge(HEADER, { iat: NOW * 1000, exp: NOW + 1.5 }))).toMatch(
      /1750000000000 {2}issued\n.*15:06:41\.500 UTC/,
    );
    expect(line('x')).toBe('  x  1750000000');
    expect(line('y')).toBe('  y  null');
    expect(line('toString')).toBe('  toString  1750000000');
  });

  it('keeps long values short, and tells how long they are', () => {
    const text = report(forge(HEADER, { ...APP, a: 'x'.repeat(118), b: 'y'.repeat(119), ['z'.repeat(121)]: 1 }));
    expect(text).toContain(`  "${'x'.repeat(118)}"\n`);
    expect(text).toContain(`  "${'y'.repeat(119)}… (121 characters)\n`);
    expect(text).toContain(`  ${'z'.repeat(120)}… (121 characters)  1\n`);
    expect(report(forge(HEADER, { a: '😀'.repeat(60) }))).toContain(`  "${'😀'.repeat(59)}… (62 characters)\n`);
  });
});

describe('timeFromNow', () => {
  it.each([
    [0, 'just now'],
    [-0.9, 'just now'],
    [0.9, 'in less than 1 s'],
    [1, 'in 1 s'],
    [59, 'in 59 s'],
    [60, 'in 1 min'],
    [-90, '1 min 30 s ago'],
    [3600, 'in 1 h'],
    [3601, 'in 1 h 1 s'],
    [-86_399, '23 h 59 min ago'],
    [86_400, 'in 1 day'],
    [-90_061, '1 day 1 h ago'],
    [-172_800, '2 days ago'],
    [7_776_000, 'in 90 days'],
    [-31_643_352, '1 year 1 day ago'],
    [63_113_904, 'in 2 years'],
  ])('%d s is %s', (seconds, text) => {
    expect(timeFromNow(seconds)).toBe(text);
  });
});

describe('printableJson', () => {
  it.each([
    ['é', '"é"'],
    ['\x1b[31m', '"\\u001b[31m"'],
    ['\x7f\x80\x9b\x9f\xa0', '"\\u007f\\u0080\\u009b\\u009f\xa0"'],
    ['a\u202eb\u2028\u2029', '"a\\u202eb\\u2028\\u2029"'],
    ['\u{e0001}', '"\\udb40\\udc01"'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j', (value, json) => {
    expect(printableJson(value)).toBe(json);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  it('is indented where that is asked for', () => {
    expect(printableJson({ a: 1 }, 2)).toBe('{\n  "a": 1\n}');
  });
});

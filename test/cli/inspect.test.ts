import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { inspectToken } from '../../src/cli/inspect.js';
import { formatInspection } from '../../src/cli/report.js';
import type { Known } from '../../src/cli/signature.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW, SECRET } from '../support/forge.js';
import { untyped } from '../support/untyped.js';

const credentials: Known = { accessKey: ACCESS_KEY, secret: SECRET };
const nothing: Known = {};
const inspect = (token: string, known = credentials) => inspectToken(token, known, NOW);
const hints = expect.any(Array) as unknown;
const message = expect.stringMatching(/./) as string;

describe('inspectToken', () => {
  const time = '2025-06-15T15:06:40.000Z';
  const times = { iat: time, nbf: time, exp: '2025-06-15T16:06:40.000Z' };
  const active = { status: 'active', secondsLeft: 3600, times, header: HEADER, claims: APP, hints };
  const good = { valid: true, error: null, signature: 'valid', ...active };

  it('accepts a valid token', () => {
    expect(inspect(forge(HEADER, APP))).toEqual(good);
  });

  it("doesn't know whether a token is valid without the secret", () => {
    const unchecked = { ...good, valid: null, signature: 'unchecked' };
    expect(inspect(forge(HEADER, APP), nothing)).toEqual(unchecked);
    expect(inspect(forge(HEADER, APP, 'other'), nothing)).toEqual(unchecked);
    const invalid = { valid: false, signature: 'unchecked' };
    expect(inspect(forge(HEADER, { ...APP, version: 1 }), nothing)).toMatchObject(invalid);
  });

  it('reports the first error, and its field if it has one', () => {
    const error = { code: 'ERR_TOKEN_SIGNATURE', field: null, message };
    const invalid = { ...good, valid: false, error, signature: 'invalid' };
    expect(inspect(forge(HEADER, APP, 'other'))).toEqual(invalid);
    const roleError = { code: 'ERR_TOKEN_CLAIMS', field: 'role', message };
    expect(inspect(forge(HEADER, { ...APP, role: '' })).error).toEqual(roleError);
  });

  it.each([
    ['x.y', 'the token must be three parts separated by dots'],
    [forge(HEADER, '[]'), "the token's payload must be a JSON object in UTF-8"],
  ])("doesn't show anything of a malformed token: %s", (token, message) => {
    const error = { code: 'ERR_TOKEN_MALFORMED', field: null, message };
    const unknown = { status: null, secondsLeft: null, times: { iat: null, nbf: null, exp: null } };
    const empty = { ...unknown, header: null, claims: null, hints };
    expect(inspect(token)).toEqual({ valid: false, error, signature: 'unchecked', ...empty });
  });

  it.each([
    [{ exp: undefined }, null, null, null],
    [{ exp: 'x' }, null, null, null],
    [{ exp: NOW + 1.5 }, 'active', 1, '2025-06-15T15:06:41.500Z'],
    [{ exp: NOW }, 'expired', 0, time],
    [{ exp: NOW - 0.5 }, 'expired', -1, '2025-06-15T15:06:39.500Z'],
    [{ exp: NOW - 1 }, 'expired', -1, '2025-06-15T15:06:39.000Z'],
    [{ exp: NOW, nbf: NOW + 1 }, 'not yet active', 0, time],
    [{ exp: NOW + 9, iat: NOW + 1 }, 'not yet active', 9, '2025-06-15T15:06:49.000Z'],
    [{ exp: 9e15 }, 'active', 9e15 - NOW, null],
    [{ exp: 253_402_300_800 }, 'active', 253_402_300_800 - NOW, null],
    [{ exp: 253_402_300_799 }, 'active', 253_402_300_799 - NOW, '9999-12-31T23:59:59.000Z'],
    [{ exp: 0 }, 'expired', -NOW, '1970-01-01T00:00:00.000Z'],
    [{ exp: -1 }, 'expired', -NOW - 1, null],
  ])('places %j in time', (claims, status, secondsLeft, exp) => {
    const inspection = inspect(forge(HEADER, { ...APP, ...claims }));
    expect(inspection).toMatchObject({ status, secondsLeft });
    expect(inspection.times.exp).toBe(exp);
  });
});

it("doesn't hide its own errors", () => {
  const bug = new Error('a bug');
  const valueOf = vi
    .fn(() => NOW)
    .mockImplementationOnce(() => {
      throw bug;
    });
  expect(() => inspectToken(forge(HEADER, APP), credentials, untyped({ valueOf }))).toThrow(bug);
});

it('never fails, whatever is in a token', () => {
  const deep = ['['.repeat(9000), ']'.repeat(9000)].join('');
  const raw = (part: object) => JSON.stringify(part).replaceAll('"deep"', deep);
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom({ toString: 1, valueOf: 1 }, 'deep', -1, 1e300, NOW * 1000));
  const claims = fc.record(Object.fromEntries(Object.keys(APP).map((name) => [name, odd])), { requiredKeys: [] });
  const check = (alg: unknown, part: object) => {
    const inspection = inspectToken(forge(raw({ alg }), raw({ ...APP, ...part })), credentials, NOW);
    expect(formatInspection(inspection, NOW)).toMatch(/^[\P{C}\n]*$/u);
  };
  fc.assert(fc.property(fc.oneof(fc.constantFrom('HS256', 'HS512', 'none'), odd), claims, check));
});

describe('what is shown of a token', () => {
  const shown = (claims: object | string) => inspect(forge(HEADER, claims)).claims;

  it('has no numbers that JSON turns into null', () => {
    const large = '(too large for a number)';
    expect(shown('{"a":1e400,"b":[-1e400],"c":null}')).toEqual({ a: large, b: [large], c: null });
    expect(inspect(forge(HEADER, JSON.stringify(APP).replace(String(APP.exp), '1e400'))).secondsLeft).toBe(null);
  });

  it('is at most 100 levels deep', () => {
    const nested = (levels: number) =>
      JSON.stringify(shown(`{"x":${'['.repeat(levels)}${']'.repeat(levels)},"y":null}`));
    expect(nested(100)).toContain(`"x":${'['.repeat(100)}]`);
    expect(nested(101)).toContain(`"x":${'['.repeat(100)}"(nested too deep)"]`);
    expect(nested(20_000)).toBe(nested(101));
  });

  it("never contains the secret, or an access key that's probably the secret", () => {
    const claims = { access_key: SECRET, app: { secret: `${SECRET}!`, [`a${SECRET}`]: [[SECRET]] } };
    expect(shown(claims)).toEqual({ access_key: HIDDEN, app: { secret: `${HIDDEN}!`, [`a${HIDDEN}`]: [[HIDDEN]] } });
    expect(inspect(forge({ ...HEADER, kid: SECRET }, APP)).header?.kid).toBe(HIDDEN);
    const long = `${'abcd'.repeat(20)}=`;
    const { claims: others } = inspect(forge(HEADER, { access_key: long, other: long }), nothing);
    expect(others).toEqual({ access_key: HIDDEN, other: long });
  });

  it('keeps claims like __proto__', () => {
    const json = '{"__proto__":{"type":"app"},"toJSON":1}';
    expect(JSON.stringify(shown(json))).toBe(json);
  });
});

const HIDDEN = '(not shown: the app secret)';

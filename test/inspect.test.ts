import { Buffer } from 'node:buffer';

import { describe, expect, it } from 'vitest';

import { type Credentials, inspectToken } from '../src/inspect.js';
import { testCredentials } from '../src/testing.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';

const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
const inspect = (token: string, known: Credentials = credentials) => inspectToken(token, known, NOW);
const hintsOf = (claims: object, known?: Credentials) => inspect(forge(HEADER, { ...APP, ...claims }), known).hints;

describe('inspectToken', () => {
  const times = { iat: '2025-06-15T15:06:40.000Z', nbf: '2025-06-15T15:06:40.000Z', exp: '2025-06-15T16:06:40.000Z' };
  const good = {
    valid: true,
    error: null,
    signature: 'valid',
    status: 'active',
    secondsLeft: 3600,
    times,
    header: HEADER,
    claims: APP,
    hints: [],
  };

  it('finds nothing wrong with a good token', () => {
    expect(inspect(forge(HEADER, APP))).toEqual(good);
  });

  it('does not know whether it is good without the secret', () => {
    expect(inspect(forge(HEADER, APP), {})).toEqual({ ...good, valid: null, signature: 'unchecked' });
    expect(inspect(forge(HEADER, APP, 'other'), {})).toEqual({ ...good, valid: null, signature: 'unchecked' });
    expect(inspect(forge(HEADER, { ...APP, version: 1 }), {})).toMatchObject({ valid: false, signature: 'unchecked' });
  });

  it('gives the first fault, and its field where it has one', () => {
    const message = "the signature is not this secret's; is it of another app?";
    expect(inspect(forge(HEADER, APP, 'other'))).toEqual({
      ...good,
      valid: false,
      error: { code: 'ERR_TOKEN_SIGNATURE', field: null, message },
      signature: 'invalid',
    });
    expect(inspect(forge(HEADER, { ...APP, role: '' })).error).toEqual({
      code: 'ERR_TOKEN_CLAIMS',
      field: 'role',
      message: 'role is empty or not a string',
    });
  });

  it('has nothing to show of what is malformed', () => {
    expect(inspect('x.y')).toEqual({
      valid: false,
      error: {
        code: 'ERR_TOKEN_MALFORMED',
        field: null,
        message: 'the token is not three parts; pass it without "Bearer "',
      },
      signature: 'unchecked',
      status: null,
      secondsLeft: null,
      times: { iat: null, nbf: null, exp: null },
      header: null,
      claims: null,
      hints: [],
    });
  });

  it.each([`"${forge(HEADER, APP)}"`, `'x`, 'x y', 'x\ny'])('sees quotes and white space in %j', (token) => {
    expect(inspect(token).hints).toEqual(['it has quotes or white space in it; pass the token alone']);
  });

  it.each([
    [{ exp: undefined }, null, null, null],
    [{ exp: 'x' }, null, null, null],
    [{ exp: NOW + 1.5 }, 'active', 1, '2025-06-15T15:06:41.500Z'],
    [{ exp: NOW }, 'expired', 0, '2025-06-15T15:06:40.000Z'],
    [{ exp: NOW - 1 }, 'expired', -1, '2025-06-15T15:06:39.000Z'],
    [{ exp: NOW, nbf: NOW + 1 }, 'not yet active', 0, '2025-06-15T15:06:40.000Z'],
    [{ exp: NOW + 9, iat: NOW + 1 }, 'not yet active', 9, '2025-06-15T15:06:49.000Z'],
    [{ exp: 9e15 }, 'active', 9e15 - NOW, null],
  ])('places %j in time', (claims, status, secondsLeft, exp) => {
    const inspection = inspect(forge(HEADER, { ...APP, ...claims }));
    expect(inspection).toMatchObject({ status, secondsLeft });
    expect(inspection.times.exp).toBe(exp);
  });

  it('takes a number without end for none', () => {
    const token = forge(HEADER, JSON.stringify(APP).replace(String(APP.exp), '1e400'));
    expect(inspect(token)).toMatchObject({ status: null, secondsLeft: null, times: { exp: null } });
  });
});

describe('hints', () => {
  const milliseconds = (names: string) =>
    `${names} in milliseconds? JWT times are seconds: Math.floor(Date.now() / 1000)`;
  const tooLong = 'its lifetime is over 90 days, the longest that 100ms takes';
  const otherApp = 'its access_key is not HMS_ACCESS_KEY; it is of another 100ms app';
  const management =
    'a management token is for the REST API and must not reach a client; to join a room takes an app token';
  const unsafe =
    'its payload is not client-safe: the 100ms web client, which reads it with atob, misreads or refuses it';

  it.each<[object, string[]]>([
    [{}, []],
    [{ iat: NOW * 1000, nbf: NOW * 1000, exp: NOW * 1000 }, [milliseconds('iat, nbf, exp')]],
    [{ exp: 253_402_300_800 }, [milliseconds('exp')]],
    [{ exp: 253_402_300_799 }, [tooLong]],
    [{ exp: NOW + 7_776_000 }, []],
    [{ exp: NOW + 7_776_001 }, [tooLong]],
    [{ iat: NOW - 9_999_999 }, []],
    [{ iat: NOW - 9_999_999, nbf: undefined }, [tooLong]],
    [{ iat: undefined, nbf: undefined }, []],
    [{ access_key: 'other' }, [otherApp]],
    [MANAGEMENT, [management]],
    [{ user_id: 'José' }, [unsafe]],
    [{ user_id: '\x80' }, [unsafe]],
    [{ user_id: '>>>' }, [unsafe]],
    [{ user_id: '???' }, [unsafe]],
  ])('on %j', (claims, hints) => {
    expect(hintsOf(claims)).toEqual(hints);
  });

  it('says nothing of the access key where none is known', () => {
    expect(hintsOf({ access_key: 'other' }, { secret: SECRET })).toEqual([]);
  });

  const secret = 'c2VjcmV0LW9mLXRoZS1hcHA=';
  const lineEnd = 'it was signed with a line end behind the secret; trim what was read from a file';
  it.each([
    [
      Buffer.from(secret, 'base64').toString(),
      'it was signed with the base64-decoded secret; the key is the text of the secret as it stands',
    ],
    [`${secret}\n`, lineEnd],
    [`${secret}\r\n`, lineEnd],
    [`"${secret}"`, 'it was signed with quotes around the secret; take them out of the .env file'],
    [testCredentials.secret, 'it was signed with the fake credentials of --demo and the test fixtures'],
  ])('find the secret that was meant: %j', (key, hint) => {
    expect(inspect(forge(HEADER, APP, key), { secret }).hints).toEqual([hint]);
    expect(inspect(forge(HEADER, APP, key), {}).hints).toEqual([]);
  });

  it('of the secret are none for a token of quite another one, nor for a good one', () => {
    expect(inspect(forge(HEADER, APP, 'other'), { secret }).hints).toEqual([]);
    expect(inspect(forge(HEADER, APP, secret), { secret }).hints).toEqual([]);
  });

  it('look at the payload alone for what is not client-safe', () => {
    const signed = [...Array(50).keys()].map((jti) => forge(HEADER, { ...APP, jti: String(jti) }));
    expect(signed.some((token) => /[-_]/.test(token))).toBe(true);
    for (const token of signed) expect(inspect(token).hints).toEqual([]);
    expect(inspect(`${base64url({ alg: 'HS256', kid: '>>>???' })}.${base64url(APP)}.`).hints).toEqual([]);
  });
});

describe('what is nested deep', () => {
  const nested = (levels: number) => forge(HEADER, `{"x":${'['.repeat(levels)}${']'.repeat(levels)},"y":null}`);
  const claims = (levels: number) => inspect(nested(levels)).claims;

  it('is left out, and nothing else is', () => {
    expect(claims(101)).toEqual({ x: '(nested too deep)', y: null });
    expect(claims(100)).not.toEqual(claims(101));
    expect(JSON.stringify(claims(100))).toContain('['.repeat(100));
  });
});

import { describe, expect, it } from 'vitest';

import type { Known } from '../../src/cli/hints.js';
import { inspectToken } from '../../src/cli/inspect.js';
import { ACCESS_KEY, APP, forge, HEADER, NOW, SECRET } from '../support/forge.js';

const names = { accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET', advice: 'copy both' };
const credentials = { accessKey: ACCESS_KEY, secret: SECRET, names };
const inspect = (token: string, known: Known = credentials) => inspectToken(token, known, NOW);

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
    expect(inspect(forge(HEADER, APP), { names })).toEqual({ ...good, valid: null, signature: 'unchecked' });
    expect(inspect(forge(HEADER, APP, 'other'), { names })).toEqual({ ...good, valid: null, signature: 'unchecked' });
    expect(inspect(forge(HEADER, { ...APP, version: 1 }), { names })).toMatchObject({
      valid: false,
      signature: 'unchecked',
    });
  });

  it('gives the first fault, and its field where it has one', () => {
    const message = expect.stringMatching(/./) as string; // to the letter in messages.test.ts
    expect(inspect(forge(HEADER, APP, 'other'))).toEqual({
      ...good,
      valid: false,
      error: { code: 'ERR_TOKEN_SIGNATURE', field: null, message },
      signature: 'invalid',
      hints: [expect.stringMatching(/another secret/)],
    });
    expect(inspect(forge(HEADER, { ...APP, role: '' })).error).toEqual({
      code: 'ERR_TOKEN_CLAIMS',
      field: 'role',
      message,
    });
  });

  it('has nothing to show of what is malformed', () => {
    expect(inspect('x.y')).toEqual({
      valid: false,
      error: {
        code: 'ERR_TOKEN_MALFORMED',
        field: null,
        message: expect.stringMatching(/^the token/) as string,
      },
      signature: 'unchecked',
      status: null,
      secondsLeft: null,
      times: { iat: null, nbf: null, exp: null },
      header: null,
      claims: null,
      hints: ['it has 2 of 3 parts; copy the token whole, and nothing else with it'],
    });
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

describe('what is nested deep', () => {
  const nested = (levels: number) => forge(HEADER, `{"x":${'['.repeat(levels)}${']'.repeat(levels)},"y":null}`);
  const claims = (levels: number) => inspect(nested(levels)).claims;

  it('is left out, and nothing else is', () => {
    expect(claims(101)).toEqual({ x: '(nested too deep)', y: null });
    expect(claims(100_001)).toEqual(claims(101));
    expect(claims(100)).not.toEqual(claims(101));
    expect(JSON.stringify(claims(100))).toContain('['.repeat(100));
  });
});

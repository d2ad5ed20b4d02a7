/** Tokens that forgers make: none is taken, and each is refused with the documented error. */

import { Buffer } from 'node:buffer';
import { createSecretKey, timingSafeEqual } from 'node:crypto';

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, decodeToken, type TokenErrorCode, verifyToken } from '../src/index.js';
import { fault } from './support/fault.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, MANAGEMENT, NOW, SECRET, signed } from './support/forge.js';
import { hostile, notApplicable, type Section } from './support/hostile.js';

vi.mock(import('node:crypto'), { spy: true });

const { verifyAppToken, verifyManagementToken } = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
const now = { currentDate: new Date(NOW * 1000) };

const valid = forge(HEADER, APP);
const [header, payload, signature] = valid.split('.') as [string, string, string];
const signatureBytes = Buffer.from(signature, 'base64url');

const SIGNATURE = { code: 'ERR_TOKEN_SIGNATURE' };
const MALFORMED = { code: 'ERR_TOKEN_MALFORMED' };

afterEach(() => {
  vi.mocked(timingSafeEqual).mockClear();
});

it('takes the tokens that are spoilt below', () => {
  expect(verifyAppToken(valid, now)).toEqual(APP);
  expect(verifyManagementToken(forge(HEADER, MANAGEMENT), now)).toEqual(MANAGEMENT);
});

describe('RFC 8725', () => {
  it.each(Array.from({ length: 12 }, (_, index) => `3.${String(index + 1)}` as Section))(
    '§%s has cases, or a reason why not',
    (section) => {
      const cases = hostile.filter((row) => row.section === section);
      expect(cases.length > 0).toBe(notApplicable[section] === undefined);
    },
  );

  it.each(hostile)('§$section: $name ($code)', ({ token, code, field }) => {
    expect(fault(() => verifyAppToken(token, now))).toEqual({ code, field });
  });

  it.each(hostile)('§$section: $name, for verifyToken', ({ token, code, field }) => {
    // It knows neither the access key nor the type that a builder's method asks for.
    const sound = code === 'ERR_TOKEN_CLAIMS' && isSound(decodeToken(token).claims);
    for (const secret of [SECRET, createSecretKey(SECRET, 'utf8')]) {
      expect(fault(() => verifyToken(token, secret, now))).toEqual(sound ? undefined : { code, field });
    }
  });

  /** Whether only the access key or the type of sound claims differs. */
  function isSound({ access_key, type }: Record<string, unknown>): boolean {
    return (typeof access_key === 'string' && access_key !== '' && access_key !== ACCESS_KEY) || type === 'management';
  }
});

describe('signatures (RFC 8725 §3.3)', () => {
  const refusalOf = (bytes: Uint8Array) =>
    fault(() => verifyToken(`${header}.${payload}.${base64url(bytes)}`, SECRET, now));

  it('are refused with any single bit flipped', () => {
    expect(signatureBytes).toHaveLength(32);
    for (let bit = 0; bit < 256; bit++) {
      const flipped = Buffer.from(signatureBytes);
      flipped[bit >> 3] = (signatureBytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusalOf(flipped)).toEqual(SIGNATURE);
    }
  });

  it('are refused truncated to any length, in bytes and in characters', () => {
    for (let length = 0; length < 32; length++) {
      for (const part of [signatureBytes.subarray(0, length), signatureBytes.subarray(32 - length)]) {
        expect(refusalOf(part)).toEqual(SIGNATURE);
      }
    }
    for (let length = 0; length < signature.length; length++) {
      const token = `${header}.${payload}.${signature.slice(0, length)}`;
      const strict = base64url(Buffer.from(signature.slice(0, length), 'base64url')).length === length;
      expect(strict).toBe(length % 4 !== 1);
      expect([SIGNATURE, MALFORMED]).toContainEqual({ code: fault(() => verifyToken(token, SECRET, now))?.code });
    }
  });

  it('are refused extended by any bytes, in front or behind', () => {
    for (let length = 1; length <= 32; length++) {
      for (const more of [Buffer.alloc(length), signatureBytes.subarray(0, length)]) {
        for (const extended of [Buffer.concat([signatureBytes, more]), Buffer.concat([more, signatureBytes])]) {
          expect(refusalOf(extended)).toEqual(SIGNATURE);
        }
      }
    }
  });

  it('of other secrets are refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (secret) => {
        // HMAC pads a key with zeros: the one way in which two secrets are the same key (RFC 2104 §2).
        fc.pre(secret.replace(/\0+$/, '') !== SECRET);
        expect(fault(() => verifyToken(forge(HEADER, APP, secret), SECRET, now))).toEqual(SIGNATURE);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('are compared in constant time, wherever they differ', () => {
    for (const index of [0, 16, 31]) {
      const changed = Buffer.from(signatureBytes);
      changed[index] = (signatureBytes[index] ?? 0) ^ 1;
      expect(refusalOf(changed)).toEqual(SIGNATURE);
      expect(timingSafeEqual).toHaveBeenCalledOnce();
      expect(timingSafeEqual).toHaveLastReturnedWith(false);
      vi.mocked(timingSafeEqual).mockClear();
    }
    expect(verifyToken(valid, SECRET, now)).toEqual(APP);
    expect(timingSafeEqual).toHaveBeenCalledOnce();
    expect(timingSafeEqual).toHaveLastReturnedWith(true);
  });
});

describe('mutations', () => {
  const UNSIGNED = /^ERR_TOKEN_(MALFORMED|ALGORITHM|SIGNATURE)$/;
  const characters = fc.oneof(
    fc.nat({ max: valid.length - 1 }).map((index) => valid.charAt(index)),
    fc.nat({ max: 127 }).map((code) => String.fromCharCode(code)),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const edit = fc.record({
    at: fc.nat({ max: valid.length }),
    removed: fc.nat({ max: 4 }),
    put: fc.array(characters, { maxLength: 4 }).map((some) => some.join('')),
  });

  it('of a valid token are refused, unless they are the same string', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const token = edits.reduce(
          (text, { at, removed, put }) => text.slice(0, at) + put + text.slice(at + removed),
          valid,
        );
        const refusal = fault(() => verifyToken(token, SECRET, now));
        if (token === valid) expect(refusal).toBeUndefined();
        else expect(refusal?.code).toMatch(UNSIGNED);
      }),
      { seed: 3, numRuns: 5000 },
    );
  });

  it('of the bytes of a part are refused', () => {
    const parts = [header, payload, signature].map((part) => Buffer.from(part, 'base64url'));
    for (const [index, part] of parts.entries()) {
      for (let bit = 0; bit < part.length * 8; bit++) {
        const flipped = Buffer.from(part);
        flipped[bit >> 3] = (part[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const token = parts.map((original, other) => base64url(other === index ? flipped : original)).join('.');
        expect(fault(() => verifyToken(token, SECRET, now))?.code).toMatch(UNSIGNED);
      }
    }
  });

  it('of any single character into any other are refused', () => {
    for (let index = 0; index < valid.length; index++) {
      for (let other = 0; other < 128; other++) {
        const token = valid.slice(0, index) + String.fromCharCode(other) + valid.slice(index + 1);
        if (token === valid) continue;
        // An expect for each of fifty thousand tokens would take longer than all the rest.
        const code = fault(() => verifyToken(token, SECRET, now))?.code ?? 'nothing';
        if (!UNSIGNED.test(code)) expect.fail(`${JSON.stringify(token)} gives ${code}`);
      }
    }
  });
});

describe('anything at all', () => {
  const documented: ReadonlySet<TokenErrorCode | undefined> = new Set<TokenErrorCode>([
    'ERR_TOKEN_MALFORMED',
    'ERR_TOKEN_ALGORITHM',
    'ERR_TOKEN_SIGNATURE',
    'ERR_TOKEN_CLAIMS',
    'ERR_TOKEN_NOT_ACTIVE',
    'ERR_TOKEN_EXPIRED',
  ]);
  const settings = { seed: 4, numRuns: 2000 };
  const verdict = (token: unknown) => fault(() => verifyToken(token as string, SECRET, now));

  it('that is no string is malformed', () => {
    fc.assert(
      fc.property(fc.anything(), (token) => {
        fc.pre(typeof token !== 'string');
        expect(verdict(token)).toEqual(MALFORMED);
        expect(fault(() => decodeToken(token as string))).toEqual(MALFORMED);
      }),
      settings,
    );
  });

  it('that is a string ends in a documented error', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.uint8Array().map(base64url));
    const strings = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(strings, (token) => {
        expect(documented).toContain(verdict(token)?.code);
      }),
      settings,
    );
  });

  it('that is signed ends in a documented error, or in sound claims', () => {
    const bytes = fc.oneof(fc.json(), fc.uint8Array());
    fc.assert(
      fc.property(fc.oneof(bytes, fc.constant(JSON.stringify(HEADER))), bytes, (head, body) => {
        expect(documented).toContain(verdict(forge(head, body))?.code);
      }),
      settings,
    );
  });

  it('that is signed and a claim of any value is taken only for the value it must be', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(APP)), fc.jsonValue(), (name, value) => {
        const claims = { ...APP, [name]: value };
        const refusal = fault(() => verifyAppToken(forge(HEADER, claims), now));
        const isText = typeof value === 'string' && value !== '';
        const isTime = typeof value === 'number' && value >= 0;
        if (['room_id', 'user_id', 'role', 'jti'].includes(name) && isText) expect(refusal).toBeUndefined();
        else if (['iat', 'nbf', 'exp'].includes(name) && isTime) expect(refusal?.code).not.toBe('ERR_TOKEN_CLAIMS');
        else expect(refusal).toEqual({ code: 'ERR_TOKEN_CLAIMS', field: name });
      }),
      settings,
    );
  });

  it('that is signed as a signing input of any text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(documented).toContain(verdict(signed(input))?.code);
      }),
      settings,
    );
  });
});

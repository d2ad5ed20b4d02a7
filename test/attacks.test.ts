/** Tokens that forgers make: none is taken, and each is refused with the documented error. */

import { Buffer } from 'node:buffer';
import { createSecretKey, timingSafeEqual } from 'node:crypto';

import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, decodeToken, TokenError, verifyToken } from '../src/index.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, NOW, SECRET } from './support/forge.js';
import { hostile, notApplicable } from './support/hostile.js';
import { anyCharacter } from './support/text.js';

vi.mock(import('node:crypto'), { spy: true });

const { verifyAppToken } = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });
const now = { currentDate: new Date(NOW * 1000) };
const verify = (token: string) => verifyToken(token, SECRET, now);

const valid = forge(HEADER, APP);
const signature = Buffer.from(valid.slice(valid.lastIndexOf('.') + 1), 'base64url');
const signedBy = (bytes: Uint8Array) => valid.slice(0, valid.lastIndexOf('.') + 1) + base64url(bytes);

describe('hostile tokens (RFC 8725)', () => {
  it.each(Array.from({ length: 12 }, (_, index) => `3.${String(index + 1)}`))(
    'of §%s are listed, or a reason why there are none',
    (section) => {
      expect(hostile.some((row) => row.section === section)).toBe(!(section in notApplicable));
    },
  );

  it.each(hostile)('of §$section are refused: $name ($code)', ({ token, code, field }) => {
    expect(() => verifyAppToken(token, now)).toThrowTokenError(code, field);
    for (const secret of [SECRET, createSecretKey(SECRET, 'utf8')]) {
      const verify = () => verifyToken(token, secret, now);
      if (code === 'ERR_TOKEN_CLAIMS' && isSound(decodeToken(token).claims)) expect(verify).not.toThrow();
      else expect(verify).toThrowTokenError(code, field);
    }
  });

  /** Whether verifyToken finds no fault: it asks for no type and knows no access key. */
  function isSound({ access_key, type }: Record<string, unknown>): boolean {
    return (typeof access_key === 'string' && !['', ACCESS_KEY].includes(access_key)) || type === 'management';
  }
});

describe('signatures (RFC 8725 §3.3)', () => {
  const part = fc.nat({ max: 32 });
  const anyBytes = fc.uint8Array({ maxLength: 40 });

  it('are refused with bytes removed and others put in their place, anywhere', () => {
    fc.assert(
      fc.property(part, part, anyBytes, (start, end, put) => {
        const bytes = Buffer.concat([signature.subarray(0, start), put, signature.subarray(end)]);
        fc.pre(!bytes.equals(signature));
        expect(() => verify(signedBy(bytes))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('of other secrets are refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (secret) => {
        // HMAC pads a key with zeros: the one way in which two secrets are the same key (RFC 2104 §2).
        fc.pre(secret.replace(/\0+$/, '') !== SECRET);
        expect(() => verify(forge(HEADER, APP, secret))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  describe('are compared in constant time', () => {
    beforeEach(() => {
      vi.mocked(timingSafeEqual).mockClear();
    });

    it.each([0, 16, 31])('where byte %i differs', (index) => {
      const changed = Buffer.from(signature);
      changed[index] = (signature[index] ?? 0) ^ 1;
      expect(() => verify(signedBy(changed))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      expect(vi.mocked(timingSafeEqual).mock.results).toEqual([{ type: 'return', value: false }]);
    });

    it('where they are the same', () => {
      expect(verify(valid)).toEqual(APP);
      expect(vi.mocked(timingSafeEqual).mock.results).toEqual([{ type: 'return', value: true }]);
    });
  });
});

describe('changes of a valid token', () => {
  /** The code of the refusal. An `expect` for each of tens of thousands of tokens would take longer than all the rest. */
  function refusalOf(token: string): string {
    try {
      verify(token);
    } catch (error) {
      if (error instanceof TokenError) return error.code;
      throw error;
    }
    return 'taken';
  }
  const UNSIGNED = /^ERR_TOKEN_(MALFORMED|ALGORITHM|SIGNATURE)$/;

  it('of any character into any other are refused', () => {
    for (let index = 0; index < valid.length; index++) {
      for (let other = 0; other < 128; other++) {
        const token = valid.slice(0, index) + String.fromCharCode(other) + valid.slice(index + 1);
        if (token !== valid && !UNSIGNED.test(refusalOf(token))) expect.fail(`${JSON.stringify(token)} is taken`);
      }
    }
  });
});

it('takes a signed claim of any value only where it is what it must be', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(APP)), fc.jsonValue(), (name, value) => {
      const verify = () => verifyAppToken(forge(HEADER, { ...APP, [name]: value }), now);
      const isText = ['room_id', 'user_id', 'role', 'jti'].includes(name) && typeof value === 'string' && value !== '';
      const isTime = ['iat', 'nbf', 'exp'].includes(name) && typeof value === 'number' && value >= 0;
      if (isText || (isTime && (name === 'exp' ? value > NOW : value <= NOW))) expect(verify).not.toThrow();
      else if (!isTime) expect(verify).toThrowTokenError('ERR_TOKEN_CLAIMS', name);
      else expect(verify).toThrowTokenError(name === 'exp' ? 'ERR_TOKEN_EXPIRED' : 'ERR_TOKEN_NOT_ACTIVE', name);
    }),
    { seed: 4, numRuns: 2000 },
  );
});

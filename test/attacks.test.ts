/** Attacks: forged tokens, what memory shows, and hostile environments. Each must fail with the documented error. */

import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, decodeToken, TokenError, verifyToken } from '../src/index.js';
import { ACCESS_KEY, APP, at, base64url, forge, HEADER, SECRET } from './support/forge.js';
import { credentials } from './support/functions.js';
import { verdictOf } from './support/fuzz.js';
import { hostile, notApplicable } from './support/hostile.js';
import { anyCharacter } from './support/text.js';
import { untyped } from './support/untyped.js';

vi.mock(import('node:crypto'), { spy: true });

const { verifyAppToken } = createTokenBuilder(credentials);
const now = { currentDate: at };
const verify = (token: string) => verifyToken(token, SECRET, now);

const valid = forge(HEADER, APP);
const signature = Buffer.from(valid.slice(valid.lastIndexOf('.') + 1), 'base64url');
const signedBy = (bytes: Uint8Array) => valid.slice(0, valid.lastIndexOf('.') + 1) + base64url(bytes);

describe('hostile tokens (RFC 8725)', () => {
  it.each(Array.from({ length: 12 }, (_, index) => `3.${String(index + 1)}`))(
    'of §%s are listed, or the reason why there are none',
    (section) => {
      expect(hostile.some((row) => row.section === section)).toBe(!(section in notApplicable));
    },
  );

  it.each(hostile)('of §$section are rejected: $name ($code)', ({ token, code, field }) => {
    expect(() => verifyAppToken(token, now)).toThrowTokenError(code, field);
    if (code === 'ERR_TOKEN_CLAIMS' && isValid(decodeToken(token).claims)) expect(() => verify(token)).not.toThrow();
    else expect(() => verify(token)).toThrowTokenError(code, field);
  });

  /** Returns whether verifyToken accepts the claims, since it expects neither a type nor an access key. */
  function isValid({ access_key, type }: Record<string, unknown>): boolean {
    return (typeof access_key === 'string' && !['', ACCESS_KEY].includes(access_key)) || type === 'management';
  }
});

describe('signatures (RFC 8725 §3.3)', () => {
  beforeEach(() => {
    vi.mocked(timingSafeEqual).mockClear();
    vi.mocked(createHmac).mockClear();
  });

  it('are rejected if any bytes are replaced', () => {
    const part = fc.nat({ max: 32 });
    fc.assert(
      fc.property(part, part, fc.uint8Array({ maxLength: 40 }), (start, end, put) => {
        const bytes = Buffer.concat([signature.subarray(0, start), put, signature.subarray(end)]);
        fc.pre(!bytes.equals(signature));
        expect(() => verify(signedBy(bytes))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('are rejected if they were created with another secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (secret) => {
        // HMAC pads a key with zeros, so these are the same key (RFC 2104 §2).
        fc.pre(secret.replace(/\0+$/, '') !== SECRET);
        expect(() => verify(forge(HEADER, APP, secret))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it.each([0, 16, 31, 32])('are compared in constant time, wherever they differ (byte %i; 32 is none)', (index) => {
    const changed = Buffer.from(signature);
    changed[index] = (signature[index] ?? 0) ^ 1;
    if (index === 32) expect(verify(signedBy(changed))).toEqual(APP);
    else expect(() => verify(signedBy(changed))).toThrowTokenError('ERR_TOKEN_SIGNATURE');
    expect(vi.mocked(timingSafeEqual).mock.results).toEqual([{ type: 'return', value: index === 32 }]);
  });

  it.each([undefined, '', 'A', 'A'.repeat(42), 'A'.repeat(44)].map((digest) => [String(digest), digest]))(
    'are never compared with an earlier one, even if the digest is %s',
    (_, digest) => {
      const [header, , earlier] = valid.split('.');
      verify(valid);
      vi.mocked(createHmac).mockReturnValueOnce(
        untyped({ update: () => ({ digest: () => digest ?? signature.toString('base64url').slice(0, 42) }) }),
      );
      const token = [header, base64url({ ...APP, role: 'admin' }), earlier].join('.');
      expect(() => verify(token)).toThrowTokenError('ERR_TOKEN_SIGNATURE');
      expect(createHmac).toHaveBeenCalledTimes(2);
    },
  );

  it('aren’t computed if the token is too long', () => {
    expect(() => verify(forge(HEADER, { ...APP, user_id: 'x'.repeat(65_536) }))).toThrowTokenError(
      'ERR_TOKEN_MALFORMED',
    );
    expect(createHmac).toHaveBeenCalledTimes(1); // by forge
  });
});

it('a valid token is rejected if any character is changed', () => {
  const UNVERIFIED = /^ERR_TOKEN_(MALFORMED|ALGORITHM|SIGNATURE)$/;
  // Without an `expect` for each, because tens of thousands would take longer than everything else.
  for (let index = 0; index < valid.length; index++) {
    for (let other = 0; other < 128; other++) {
      const token = valid.slice(0, index) + String.fromCharCode(other) + valid.slice(index + 1);
      if (token !== valid && !UNVERIFIED.test(verdictOf(() => verify(token), TokenError)))
        expect.fail(`${JSON.stringify(token)} is verified`);
    }
  }
});

/** Compiles a program that uses the package, as one CommonJS file. */
function compile(contents: string): string {
  const stdin = { contents, resolveDir: import.meta.dirname };
  const { outputFiles } = buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', write: false });
  return outputFiles[0]?.text ?? '';
}

/** Runs a program in a worker, and returns what it posts. */
async function runInWorker(program: string): Promise<unknown> {
  const [message] = (await once(new Worker(program, { eval: true }), 'message')) as unknown[];
  return message;
}

describe('Buffers of other code show neither the secret, nor a signature, nor claims', () => {
  const probe = compile(`
    import { parentPort } from 'node:worker_threads';
    import { leaks } from './support/memory.js';
    leaks().then((found) => {
      const report = JSON.stringify([...new Set(found)]);
      if (parentPort === null) console.log(report);
      else parentPort.postMessage(report);
    });
  `);

  it('in a process', () => {
    const output = execFileSync(process.execPath, ['-'], { input: probe, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual([]);
  });

  it('in a worker', async () => {
    expect(JSON.parse(String(await runInWorker(probe)))).toEqual([]);
  });
});

describe('a hostile environment never breaks the import', () => {
  const app = forge(HEADER, { ...APP, exp: 1e12 });
  const program = compile(`
    import { parentPort } from 'node:worker_threads';
    import { createTokenBuilder, TokenError } from '../src/index.js';
    import { createTokenFixtures } from '../src/testing.js';
    const attempt = (act) => {
      try {
        return typeof act();
      } catch (error) {
        return error instanceof TokenError ? error.name + ' ' + error.code : String(error);
      }
    };
    const tokens = createTokenBuilder(${JSON.stringify(credentials)});
    parentPort.postMessage([
      ...[attempt(() => tokens.getManagementToken()), attempt(() => tokens.verifyAppToken('${app}'))],
      ...[attempt(() => tokens.verifyAppToken('x')), attempt(() => createTokenFixtures().appToken())],
    ].join());
  `);
  const MALFORMED = 'TokenError ERR_TOKEN_MALFORMED';
  const ARGUMENT = 'TokenError ERR_INVALID_ARGUMENT';

  it.each<[environment: string, outcomes: string[]]>([
    ['', ['string', 'object', MALFORMED, 'string']],
    ['Object.freeze(Error.prototype)', ['string', 'object', MALFORMED, 'string']],
    ['Object.freeze(Object.prototype)', ['string', 'object', MALFORMED, 'string']],
    ['Object.prototype.toJSON = () => "x"', [ARGUMENT, 'object', MALFORMED, ARGUMENT]],
    ['Object.prototype[Symbol.toStringTag] = "x"', [ARGUMENT, MALFORMED, MALFORMED, ARGUMENT]],
  ])('such as %j: errors come with the calls', async (environment, outcomes) => {
    expect(await runInWorker(`${environment};${program}`)).toBe(outcomes.join());
  });
});

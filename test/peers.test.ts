/** Other JWT libraries accept and reject the same tokens, except for the differences listed here, with reasons. */

import { Buffer } from 'node:buffer';

import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { createTokenBuilder, type Duration, TokenError, verifyToken } from '../src/index.js';
import { APP, at, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';
import { credentials } from './support/functions.js';
import { hostile } from './support/hostile.js';
import { samples } from './support/vectors.js';

type Verifier = (token: string, seconds: number, tolerance?: number, secret?: string) => unknown;

const peers = {
  jsonwebtoken: ((token, seconds, tolerance = 0, secret = SECRET) =>
    jsonwebtoken.verify(token, secret, {
      algorithms: ['HS256'],
      clockTimestamp: seconds,
      clockTolerance: tolerance,
    })) satisfies Verifier,
  jose: (async (token, seconds, tolerance = 0, secret = SECRET) => {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(seconds * 1000),
      clockTolerance: tolerance,
      requiredClaims: ['iat', 'nbf', 'exp', 'jti'], // not its default
    });
    return payload;
  }) satisfies Verifier,
};

type Peer = keyof typeof peers;
const peerNames = Object.keys(peers) as Peer[];

const ours: Verifier = (token, seconds, tolerance = 0, secret = SECRET) =>
  verifyToken(token, secret, {
    currentDate: new Date(seconds * 1000),
    clockTolerance: `${String(tolerance)}s` as Duration,
  });

/** Returns whether a verifier accepts a token, whatever it throws otherwise. */
async function accepts(verifier: Verifier, ...parameters: Parameters<Verifier>): Promise<boolean> {
  try {
    await verifier(...parameters);
    return true;
  } catch {
    return false;
  }
}

describe('tokens that all libraries accept, with the same claims', () => {
  it.each<[string, string]>([
    ['an app token', forge(HEADER, APP)],
    ['a management token', forge(HEADER, MANAGEMENT)],
    ['no typ', forge({ alg: 'HS256' }, APP)],
    ['typ first', forge({ typ: 'JWT', alg: 'HS256' }, APP)],
    ['a kid', forge({ ...HEADER, kid: 'x' }, APP)],
    ['extra claims', forge(HEADER, { ...APP, iss: 'x', sub: 'y', aud: ['z'], nested: { exp: 0 } })],
    ['non-ASCII text', forge(HEADER, { ...APP, user_id: 'José, 用户, 🙂', role: 'who?>~' })],
    ['a duplicate claim', forge(HEADER, JSON.stringify(APP).replace('{', '{"exp":0,'))],
    ['fractional times', forge(HEADER, { ...APP, iat: NOW - 0.5, nbf: NOW - 0.5, exp: NOW + 0.5 })],
    ['a lifetime of more than 90 days', forge(HEADER, { ...APP, exp: NOW + 91 * 86_400 })],
    ['whitespace in the JSON', forge(JSON.stringify(HEADER, null, 2), JSON.stringify(APP, null, 2))],
  ])('%s', async (_, token) => {
    const claims = ours(token, NOW);
    for (const verifier of Object.values(peers)) expect(await verifier(token, NOW)).toEqual(claims);
  });
});

describe('tokens that other libraries created', () => {
  it.each(samples)('$library: $kind $claims.user_id', async ({ token, secret, accessKey, kind, claims }) => {
    const builder = createTokenBuilder({ accessKey, secret });
    for (const seconds of [claims.nbf, claims.exp - 1]) {
      const options = { currentDate: new Date(seconds * 1000) };
      const verify = kind === 'app' ? builder.verifyAppToken : builder.verifyManagementToken;
      const verified = verify(token, options);
      expect(JSON.stringify(verified)).toBe(JSON.stringify(claims)); // in the token's own order
      expect(ours(token, seconds, 0, secret)).toEqual(claims);
      for (const verifier of Object.values(peers)) expect(await verifier(token, seconds, 0, secret)).toEqual(claims);
    }
    for (const [seconds, code, field] of [
      [claims.nbf - 1, 'ERR_TOKEN_NOT_ACTIVE', 'nbf'],
      [claims.exp, 'ERR_TOKEN_EXPIRED', 'exp'],
    ] as const) {
      expect(() => ours(token, seconds, 0, secret)).toThrowTokenError(code, field);
      for (const verifier of Object.values(peers))
        expect(await accepts(verifier, token, seconds, 0, secret)).toBe(false);
    }
  });
});

describe('times, in whole seconds', () => {
  const cases = [0, 30].flatMap((tolerance) =>
    [APP.nbf - tolerance, APP.exp + tolerance].flatMap((turn) =>
      [turn - 1, turn, turn + 1].map((seconds) => ({ seconds: seconds - NOW, tolerance })),
    ),
  );

  it.each(cases)('$seconds s from now, with $tolerance s of tolerance', async ({ seconds, tolerance }) => {
    const token = forge(HEADER, { ...APP, iat: NOW - 60 }); // peers ignore a future iat
    const isValid = seconds >= -tolerance && seconds < 3600 + tolerance;
    expect(await accepts(ours, token, NOW + seconds, tolerance)).toBe(isValid);
    for (const verifier of Object.values(peers)) {
      expect(await accepts(verifier, token, NOW + seconds, tolerance)).toBe(isValid);
    }
  });
});

describe('hostile tokens that a peer accepts, but we reject', () => {
  interface Difference {
    why: string;
    acceptedBy: readonly Peer[];
    /** Names of hostile tokens, or patterns. */
    cases: readonly (string | RegExp)[];
  }

  const differences: readonly Difference[] = [
    {
      why: "a general library doesn't know the claims of 100ms",
      acceptedBy: ['jsonwebtoken', 'jose'],
      cases: [
        /^(no )?(access_key|room_id|user_id|role|type|version)\b/,
        /^jti\b/,
        /^a management token/,
        'a token of both types',
      ],
    },
    {
      why: "jsonwebtoken doesn't require any claim (jose does here, because of requiredClaims)",
      acceptedBy: ['jsonwebtoken'],
      cases: ['no jti', 'no iat', 'no nbf', 'no exp'],
    },
    {
      why: 'jsonwebtoken checks iat only with a maximum age',
      acceptedBy: ['jsonwebtoken'],
      cases: [/^iat (?!-1|in)/],
    },
    {
      why: 'a future iat means that a clock is wrong',
      acceptedBy: ['jsonwebtoken', 'jose'],
      cases: ['iat in a second', 'iat in milliseconds'],
    },
    {
      why: 'times before 1970 are mistakes, and 1e400 is Infinity, so the token would never expire',
      acceptedBy: ['jsonwebtoken', 'jose'],
      cases: ['iat -1', 'nbf -1', 'exp 1e400'],
    },
    {
      why: 'jsonwebtoken ignores crit, but unknown extensions must be rejected (RFC 7515 §4.1.11)',
      acceptedBy: ['jsonwebtoken'],
      cases: [/^crit /],
    },
    {
      why: "jose supports the extension b64 (RFC 7797), which 100ms tokens don't use",
      acceptedBy: ['jose'],
      cases: ['crit that names an encoded payload'],
    },
    {
      why: 'jose decodes leniently, but a second spelling of a token bypasses a list of revoked tokens (RFC 4648 §12)',
      acceptedBy: ['jose'],
      cases: [
        'padding after the signature',
        'padding after the header, signed',
        'a space after the token',
        'a newline after the token',
        'a newline in the payload, signed',
        'stray bits after the signature',
      ],
    },
    {
      why: 'stray bits in a payload are a second spelling, too, but only the signer can add them',
      acceptedBy: ['jsonwebtoken', 'jose'],
      cases: ['stray bits after the payload, signed'],
    },
    {
      why: "a single extra character isn't valid base64url, but Node.js ignores it",
      acceptedBy: ['jsonwebtoken'],
      cases: ['a lone character after the payload, signed'],
    },
    {
      why: 'a claim set is a JSON object (RFC 7519 §7.2), but jsonwebtoken accepts any JSON or text',
      acceptedBy: ['jsonwebtoken'],
      cases: ['as claims an array', 'as claims a JSON string'],
    },
    {
      why: 'RFC 7519 §7.2 requires UTF-8, but jsonwebtoken replaces invalid bytes',
      acceptedBy: ['jsonwebtoken'],
      cases: ['claims in Latin-1', 'a surrogate', 'half a character'],
    },
    {
      why: 'JSON has no byte order mark (RFC 8259 §8.1), but jose ignores it',
      acceptedBy: ['jose'],
      cases: ['a byte order mark before the claims', 'a byte order mark before the header'],
    },
  ];

  const matches = (name: string, pattern: string | RegExp) =>
    typeof pattern === 'string' ? name === pattern : pattern.test(name);
  const { verifyAppToken } = createTokenBuilder(credentials);

  it.each(differences)('$acceptedBy: $why', async ({ acceptedBy, cases }) => {
    for (const pattern of cases) {
      const rows = hostile.filter(({ name }) => matches(name, pattern));
      expect(rows.length).toBeGreaterThan(0);
      for (const { token } of rows) {
        expect(() => verifyAppToken(token, { currentDate: at })).toThrow(TokenError);
        for (const peer of acceptedBy) expect(await accepts(peers[peer], token, NOW)).toBe(true);
      }
    }
  });

  it.each(peerNames)('%s rejects all others, as we do', async (peer) => {
    const listed = differences.filter(({ acceptedBy }) => acceptedBy.includes(peer)).flatMap(({ cases }) => cases);
    const others = hostile.filter(({ name }) => !listed.some((pattern) => matches(name, pattern)));
    expect(others.length).toBeGreaterThan(100);
    const accepted: string[] = [];
    for (const { name, token } of others) if (await accepts(peers[peer], token, NOW)) accepted.push(name);
    expect(accepted).toEqual([]);
  });

  it('include tokens whose exp is a fraction of a second ago, because jose’s clock has whole seconds', async () => {
    const token = forge(HEADER, { ...APP, iat: NOW - 1, nbf: NOW - 1, exp: NOW + 0.5 });
    expect(await accepts(peers.jose, token, NOW + 0.5)).toBe(true);
    expect(await accepts(peers.jsonwebtoken, token, NOW + 0.5)).toBe(false);
    expect(() => ours(token, NOW + 0.5)).toThrowTokenError('ERR_TOKEN_EXPIRED', 'exp');
  });
});

/** Other JWT libraries take and refuse what we do, or the difference stands here with its reason. */

import { Buffer } from 'node:buffer';

import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { createTokenBuilder, TokenError, verifyToken } from '../src/index.js';
import { ACCESS_KEY, APP, forge, HEADER, MANAGEMENT, NOW, SECRET } from './support/forge.js';
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
      requiredClaims: ['iat', 'nbf', 'exp', 'jti'], // it has no such default
    });
    return payload;
  }) satisfies Verifier,
};

type Peer = keyof typeof peers;
const peerNames = Object.keys(peers) as Peer[];

const ours: Verifier = (token, seconds, tolerance = 0, secret = SECRET) =>
  verifyToken(token, secret, { currentDate: new Date(seconds * 1000), clockTolerance: tolerance });

/** Whether a verifier takes a token; what it throws if not is not compared. */
async function takes(verifier: Verifier, ...parameters: Parameters<Verifier>): Promise<boolean> {
  try {
    await verifier(...parameters);
    return true;
  } catch {
    return false;
  }
}

describe('tokens that all take, with the same claims', () => {
  it.each<[string, string]>([
    ['an app token', forge(HEADER, APP)],
    ['a management token', forge(HEADER, MANAGEMENT)],
    ['no typ', forge({ alg: 'HS256' }, APP)],
    ['typ in front', forge({ typ: 'JWT', alg: 'HS256' }, APP)],
    ['a kid', forge({ ...HEADER, kid: 'x' }, APP)],
    ['extra claims', forge(HEADER, { ...APP, iss: 'x', sub: 'y', aud: ['z'], nested: { exp: 0 } })],
    ['text that is not ASCII', forge(HEADER, { ...APP, user_id: 'José, 用户, 🙂', role: 'who?>~' })],
    ['a duplicate claim', forge(HEADER, JSON.stringify(APP).replace('{', '{"exp":0,'))],
    ['fractional times', forge(HEADER, { ...APP, iat: NOW - 0.5, nbf: NOW - 0.5, exp: NOW + 0.5 })],
    ['a life longer than 90 days', forge(HEADER, { ...APP, exp: NOW + 91 * 86_400 })],
    ['white space in its JSON', forge(JSON.stringify(HEADER, null, 2), JSON.stringify(APP, null, 2))],
  ])('%s', async (_, token) => {
    const claims = ours(token, NOW);
    for (const verifier of Object.values(peers)) expect(await verifier(token, NOW)).toEqual(claims);
  });
});

describe('tokens that other libraries made', () => {
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
      for (const verifier of Object.values(peers)) expect(await takes(verifier, token, seconds, 0, secret)).toBe(false);
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
    const token = forge(HEADER, { ...APP, iat: NOW - 60 }); // peers do not ask whether iat has come
    const taken = seconds >= -tolerance && seconds < 3600 + tolerance;
    expect(await takes(ours, token, NOW + seconds, tolerance)).toBe(taken);
    for (const verifier of Object.values(peers)) {
      expect(await takes(verifier, token, NOW + seconds, tolerance)).toBe(taken);
    }
  });
});

describe('hostile tokens that a peer takes, and we do not', () => {
  interface Difference {
    why: string;
    takenBy: readonly Peer[];
    /** The cases' names, or what they match. */
    cases: readonly (string | RegExp)[];
  }

  const differences: readonly Difference[] = [
    {
      why: 'a general library knows nothing of 100ms: which claims there must be, and what they are',
      takenBy: ['jsonwebtoken', 'jose'],
      cases: [
        /^(no )?(access_key|room_id|user_id|role|type|version)\b/,
        /^jti\b/,
        /^a management token/,
        'a token of both types',
      ],
    },
    {
      why: 'jsonwebtoken requires no claim (jose was told which ones it must require)',
      takenBy: ['jsonwebtoken'],
      cases: ['no jti', 'no iat', 'no nbf', 'no exp'],
    },
    {
      why: 'iat is not checked without a maximum age; it must be a number to jose alone',
      takenBy: ['jsonwebtoken'],
      cases: [/^iat (?!-1|in)/],
    },
    {
      why: 'a token from the future is refused here: it was made by a clock that is wrong, or forged ahead',
      takenBy: ['jsonwebtoken', 'jose'],
      cases: ['iat in a second', 'iat in milliseconds'],
    },
    {
      why: 'no clock shows a time before 1970, or Infinity, to which 1e400 overflows: such an exp would never come',
      takenBy: ['jsonwebtoken', 'jose'],
      cases: ['iat -1', 'nbf -1', 'exp 1e400'],
    },
    {
      why: 'jsonwebtoken does not know crit, though RFC 7515 §4.1.11 has an extension refused that is not understood',
      takenBy: ['jsonwebtoken'],
      cases: [/^crit /],
    },
    {
      why: 'jose understands the extension b64 (RFC 7797), which no 100ms token has',
      takenBy: ['jose'],
      cases: ['crit that names an encoded payload'],
    },
    {
      why: 'two texts of one token let a list of revoked tokens be passed by (RFC 4648 §12); jose decodes leniently',
      takenBy: ['jose'],
      cases: [
        'padding behind the signature',
        'padding behind the header, signed',
        'a space behind the token',
        'a line end behind the token',
        'a line end in the payload, signed',
        'stray bits behind the signature',
      ],
    },
    {
      why: 'so do stray bits in a payload, though whoever can sign them can sign anything',
      takenBy: ['jsonwebtoken', 'jose'],
      cases: ['stray bits behind the payload, signed'],
    },
    {
      why: 'four characters more one are no base64url at all; Node.js drops the one',
      takenBy: ['jsonwebtoken'],
      cases: ['a lone character behind the payload, signed'],
    },
    {
      why: 'a claim set is a JSON object (RFC 7519 §7.2); jsonwebtoken takes any JSON, and text that is none',
      takenBy: ['jsonwebtoken'],
      cases: ['for claims an array', 'for claims a JSON string'],
    },
    {
      why: 'RFC 7519 §7.2 has UTF-8, without a byte order mark (RFC 8259 §8.1); the peers repair or drop what is not',
      takenBy: ['jsonwebtoken'],
      cases: ['claims in Latin-1', 'a surrogate', 'half a character'],
    },
    {
      why: 'the same, the other way round: TextDecoder drops a byte order mark',
      takenBy: ['jose'],
      cases: ['a byte order mark before the claims', 'a byte order mark before the header'],
    },
  ];

  const matches = (name: string, pattern: string | RegExp) =>
    typeof pattern === 'string' ? name === pattern : pattern.test(name);
  const { verifyAppToken } = createTokenBuilder({ accessKey: ACCESS_KEY, secret: SECRET });

  it.each(differences)('$takenBy: $why', async ({ takenBy, cases }) => {
    for (const pattern of cases) {
      const rows = hostile.filter(({ name }) => matches(name, pattern));
      expect(rows.length).toBeGreaterThan(0);
      for (const { token } of rows) {
        expect(() => verifyAppToken(token, { currentDate: new Date(NOW * 1000) })).toThrow(TokenError);
        for (const peer of takenBy) expect(await takes(peers[peer], token, NOW)).toBe(true);
      }
    }
  });

  it.each(peerNames)('%s refuses all others, as we do', async (peer) => {
    const listed = differences.filter(({ takenBy }) => takenBy.includes(peer)).flatMap(({ cases }) => cases);
    const others = hostile.filter(({ name }) => !listed.some((pattern) => matches(name, pattern)));
    expect(others.length).toBeGreaterThan(100);
    const taken: string[] = [];
    for (const { name, token } of others) if (await takes(peers[peer], token, NOW)) taken.push(name);
    expect(taken).toEqual([]);
  });

  it('are also those whose times are fractions, to jose: its clock has whole seconds', async () => {
    const token = forge(HEADER, { ...APP, iat: NOW - 1, nbf: NOW - 1, exp: NOW + 0.5 });
    expect(await takes(peers.jose, token, NOW + 0.5)).toBe(true);
    expect(await takes(peers.jsonwebtoken, token, NOW + 0.5)).toBe(false);
    expect(() => ours(token, NOW + 0.5)).toThrowTokenError('ERR_TOKEN_EXPIRED', 'exp');
  });
});

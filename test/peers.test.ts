/** Other JWT libraries accept and reject the same tokens, except for the differences listed here, with reasons. */

import { Buffer } from 'node:buffer';

import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';

import { createTokenBuilder, TokenError, verifyToken } from '../src/index.js';
import { APP, at, date, forge, HEADER, MANAGEMENT, NOW, seconds, SECRET } from './support/forge.js';
import { credentials } from './support/functions.js';
import { hostile } from './support/hostile.js';
import { samples } from './support/vectors.js';

type Verifier = (token: string, now: number, tolerance?: number, secret?: string) => unknown;

const peers = {
  jsonwebtoken: ((token, clockTimestamp, clockTolerance = 0, secret = SECRET) =>
    jsonwebtoken.verify(token, secret, { algorithms: ['HS256'], clockTimestamp, clockTolerance })) satisfies Verifier,
  jose: (async (token, now, clockTolerance = 0, secret = SECRET) => {
    const options = { algorithms: ['HS256'], currentDate: date(now), clockTolerance };
    const requiredClaims = ['iat', 'nbf', 'exp', 'jti']; // not its default
    return (await jwtVerify(token, Buffer.from(secret), { ...options, requiredClaims })).payload;
  }) satisfies Verifier,
};
type Peer = keyof typeof peers;

const ours: Verifier = (token, now, tolerance = 0, secret = SECRET) =>
  verifyToken(token, secret, { currentDate: date(now), clockTolerance: seconds(tolerance) });

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

const all = [ours, ...Object.values(peers)];

it.each(samples)(
  'a token created by $library: $kind $claims.user_id',
  async ({ token, secret, accessKey, kind, claims }) => {
    const builder = createTokenBuilder({ accessKey, secret });
    const verify = kind === 'app' ? builder.verifyAppToken : builder.verifyManagementToken;
    const verified = verify(token, { currentDate: date(claims.nbf) });
    expect(JSON.stringify(verified)).toBe(JSON.stringify(claims)); // in the token's own order
    for (const now of [claims.nbf - 1, claims.nbf, claims.exp - 1, claims.exp])
      for (const verifier of all)
        expect(await accepts(verifier, token, now, 0, secret)).toBe(now >= claims.nbf && now < claims.exp);
  },
);

const token = forge(HEADER, { ...APP, iat: NOW - 60 }); // peers ignore a future iat

it.each([0, 30])('all libraries agree to the second, with a tolerance of %i seconds', async (tolerance) => {
  for (const limit of [APP.nbf - tolerance, APP.exp + tolerance])
    for (const now of [limit - 1, limit, limit + 1])
      for (const verifier of all)
        expect(await accepts(verifier, token, now, tolerance), String(now)).toBe(
          now >= APP.nbf - tolerance && now < APP.exp + tolerance,
        );
});

describe('hostile tokens that a peer accepts, but we reject', () => {
  const both: Peer[] = ['jsonwebtoken', 'jose'];
  const differences: [acceptedBy: Peer[], reason: string, names: RegExp][] = [
    [
      both,
      'only 100ms has these claims',
      /^(no )?(access_key|room_id|user_id|role|type|version)\b|^a management token/,
    ],
    [both, 'only 100ms has types and a jti that must be a string', /^jti\b|^a token of both types$/],
    [['jsonwebtoken'], 'it requires no claim (jose does here, because of requiredClaims)', /^no (jti|iat|nbf|exp)$/],
    [['jsonwebtoken'], 'it checks iat only with a maximum age', /^iat (?!-1|in)/],
    [both, 'a future iat means that a clock is wrong', /^iat in /],
    [
      both,
      'times before 1970 are mistakes, and a token with exp 1e400 (Infinity) never expires',
      /^(iat -1|nbf -1|exp 1e400)$/,
    ],
    [['jsonwebtoken'], 'it ignores crit, but unknown extensions must be rejected (RFC 7515 §4.1.11)', /^crit /],
    [['jose'], 'it supports b64 (RFC 7797), which 100ms tokens don’t use', /^crit that names an encoded payload$/],
    // With a second spelling, a token bypasses a list of revoked tokens (RFC 4648 §12).
    [
      ['jose'],
      'it decodes padding and whitespace',
      /^(padding after the (signature|header, signed)|a (space|newline) after)/,
    ],
    [
      ['jose'],
      'it decodes newlines and stray bits',
      /^(a newline in the payload, signed|stray bits after the signature)$/,
    ],
    [both, 'they decode stray bits, which only the signer can add here', /^stray bits after the payload, signed$/],
    [['jsonwebtoken'], 'Node.js ignores a single extra character', /^a lone character after the payload, signed$/],
    [
      ['jsonwebtoken'],
      'it accepts claims that aren’t a JSON object (RFC 7519 §7.2)',
      /^as claims (an array|a JSON string)$/,
    ],
    [['jsonwebtoken'], 'it replaces bytes that aren’t UTF-8', /^(claims in Latin-1|a surrogate|half a character)$/],
    [['jose'], 'it ignores a byte order mark (RFC 8259 §8.1)', /^a byte order mark before/],
  ];

  it.each(differences)('%j: %s', async (acceptedBy, _, names) => {
    const rows = hostile.filter(({ name }) => names.test(name));
    expect(rows.length).toBeGreaterThan(0);
    for (const { token } of rows) {
      expect(() => createTokenBuilder(credentials).verifyAppToken(token, { currentDate: at })).toThrow(TokenError);
      for (const peer of acceptedBy) expect(await accepts(peers[peer], token, NOW)).toBe(true);
    }
  });

  it.each(both)('%s rejects all others, as we do', async (peer) => {
    const listed = differences.filter(([acceptedBy]) => acceptedBy.includes(peer)).map(([, , names]) => names);
    const others = hostile.filter(({ name }) => !listed.some((names) => names.test(name)));
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

/** Hostile tokens by section of RFC 8725 (JWT best current practices): valid app tokens with one change, the name. */

import { Buffer } from 'node:buffer';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

import type { TokenErrorCode } from '../../src/index.js';
import { APP, base64url, type Content, forge, HEADER, MANAGEMENT, NOW, SECRET, signed, without } from './forge.js';

export type Section = `3.${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12}`;

type Named = [name: string, token: string];

export interface Hostile {
  section: Section;
  name: string;
  token: string;
  code: TokenErrorCode;
  field: string | undefined;
}

const [header, payload, signature] = forge(HEADER, APP).split('.') as [string, string, string];
const unsigned = (alg: unknown) => `${base64url({ alg, typ: 'JWT' })}.${payload}.`;
const signedAs = (alg: string) => `${base64url({ alg, typ: 'JWT' })}.${payload}`;
const hmac = (algorithm: string, key: string | Buffer, input = `${header}.${payload}`) =>
  createHmac(algorithm, key).update(input).digest();
const withSignature = (bytes: Uint8Array | string) => `${header}.${payload}.${base64url(bytes)}`;
const raised = base64url({ ...APP, role: 'admin' });

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const es256Header = base64url({ alg: 'ES256', typ: 'JWT' });
const es256Key = { key: elliptic.privateKey, dsaEncoding: 'ieee-p1363' } as const;
const es256Signature = sign('sha256', Buffer.from(`${es256Header}.${payload}`), es256Key);
const publicPem = elliptic.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const attackersKey = Buffer.from('fake-key-of-an-attacker');
const octJwk = { kty: 'oct', k: attackersKey.toString('base64url') };
const attackers = (more: object) => forge({ ...HEADER, ...more }, APP, attackersKey.toString());

const wrong = (claim: keyof typeof APP, ...values: unknown[]): Named[] => [
  [`no ${claim}`, forge(HEADER, without(APP, claim))],
  ...values.map((value): Named => [`${claim} ${JSON.stringify(value)}`, forge(HEADER, { ...APP, [claim]: value })]),
];

const NOT_STRINGS = [null, '', 1, true, [], ['text'], {}];
const NOT_TIMES = [null, '', String(NOW), true, [], [NOW], {}, -1];

/** `error` is the code without ERR_TOKEN_, and the field if there is one. */
function rows(section: Section, error: string, tokens: readonly Named[]): Hostile[] {
  const [code = '', field] = error.split(' ');
  return tokens.map(([name, token]) => ({ section, name, token, code: `ERR_TOKEN_${code}` as TokenErrorCode, field }));
}

/** Algorithms that a forger may write. The tokens are still signed with HS256. */
const ALGS: readonly unknown[] = [
  ...['none', 'None', 'NONE', 'nOnE', 'null', ''],
  ...['hs256', 'Hs256', 'hS256', 'HS256 ', ' HS256', 'HS256\0', 'HS256\n', 'HS-256', 'HS 256', 'ＨＳ256', 'ℍS256'],
  ...['HMACSHA256', 'SHA256', 'HS1', 'HS25', 'HS2566', 'HS384', 'HS512'],
  ...['RS256', 'PS256', 'ES256', 'ES256K', 'EdDSA', 'Ed25519', 'dir', 'A256KW', 'PBES2-HS256+A128KW'],
  ...[null, true, false, 0, 256, ['HS256'], [['HS256']], [], {}, { alg: 'HS256' }, { toString: 'HS256' }],
];

const UNREADABLE: readonly (readonly [string, Content])[] = [
  ['text that is not JSON', 'HS256'],
  ['an array', [HEADER]],
  ['a JSON string', '"{\\"alg\\":\\"HS256\\"}"'],
  ['null', 'null'],
];

export const hostile: readonly Hostile[] = [
  // §3.1 Perform Algorithm Verification
  ...rows('3.1', 'ALGORITHM', [
    ...ALGS.map((alg): Named => [`alg ${JSON.stringify(alg)}`, forge({ alg, typ: 'JWT' }, APP)]),
    ['no alg', forge({ typ: 'JWT' }, APP)],
    ['ALG in capitals', forge({ ALG: 'HS256' }, APP)],
    ['alg as a member of __proto__', forge('{"__proto__":{"alg":"HS256"}}', APP)],
    ['a second alg, none', forge('{"alg":"HS256","alg":"none"}', APP)],
    ['a valid HS384 signature', `${signedAs('HS384')}.${base64url(hmac('sha384', SECRET, signedAs('HS384')))}`],
    ['a valid HS512 signature', `${signedAs('HS512')}.${base64url(hmac('sha512', SECRET, signedAs('HS512')))}`],
    ['a valid ES256 signature', `${es256Header}.${payload}.${base64url(es256Signature)}`],
    ['an RS256 header with an HMAC keyed with a public key', forge({ alg: 'RS256' }, APP, publicPem)],
  ]),
  ...rows('3.1', 'SIGNATURE', [
    ['HMAC keyed with a public key', forge(HEADER, APP, publicPem)],
    ...['sha1', 'sha384', 'sha512'].map((hash): Named => [`HMAC with ${hash}`, withSignature(hmac(hash, SECRET))]),
    ['HMAC-SHA-512, truncated, with alg HS256', withSignature(hmac('sha512', SECRET).subarray(0, 32))],
    ['an ES256 signature with alg HS256', withSignature(es256Signature)],
  ]),
  // §3.2 Use Appropriate Algorithms: not "none"
  ...rows('3.2', 'ALGORITHM', [
    ...ALGS.map((alg): Named => [`alg ${JSON.stringify(alg)} and no signature`, unsigned(alg)]),
    ['no alg and no signature', unsigned(undefined)],
    ['alg none and an HS256 signature', `${base64url({ alg: 'none' })}.${payload}.${signature}`],
    ['alg none and any signature', `${base64url({ alg: 'none' })}.${payload}.AAAA`],
  ]),
  // §3.3 Validate All Cryptographic Operations
  ...rows('3.3', 'SIGNATURE', [
    ['a stripped signature', `${header}.${payload}.`],
    ['a role raised after signing', `${header}.${raised}.${signature}`],
    ['the signature of another token', withSignature(hmac('sha256', SECRET, `${header}.${base64url(MANAGEMENT)}`))],
    ['a header rewritten after signing', `${base64url({ typ: 'JWT', alg: 'HS256' })}.${payload}.${signature}`],
    ['a space added after the claims after signing', `${header}.${base64url(`${JSON.stringify(APP)} `)}.${signature}`],
    ...[0, 0xff].map((byte): Named => [`a signature of ${String(byte)}`, withSignature(Buffer.alloc(32, byte))]),
    ['the signature twice', withSignature(Buffer.concat([hmac('sha256', SECRET), hmac('sha256', SECRET)]))],
    ['a byte before the signature', withSignature(Buffer.concat([Buffer.alloc(1), hmac('sha256', SECRET)]))],
    ['a byte after the signature', withSignature(Buffer.concat([hmac('sha256', SECRET), Buffer.alloc(1)]))],
    ['the signature in hexadecimal', withSignature(hmac('sha256', SECRET).toString('hex'))],
    ['the signature encoded twice', withSignature(signature)],
    ['a hash without a key', withSignature(hmac('sha256', ''))],
    ['a signature of only the payload', withSignature(hmac('sha256', SECRET, payload))],
    ['a signature of the JSON', withSignature(hmac('sha256', SECRET, JSON.stringify(HEADER) + JSON.stringify(APP)))],
    ['a signature in capitals', `${header}.${payload}.${signature.slice(0, -1).toUpperCase()}A`],
  ]),
  ...rows('3.3', 'MALFORMED', [
    ['a nested token', forge({ ...HEADER, cty: 'JWT' }, forge(HEADER, APP))],
    ['a JWE', `${base64url({ alg: 'dir', enc: 'A128CBC-HS256' })}..AAAA.AAAA.AAAA`],
    ['a second signature', `${forge(HEADER, APP)}.${signature}`],
    ['a token signed as a whole again', signed(forge(HEADER, APP))],
    ['a detached payload', signed(`${header}.`)],
    ['no header', signed(`.${payload}`)],
    ['two parts', `${header}.${payload}`],
    ['padding after the signature', `${forge(HEADER, APP)}=`],
    ['padding after the payload, signed', signed(`${header}.${Buffer.from('{"a": 1}').toString('base64')}`)],
    ['padding after the header, signed', signed(`${Buffer.from('{"alg":"HS256"} ').toString('base64')}.${payload}`)],
    ['a space after the token', `${forge(HEADER, APP)} `],
    ['a newline after the token', `${forge(HEADER, APP)}\n`],
    ['a space before the token', ` ${forge(HEADER, APP)}`],
    ['a newline in the payload, signed', signed(`${header}.${payload.slice(0, 76)}\n${payload.slice(76)}`)],
    ['the other alphabet in the signature', otherAlphabet(forge(HEADER, APP))],
    [
      'the other alphabet in the payload, signed',
      signed(otherAlphabet(`${header}.${base64url({ ...APP, user_id: '~~~???' })}`)),
    ],
    ['stray bits after the signature', `${header}.${payload}.${nextCharacter(signature)}`],
    ['stray bits after the payload, signed', signed(`${header}.${nextCharacter(base64url(padded(1)))}`)],
    ['a lone character after the payload, signed', signed(`${header}.${base64url(padded(0))}A`)],
    ['a leading Bearer', `Bearer ${forge(HEADER, APP)}`],
    ['the JSON serialization', JSON.stringify({ protected: header, payload, signature })],
    ...UNREADABLE.map(([name, content]): Named => [`as the header ${name}`, forge(content, APP)]),
    ...UNREADABLE.map(([name, content]): Named => [`as claims ${name}`, forge(HEADER, content)]),
  ]),
  // §3.5 Ensure Cryptographic Keys Have Sufficient Entropy: no key that a forger may guess works
  ...rows('3.5', 'SIGNATURE', [
    ['an empty secret', forge(HEADER, APP, '')],
    ['the placeholder in the samples as the secret', forge(HEADER, APP, '<app_secret>')],
    ['the access key as the secret', forge(HEADER, APP, APP.access_key)],
    ['the word secret', forge(HEADER, APP, 'secret')],
    ['the secret with a newline', forge(HEADER, APP, `${SECRET}\n`)],
    ['the secret without its last character', forge(HEADER, APP, SECRET.slice(0, -1))],
    ['the secret in capitals', forge(HEADER, APP, SECRET.toUpperCase())],
    ['the secret base64-decoded', withSignature(hmac('sha256', Buffer.from(SECRET, 'base64')))],
    ['the secret base64-encoded', forge(HEADER, APP, Buffer.from(SECRET).toString('base64'))],
    ["another app's secret", forge(HEADER, APP, 'fake-secret-of-another-app')],
  ]),
  // §3.6 Avoid Compression of Encryption Inputs
  ...rows('3.6', 'MALFORMED', [
    ['compressed claims', forge({ ...HEADER, zip: 'DEF' }, deflateRawSync(JSON.stringify(APP)))],
  ]),
  // §3.7 Use UTF-8
  ...rows('3.7', 'MALFORMED', [
    ['a byte order mark before the claims', forge(HEADER, `\u{feff}${JSON.stringify(APP)}`)],
    ['a byte order mark before the header', forge(`\u{feff}${JSON.stringify(HEADER)}`, APP)],
    ['claims in Latin-1', forge(HEADER, Buffer.from(JSON.stringify({ ...APP, user_id: 'José' }), 'latin1'))],
    ['claims in UTF-16', forge(HEADER, Buffer.from(JSON.stringify(APP), 'utf16le'))],
    ['a header in UTF-16', forge(Buffer.from(JSON.stringify(HEADER), 'utf16le'), APP)],
    ['an overlong quote', forge(HEADER, bytes('{"a":1,', [0xc0, 0xa2], 'b":1}'))],
    ['a surrogate', forge(HEADER, bytes('{"a":"', [0xed, 0xa0, 0x80], '"}'))],
    ['half a character', forge(HEADER, bytes('{"a":"', [0xf0, 0x9f, 0x99], '"}'))],
  ]),
  // §3.8 Validate Issuer and Subject: the access key identifies the issuer
  ...rows('3.8', 'CLAIMS access_key', wrong('access_key', ...NOT_STRINGS, 'another-fake-access-key')),
  ...(['room_id', 'user_id', 'role', 'jti'] as const).flatMap((name) =>
    rows('3.8', `CLAIMS ${name}`, wrong(name, ...NOT_STRINGS)),
  ),
  ...(['iat', 'nbf', 'exp'] as const).flatMap((name) => rows('3.8', `CLAIMS ${name}`, wrong(name, ...NOT_TIMES))),
  ...rows('3.8', 'CLAIMS exp', [['exp 1e400', forge(HEADER, JSON.stringify(APP).replace(String(APP.exp), '1e400'))]]),
  ...rows('3.8', 'NOT_ACTIVE nbf', [
    ...[NOW + 1, NOW * 1000].map((nbf): Named => [`nbf in ${String(nbf - NOW)} s`, forge(HEADER, { ...APP, nbf })]),
  ]),
  ...rows('3.8', 'NOT_ACTIVE iat', [
    ...[NOW + 1, NOW * 1000].map((iat): Named => [`iat in ${String(iat - NOW)} s`, forge(HEADER, { ...APP, iat })]),
  ]),
  ...rows('3.8', 'EXPIRED exp', [
    ...[NOW, NOW - 1, 0].map((exp): Named => [`exp ${String(exp)}`, forge(HEADER, { ...APP, exp })]),
  ]),
  // §3.10 Do Not Trust Received Claims: keys in the header are ignored
  ...rows('3.10', 'SIGNATURE', [
    ['a key in jwk', attackers({ jwk: octJwk })],
    ['a key set in jku', attackers({ jku: 'https://attacker.example/jwks.json' })],
    ['a certificate in x5u', attackers({ x5u: 'https://attacker.example/key.pem' })],
    ['a certificate in x5c', attackers({ x5c: [attackersKey.toString('base64')] })],
    ['a thumbprint in x5t', attackers({ x5t: attackersKey.toString('base64url') })],
    ['a path in kid', forge({ ...HEADER, kid: '../../../../dev/null' }, APP, '')],
    ['a query in kid', attackers({ kid: "' UNION SELECT 'fake-key-of-an-attacker" })],
    ['a command in kid', attackers({ kid: '/dev/null; echo fake-key-of-an-attacker' })],
    ['a property of Object.prototype in kid', attackers({ kid: '__proto__' })],
  ]),
  ...rows('3.10', 'ALGORITHM', [
    ...[['exp'], [], null, 'exp'].map((crit): Named => [
      `crit ${JSON.stringify(crit)}`,
      forge({ ...HEADER, crit }, APP),
    ]),
    ['crit that names an unencoded payload', forge({ ...HEADER, crit: ['b64'], b64: false }, APP)],
    ['crit that names an encoded payload', forge({ ...HEADER, crit: ['b64'], b64: true }, APP)],
  ]),
  // §3.11 Use Explicit Typing: 100ms uses the claims type and version
  ...rows('3.11', 'CLAIMS type', wrong('type', ...NOT_STRINGS, 'App', 'auth', 'app ', 'refresh')),
  ...rows('3.11', 'CLAIMS version', wrong('version', null, 0, 1, 3, 2.5, '2', '', true, [2], {})),
  // §3.12 Use Mutually Exclusive Validation Rules for Different Kinds of JWTs
  ...rows('3.12', 'CLAIMS type', [
    ['a management token', forge(HEADER, MANAGEMENT)],
    ['a management token with the claims of an app token', forge(HEADER, { ...APP, type: 'management' })],
    ['a token of both types', forge(HEADER, { ...APP, type: ['app', 'management'] })],
  ]),
];

/** The sections without tokens, and why. */
export const notApplicable: Readonly<Partial<Record<Section, string>>> = {
  '3.4': 'Validate Cryptographic Inputs is about elliptic curve points. HMAC accepts any bytes',
  '3.9': 'Use and Validate Audience: 100ms tokens have no aud; their audience is always 100ms',
};

function bytes(before: string, between: number[], after: string): Uint8Array {
  return Buffer.concat([Buffer.from(before), Buffer.from(between), Buffer.from(after)]);
}

/** Returns the JSON of valid claims with a length of `rest` modulo 3. */
function padded(rest: 0 | 1): string {
  const json = JSON.stringify(APP);
  return json.padEnd(json.length + ((rest - (json.length % 3) + 3) % 3));
}

/** Returns the same bytes with a stray bit: the last character is the next one in the alphabet. */
function nextCharacter(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
}

/** Returns the same bytes in base64. */
function otherAlphabet(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}

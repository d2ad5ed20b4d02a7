/** Finds out how a token was signed, by trying the mistakes that people make with the secret, the hash and the encoding. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import { testCredentials } from '../test-credentials.js';

/** How a token was signed. An empty text stands for the right way. */
export interface Signing {
  /** The key and what to do, if it isn't the secret. */
  key: string;
  /** Of `createHmac`. */
  hash: string;
  isHex: boolean;
  /** Whether a newline was signed too. */
  hasNewline: boolean;
}

type Key = string | Buffer;
type Mistake = readonly [key: string, advice: string, ...candidates: Key[]];

const UNCHANGED = 'use the secret unchanged, as the dashboard shows it';

/** Each entry is a sentence about the key, "It was signed with …", and the keys to try. */
function mistakesWith(secret: string): Mistake[] {
  const decoded = decodings(secret);
  const text = decoded.find((key) => typeof key === 'string' && /^[ -~]{8,}$/.test(key)) ?? secret;
  return [
    [
      'the base64-decoded secret',
      "don't decode it; or, if the dashboard shows the decoded text, HMS_SECRET is encoded here (Kubernetes does that)",
      text,
    ],
    ['the base64-decoded secret', `don't decode it; ${UNCHANGED}`, ...decoded],
    ['the base64-encoded secret', `don't encode it; ${UNCHANGED}`, ...encodings(secret, 'base64', 'base64url')],
    ['the hex-decoded secret', `don't decode it; ${UNCHANGED}`, Buffer.from(secret, 'hex')],
    ['the hex-encoded secret', `don't encode it; ${UNCHANGED}`, ...encodings(secret, 'hex')],
    ['the secret encoded in UTF-16', 'use its UTF-8 bytes', Buffer.from(secret, 'utf16le')],
    ['the percent-encoded secret', UNCHANGED, encodeURIComponent(secret)],
    [
      'the secret without the = at its end',
      'some parsers of .env files split at every =; put the value in quotes, or split at the first one',
      secret.replace(/=+$/, ''),
      secret.replace(/=$/, ''),
    ],
    [
      'HMS_SECRET and an = after it',
      'compare both with the dashboard; HMS_SECRET may be cut',
      `${secret}=`,
      `${secret}==`,
    ],
    ['a part of the secret', 'it was cut when it was copied; copy it again', secret.slice(1), secret.slice(0, -1)],
    ['a newline after the secret', 'trim what you read from the file', `${secret}\n`, `${secret}\r\n`, `${secret}\r`],
    ['\\n after the secret, as two characters', 'remove them', `${secret}\\n`, `${secret}\\r\\n`],
    [
      'whitespace or an invisible character around the secret',
      'trim it',
      ...around(secret, ' ', '\t', '\ufeff', '\u200b', '\xa0'),
    ],
    [
      'quotes around the secret',
      'remove them (docker run --env-file keeps them)',
      ...around(secret, '"', "'", '`', '\\"'),
    ],
    ['punctuation after the secret', 'remove it', `${secret};`, `${secret},`],
    ['the name of a variable in front of the secret', 'remove it', `HMS_SECRET=${secret}`, `APP_SECRET=${secret}`],
    ['the secret in another case', UNCHANGED, secret.toLowerCase(), secret.toUpperCase()],
    ['the secret twice', 'paste it once', secret + secret],
  ];
}

/** Keys that anyone can guess. In the sentence, %s stands for the key. */
const GUESSABLE: readonly Mistake[] = [
  ['an empty secret', 'look for where your code reads it', ''],
  [
    'the text %s, a missing value turned into text',
    'look for where your code reads the secret',
    ...['undefined', 'null', 'NaN', 'None', 'nil', 'false', '[object Object]', '[object Promise]'],
  ],
  ['the fake secret of --demo and of the test fixtures', 'use your own', testCredentials.secret],
  [
    'the sample secret %s',
    'use the app secret of the dashboard',
    'your-256-bit-secret',
    'a-string-secret-at-least-256-bits-long',
  ],
  ['the placeholder %s', 'replace it with the app secret of the dashboard', ...placeholders()],
];

function placeholders(): string[] {
  const words = ['secret', 'app_secret', 'hms_secret'].flatMap((word) => [word, `your_${word}`]);
  const cases = words.flatMap((word) => [word, word.replaceAll('_', '-'), word.toUpperCase()]);
  return cases.flatMap((name) => [
    name,
    `<${name}>`,
    `\${${name}}`,
    `$${name}`,
    `{{${name}}}`,
    `%${name}%`,
    `process.env.${name}`,
  ]);
}

function around(secret: string, ...added: string[]): string[] {
  return added.flatMap((text) => [text + secret, secret + text, text + secret + text]);
}

function encodings(secret: string, ...names: BufferEncoding[]): string[] {
  return names.map((name) => Buffer.from(secret).toString(name));
}

/** Decoders differ in what they do with the - and _ of base64url: read them, drop them, stop there, or read zeros. */
function decodings(secret: string): Key[] {
  const readings = [secret, secret.replace(/[-_]/g, ''), secret.replace(/[-_].*/s, ''), secret.replace(/[-_]/g, 'A')];
  const bytes = readings.map((text) => Buffer.from(text, 'base64')).filter(({ length }) => length > 0);
  // As text, the bytes are read as UTF-8, or as Latin-1 (atob).
  return bytes.flatMap((key) => [key, key.toString(), key.toString('latin1')]);
}

const HASHES: Readonly<Record<number, string>> = { 20: 'SHA1', 32: 'SHA256', 48: 'SHA384', 64: 'SHA512' };

/** Returns the bytes of a signature, if it was written as hex digits, or as these in base64url. */
export function hexSignature(signature: string): Buffer | undefined {
  const texts = [signature, Buffer.from(signature, 'base64').toString('latin1')];
  const hex = texts.find((text) => /^(?:[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/i.test(text));
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/** Returns how a token was signed, if a known way fits. `signature` may be in any alphabet of base64. */
export function findSigning(
  signingInput: string,
  signature: string,
  secret: string | undefined,
  accessKeys: readonly string[],
): Signing | undefined {
  const hex = hexSignature(signature);
  const bytes = hex ?? Buffer.from(signature, 'base64');
  const hash = HASHES[bytes.length];
  if (hash === undefined) return undefined;
  const mistakes: Mistake[] = [
    ...GUESSABLE,
    ['the access key', 'sign with the secret', ...accessKeys],
    ...(secret === undefined ? [] : mistakesWith(secret)),
  ];
  const attempts = mistakes.flatMap(([key, advice, ...candidates]) =>
    candidates.map((candidate): [string, Key] => [
      `It was signed with ${key.replace('%s', () => String(candidate))}; ${advice}.`,
      candidate,
    ]),
  );
  if (secret !== undefined) attempts.unshift(['', secret]);
  for (const [key, candidate] of attempts) {
    for (const end of ['', '\n']) {
      const digest = createHmac(hash, candidate)
        .update(signingInput + end)
        .digest();
      if (digest.equals(bytes)) return { key, hash, isHex: hex !== undefined, hasNewline: end !== '' };
    }
  }
  return undefined;
}

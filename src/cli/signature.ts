/** Finds out how a token was signed, by trying the mistakes that people make. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import { testCredentials } from '../test-credentials.js';

/** How a token was signed. */
export interface Signing {
  /** What's wrong with the key; empty if it's the secret. */
  mistake: string;
  hash: string;
  /** Whether a newline was signed after the signing input. */
  hasNewline: boolean;
}

type Key = string | Buffer;
type Mistake = readonly [what: string, advice: string, ...keys: Key[]];

/** Keys that anyone can guess. `%s` is the key. */
// prettier-ignore
const GUESSABLE: readonly Mistake[] = [
  ['an empty secret', 'check how your code reads it', ''],
  ['the text %s instead of the secret', 'check how your code reads it',
    'undefined', 'null', 'NaN', 'None', 'nil', 'false', '[object Object]', '[object Promise]'],
  ['the fake secret of --demo and the test fixtures', 'use your own', testCredentials.secret],
  ['the sample secret %s', 'use the app secret', 'your-256-bit-secret', 'a-string-secret-at-least-256-bits-long'],
  ['the placeholder %s', 'replace it with the app secret', ...placeholders()],
];

/** Mistakes with a secret: what the token was signed with, what to do, and the keys to try. */
// prettier-ignore
function mistakesWith(secret: string): Mistake[] {
  const bytes = Buffer.from(secret);
  const [decoded = ''] = decodings(secret).filter((key) => typeof key === 'string' && /^[ -~]{8,}$/.test(key));
  return [
    ['the base64-decoded HMS_SECRET', "don't decode it; or if the dashboard shows the decoded text, decode HMS_SECRET here", decoded],
    ['the base64-decoded secret', "don't decode it", ...decodings(secret)],
    ['the base64-encoded secret', "don't encode it", bytes.toString('base64'), bytes.toString('base64url')],
    ['the hex-decoded secret', "don't decode it", Buffer.from(secret, 'hex')],
    ['the hex-encoded secret', "don't encode it", bytes.toString('hex')],
    ['the percent-encoded secret', "don't encode it", encodeURIComponent(secret)],
    ['the secret in UTF-16', 'use its UTF-8 bytes', Buffer.from(secret, 'utf16le')],
    ['the secret without the = at its end', "don't split lines at every =", secret.replace(/=+$/, ''), secret.replace(/=$/, '')],
    ['HMS_SECRET and an = after it', 'compare HMS_SECRET here with the dashboard', `${secret}=`, `${secret}==`],
    ['part of the secret', 'copy all of it', secret.slice(1), secret.slice(0, -1)],
    ['a newline after the secret', 'trim it', `${secret}\n`, `${secret}\r\n`, `${secret}\r`],
    ['\\n after the secret, as two characters', 'remove it', `${secret}\\n`, `${secret}\\r\\n`],
    ['whitespace or an invisible character around the secret', 'trim it', ...around(secret, [' ', '\t', '\ufeff', '\u200b', '\xa0'])],
    ['quotes around the secret', 'remove them (docker run --env-file keeps them)', ...around(secret, ['"', "'", '`', '\\"'])],
    ['punctuation after the secret', 'remove it', `${secret};`, `${secret},`],
    ['a name in front of the secret', 'remove it', `HMS_SECRET=${secret}`, `APP_SECRET=${secret}`],
    ['the secret in another case', 'copy it unchanged', secret.toLowerCase(), secret.toUpperCase()],
    ['the secret twice', 'paste it once', secret + secret],
  ];
}

function around(secret: string, added: string[]): string[] {
  return added.flatMap((text) => [text + secret, secret + text, text + secret + text]);
}

/** Decoders differ in what they do with the - and _ of base64url: read them, drop them, stop there, or read zeros. */
function decodings(secret: string): Key[] {
  const readings = [secret, secret.replace(/[-_]/g, ''), secret.replace(/[-_].*/s, ''), secret.replace(/[-_]/g, 'A')];
  const bytes = readings.map((text) => Buffer.from(text, 'base64'));
  // If they're made a string, that's UTF-8, or Latin-1 (atob).
  return bytes.flatMap((key) => [key, key.toString(), key.toString('latin1')]);
}

function placeholders(): string[] {
  const words = ['secret', 'app_secret', 'hms_secret', 'your_secret', 'your_app_secret', 'your_hms_secret'];
  const names = words.flatMap((word) => [word, word.replaceAll('_', '-'), word.toUpperCase()]);
  return names.flatMap((name) => [name, `<${name}>`, `\${${name}}`, `$${name}`, `{{${name}}}`, `process.env.${name}`]);
}

const HASHES: Readonly<Record<number, string>> = { 20: 'SHA1', 32: 'SHA256', 48: 'SHA384', 64: 'SHA512' }; // by bytes

/** Returns the hex digits of a signature that was written as these, or as these in base64url. */
export function hexDigits(signature: string): string {
  const texts = [signature, Buffer.from(signature, 'base64').toString('latin1')];
  return texts.find((text) => /^(?:[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/i.test(text)) ?? '';
}

/** Returns how a token was signed, if a known way fits. The signature may be in hex or in any base64. */
export function findSigning(
  signingInput: string,
  signature: string,
  secret: string | undefined,
  accessKeys: readonly string[],
): Signing | undefined {
  const hex = hexDigits(signature);
  const bytes = hex === '' ? Buffer.from(signature, 'base64') : Buffer.from(hex, 'hex');
  const hash = HASHES[bytes.length];
  if (hash === undefined) return undefined;
  const secrets = secret === undefined ? [] : [secret];
  const mistakes: Mistake[] = [
    ['', '', ...secrets],
    ...GUESSABLE,
    ['the access key', 'use the secret', ...accessKeys],
    ...secrets.flatMap(mistakesWith),
  ];
  for (const [what, advice, ...keys] of mistakes) {
    for (const key of keys) {
      const end = ['', '\n'].find((text) =>
        createHmac(hash, key)
          .update(signingInput + text)
          .digest()
          .equals(bytes),
      );
      const mistake = what && `It was signed with ${what.replace('%s', () => String(key))}: ${advice}.`;
      if (end !== undefined) return { mistake, hash, hasNewline: end !== '' };
    }
  }
  return undefined;
}

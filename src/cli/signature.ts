/** Finds out how a token was signed, by trying the mistakes that people make. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';

import type { Credential } from '../credentials.js';
import { testCredentials } from '../test-credentials.js';

/** Credentials to check a token with. With `--demo`, they're the fake ones. */
export type Known = Partial<Record<Credential, string | undefined>>;

/** How a token was signed: with a hash, and with a right secret (`''`) or a mistake. Both are absent if that's unknown. */
export interface Signing {
  isHex: boolean;
  isCut: boolean;
  hash?: string;
  mistake?: string;
}

type Key = string | Buffer;
type Mistake = readonly [what: string, advice: string, ...keys: Key[]];

/** Keys that anyone can guess. `%s` is the key. */
// prettier-ignore
const GUESSABLE: readonly Mistake[] = [
  ['an empty secret', 'check how your code reads it', ''],
  ['the text %s', 'check how your code reads the secret', 'undefined', 'null', 'NaN', 'None', 'nil', 'false', '[object Object]', '[object Promise]'],
  ['the fake secret of --demo and the test fixtures', 'use your own', testCredentials.secret],
  ['the sample secret %s', 'use the app secret', 'your-256-bit-secret', 'a-string-secret-at-least-256-bits-long'],
  ['the placeholder %s', 'use the app secret', ...['secret', 'app_secret', 'hms_secret', 'your_secret', 'your_app_secret', 'your_hms_secret']
    .flatMap((name) => [name, name.replaceAll('_', '-'), name.toUpperCase()])
    .flatMap((text) => [text, `<${text}>`, `\${${text}}`, `$${text}`, `{{${text}}}`, `process.env.${text}`])],
];

/** Mistakes with a secret. Each entry describes the wrong key, says what to do, and lists the keys to try. */
// prettier-ignore
function mistakesWith(secret: string): Mistake[] {
  const [bytes, line] = [Buffer.from(secret), Buffer.from(`${secret}\n`)];
  const around = (...added: string[]) => added.flatMap((text) => [text + secret, secret + text, text + secret + text]);
  const printable = decodings(secret).filter((key) => /^[ -~]{8,}$/.test(String(key)));
  return [
    ['the base64-decoded HMS_SECRET', "don't decode it, unless the dashboard shows the decoded text", ...printable],
    ['the base64-decoded secret', "don't decode it; use its text as the key", ...decodings(secret)],
    ['the base64-encoded secret', "don't encode it", bytes.toString('base64'), bytes.toString('base64url'), line.toString('base64')],
    ['the hex-decoded secret', "don't decode it", Buffer.from(secret, 'hex')],
    ['the hex-encoded secret', "don't encode it", bytes.toString('hex')],
    ['the percent-encoded secret', "don't encode it", encodeURIComponent(secret)],
    ['the secret in UTF-16', 'use its UTF-8 bytes', Buffer.from(secret, 'utf16le')],
    ['HMS_SECRET without its =', 'some parsers drop it; compare both with the dashboard', secret.replace(/=+$/, ''), secret.replace(/=$/, '')],
    ['HMS_SECRET and an = after it', 'compare both with the dashboard', `${secret}=`, `${secret}==`],
    ['part of HMS_SECRET', 'compare both with the dashboard', ...Array.from(secret, (_, at) => [secret.slice(at), secret.slice(0, at)]).flat()],
    ['a newline after the secret', 'trim it', `${secret}\n`, `${secret}\r\n`, `${secret}\r`],
    ['a literal \\n (two characters) after the secret', 'remove it', `${secret}\\n`, `${secret}\\r\\n`],
    ['whitespace or an invisible character around the secret', 'trim it', ...around(' ', '\t', '\ufeff', '\u200b', '\xa0')],
    ['quotes around the secret', 'remove them (docker run --env-file keeps them)', ...around('"', "'", '`', '\\"')],
    ['punctuation after the secret', 'remove it', `${secret};`, `${secret},`],
    ['a name in front of the secret', 'remove it', `HMS_SECRET=${secret}`, `HMS_SECRET: ${secret}`, `export HMS_SECRET=${secret}`],
    ['the secret in another case', 'copy it unchanged', secret.toLowerCase(), secret.toUpperCase()],
    ['the secret twice', 'paste it once', secret + secret],
  ];
}

/** Returns what decoders make of a secret. Some decode the - and _ of base64url. Others skip them, stop there or read A. */
function decodings(secret: string): Key[] {
  const readings = [secret, secret.replace(/[-_]/g, ''), secret.replace(/[-_].*/s, ''), secret.replace(/[-_]/g, 'A')];
  const bytes = readings.map((text) => Buffer.from(text, 'base64'));
  // Code that converts the bytes to a string reads UTF-8, or Latin-1 (atob).
  return bytes.flatMap((key) => [key, key.toString(), key.toString('latin1')]);
}

const HASHES: Readonly<Record<number, string>> = { 20: 'SHA1', 32: 'SHA256', 48: 'SHA384', 64: 'SHA512' }; // by bytes

/** Finds out how a token was signed. `claimed` is its access key. */
export function findSigning(token: string, { accessKey, secret }: Known, claimed?: unknown): Signing {
  const dot = token.lastIndexOf('.');
  const [input, signature] = [token.slice(0, dot), token.slice(dot + 1)];
  const decoded = Buffer.from(signature, 'base64');
  // Some write the signature as hex digits, or encode these.
  const isHex = (text: string) => /^[\da-f]+$/i.test(text) && text.length / 2 in HASHES;
  const hex = [signature, decoded.toString('latin1')].find(isHex);
  const bytes = hex === undefined ? decoded : Buffer.from(hex, 'hex');
  const hash = HASHES[bytes.length];
  const form = { isHex: hex !== undefined, isCut: hash === undefined || hash === 'SHA1' };
  if (hash === undefined) return form;
  const isSigned = (key: Key, text = input) => createHmac(hash, key).update(text).digest().equals(bytes);
  if (secret !== undefined && isSigned(secret)) return { ...form, hash, mistake: '' };
  if (secret !== undefined && isSigned(secret, `${input}\n`))
    return { ...form, hash, mistake: 'A newline was signed after the payload: use echo -n or printf.' };
  const accessKeys: Mistake = [
    'the access key',
    'use the secret',
    ...[accessKey, claimed].filter((key) => typeof key === 'string'),
  ];
  const others = secret === undefined || secret === testCredentials.secret ? [] : mistakesWith(secret);
  for (const [what, advice, ...keys] of [...GUESSABLE, accessKeys, ...others]) {
    const key = keys.find((candidate) => isSigned(candidate));
    const mistake = `It was signed with ${what.replace('%s', () => String(key))}: ${advice}.`;
    if (key !== undefined) return { ...form, hash, mistake };
  }
  return form;
}

/** Checks the access key and the app secret, wherever they are passed in, and creates the key. */

import { Buffer } from 'node:buffer';
import { createSecretKey, type KeyObject } from 'node:crypto';

import { CREDENTIAL_MISTAKES, type Mistake, stringCheck } from './input.js';

export const CONFIG_ERROR = 'ERR_INVALID_CONFIG';
export type Credential = 'accessKey' | 'secret';

const COMMON: readonly Mistake[] = [
  ...CREDENTIAL_MISTAKES,
  [/^\\?(["'`]).*\1$|^[\u2018\u201c].*[\u2019\u201d]$/s, 'is in quotes, which docker --env-file keeps'],
  [/^(?:[Yy]our|YOUR)[-_ A-Z]|^\$[A-Z_][A-Z0-9_]*$/, 'is a placeholder; fill in the real value'],
];

const CHECKS = {
  accessKey: stringCheck([...COMMON, [/.{65}/s, 'is too long; is it the app secret?']]),
  secret: stringCheck([...COMMON, [/^[0-9a-f]{24}$/i, 'is an access key; are the two swapped?']]),
};

/** Returns a credential, or throws `ERR_INVALID_CONFIG`. `name` is for messages. */
export function checkCredential(value: unknown, field: Credential, name?: string): string {
  return CHECKS[field](value, field, CONFIG_ERROR, name);
}

// Overwrites the bytes of collected keys, because new Buffers show freed memory. Older Workers don't have this class.
const COLLECTED =
  'FinalizationRegistry' in globalThis ? new FinalizationRegistry<Buffer>((bytes) => bytes.fill(0)) : undefined;

/** Creates the key from the UTF-8 bytes of a secret, exactly as the dashboard shows it (RFC 7518 §3.2). */
export function createKey(secret: string): KeyObject {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(secret)); // not in the pool that small Buffers share
  bytes.write(secret);
  const key = createSecretKey(bytes); // createHmac with bytes is 8 times slower on Node.js 24
  COLLECTED?.register(key, bytes);
  return key;
}

let last: { secret: string; key: KeyObject } | undefined;

/** Checks a secret and returns its key. Caches the last key, because callers tend to pass the same secret. */
export function secretKey(secret: unknown): KeyObject {
  if (last !== undefined && last.secret === secret) return last.key;
  const checked = checkCredential(secret, 'secret');
  last = { secret: checked, key: createKey(checked) };
  return last.key;
}

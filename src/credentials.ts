/** Checks the access key and the app secret, wherever they are passed in, and creates the key. */

import { Buffer } from 'node:buffer';

import { checkString, NAME, type StringRules } from './input.js';

export const CONFIG_ERROR = 'ERR_INVALID_CONFIG';

export type Credential = 'accessKey' | 'secret';

const COMMON: StringRules['mistakes'] = [
  ...NAME.mistakes,
  [
    /^\\?(["'`]).*\1$|^[\u2018\u201c].*[\u2019\u201d]$/s,
    'is in quotes; remove them (docker run --env-file keeps them)',
  ],
  [/^(?:[Yy]our|YOUR)[-_ A-Z]|^\$[A-Z_][A-Z0-9_]*$/, 'is a placeholder; copy the real value from the 100ms dashboard'],
];

// `usual` is an own property, so that a polluted Object.prototype can't add one.
const RULES: Readonly<Record<Credential, StringRules>> = {
  accessKey: { usual: undefined, mistakes: [...COMMON, [/^.{65}/s, 'is too long; is it the app secret?']] },
  secret: { usual: undefined, mistakes: [...COMMON, [/^[0-9a-f]{24}$/i, 'is an access key; are the two swapped?']] },
};

/** Returns a credential, or throws `ERR_INVALID_CONFIG`. `name` is what the caller knows it as. */
export function checkCredential(value: unknown, field: Credential, name?: string): string {
  return checkString(value, field, RULES[field], CONFIG_ERROR, name);
}

/**
 * Returns the key: the UTF-8 bytes of the secret, exactly as the dashboard shows it (RFC 7518 §3.2). They aren't in the
 * pool that small Buffers share, because the `buffer` property of any of these would show them.
 */
export function secretKey(secret: string): Uint8Array {
  const key = Buffer.allocUnsafeSlow(Buffer.byteLength(secret));
  key.write(secret);
  return key;
}

/** The access key and the app secret, checked wherever they are taken. */

import { createSecretKey, KeyObject } from 'node:crypto';

import { fieldError } from './errors.js';
import { checkString } from './input.js';

/** Returns the access key, or throws `ERR_INVALID_CONFIG`. */
export function checkAccessKey(accessKey: unknown): string {
  return checkCredential(accessKey, 'accessKey', 'HMS_ACCESS_KEY');
}

/** The key to sign with: the UTF-8 bytes of the secret exactly as the dashboard shows it (RFC 7518 §3.2). */
export function secretKey(secret: unknown): KeyObject {
  return createSecretKey(checkCredential(secret, 'secret', 'HMS_SECRET'), 'utf8');
}

/** Like {@link secretKey}, and takes a ready secret key as it is. */
export function signingKey(secret: unknown): KeyObject {
  if (!(secret instanceof KeyObject)) return secretKey(secret);
  if (secret.type === 'secret' && secret.symmetricKeySize !== 0) return secret;
  throw fieldError(
    'secret',
    'is not a secret key with bytes in it; pass the app secret, or createSecretKey of it',
    'ERR_INVALID_CONFIG',
  );
}

function checkCredential(value: unknown, field: 'accessKey' | 'secret', variable: string): string {
  return checkString(value, field, `pass that of the dashboard, or set ${variable}`, 'ERR_INVALID_CONFIG');
}

/** The access key and the app secret, checked wherever they are taken: never quoted, and never mended in silence. */

import { createSecretKey, KeyObject } from 'node:crypto';

import { fieldError } from './errors.js';
import { checkString } from './input.js';

export const CONFIG_ERROR = 'ERR_INVALID_CONFIG';

type Field = 'accessKey' | 'secret';

/** Returns a credential, or throws `ERR_INVALID_CONFIG`. `name` is what the caller knows it by. */
export function checkCredential(value: unknown, field: Field, name: string = field): string {
  const text = checkString(value, field, CONFIG_ERROR, name, '; copy it from the 100ms dashboard');
  if (text === text.trim()) return text;
  throw fieldError(field, 'has white space around it, often a line break from a file; trim it', CONFIG_ERROR, name);
}

/** The key to sign with: the UTF-8 bytes of the secret exactly as the dashboard shows it (RFC 7518 §3.2). */
export function toKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/** The key to sign with. A ready secret key is taken as it is. */
export function signingKey(secret: unknown): KeyObject {
  if (!(secret instanceof KeyObject)) return toKey(checkCredential(secret, 'secret'));
  if (secret.type === 'secret' && secret.symmetricKeySize !== 0) return secret;
  throw fieldError('secret', 'must be a secret key that is not empty', CONFIG_ERROR);
}

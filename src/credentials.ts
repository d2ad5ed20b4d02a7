/** The access key and the app secret, checked wherever they are taken. */

import { createSecretKey, KeyObject } from 'node:crypto';

import { TokenError } from './errors.js';
import { checkString } from './input.js';

const ADVICE = 'copy it whole from the developer section of the 100ms dashboard';

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
  throw new TokenError(
    'ERR_INVALID_CONFIG',
    'secret is not a secret key with bytes in it; pass the app secret, or createSecretKey of it',
    'secret',
  );
}

function checkCredential(value: unknown, field: 'accessKey' | 'secret', variable: string): string {
  const fault = (problem: string) => new TokenError('ERR_INVALID_CONFIG', `${field} ${problem}`, field);
  if (value === undefined) throw fault(`is missing; pass it, or set ${variable} before the builder is made`);
  const credential = checkString(value, field, ADVICE, 'ERR_INVALID_CONFIG');
  if (credential !== credential.trim()) throw fault(`has white space around it, a line end perhaps; ${ADVICE}`);
  return credential;
}

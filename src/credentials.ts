/** The access key and the app secret, checked wherever they are taken: never quoted, and never mended in silence. */

import { createSecretKey, KeyObject } from 'node:crypto';

import { fieldError } from './errors.js';
import { checkString, own } from './input.js';

const CODE = 'ERR_INVALID_CONFIG';

/** The environment variables that stand in for what a builder is not given. */
const VARIABLES = { accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET' } as const;

type Field = keyof typeof VARIABLES;

/** Returns a credential, or throws `ERR_INVALID_CONFIG`. `name` is what the caller knows it by. */
export function checkCredential(value: unknown, field: Field, name: string = field): string {
  const text = checkString(value, field, 'copy it from the 100ms dashboard', CODE, name);
  if (text === text.trim()) return text;
  throw fieldError(field, 'has white space around it, often a line break from a file; trim it', CODE, name);
}

/** A builder's credential: the one given, or that of the environment, which is asked for only then. Deno may deny it. */
export function givenOrFrom(environment: () => object, value: unknown, field: Field): string {
  if (value !== undefined) return checkCredential(value, field);
  const variable = VARIABLES[field];
  const found = own(environment(), variable);
  if (found !== undefined) return checkCredential(found, field, variable);
  throw fieldError(field, `is missing; copy it from the 100ms dashboard, or set ${variable}`, CODE);
}

/** The key to sign with: the UTF-8 bytes of the secret exactly as the dashboard shows it (RFC 7518 §3.2). */
export function toKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/** The key to sign with. A ready secret key is taken as it is. */
export function signingKey(secret: unknown): KeyObject {
  if (!(secret instanceof KeyObject)) return toKey(checkCredential(secret, 'secret'));
  if (secret.type === 'secret' && secret.symmetricKeySize !== 0) return secret;
  throw fieldError('secret', 'must be a secret key that is not empty', CODE);
}

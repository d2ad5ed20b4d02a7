/** Checks of what callers pass in: each says what is wrong and what to do. */

import { fieldError } from './errors.js';

export type InputErrorCode = 'ERR_INVALID_CONFIG' | 'ERR_INVALID_ARGUMENT';

// Sample code marks what is to be filled in like this: <room_id>, <app_secret>.
const PLACEHOLDER = /^<[a-z][\w .-]{0,60}>$/i;

/** Whether `value` is an object of named fields: not an array, `Date`, `Map`, promise or function. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Refuses what is not an options object, and keys that it does not have: a typo must not be a default. */
export function checkObject(
  value: unknown,
  name: string,
  knownKeys: readonly string[],
  code?: InputErrorCode,
): asserts value is object {
  if (!isObject(value)) throw fieldError(name, 'is not a plain object', code);
  for (const key of Object.keys(value)) {
    if (!knownKeys.includes(key) && value[key] !== undefined) {
      // A key that is a value as well may be the secret, in the wrong place: it is not named.
      const field = Object.values(value).includes(key) ? 'a key' : key;
      throw fieldError(field, `is unknown; known are ${knownKeys.join(', ')}`, code);
    }
  }
}

/**
 * Refuses what is not a filled-in string. `advice` says what to do. A credential (where a `code` is given) must
 * have no white space around it either.
 */
export function checkString(value: unknown, field: string, advice: string, code?: InputErrorCode): string {
  const fault = (problem: string) => fieldError(field, `is ${problem}; ${advice}`, code);
  if (value === undefined) throw fault('missing');
  if (typeof value !== 'string') throw fault('not a string');
  const text = value.trim();
  if (text === '') throw fault('blank');
  // Most values are spared the expression. Of what a user fills in, only a placeholder is quoted, and of a
  // credential not even this.
  if (text.startsWith('<') && PLACEHOLDER.test(text)) {
    throw fault(`still the placeholder${code === undefined ? ` ${text}` : ''}`);
  }
  if (code !== undefined && text !== value) throw fault('not trimmed');
  return value;
}

/** Checks of what callers pass in: each says what is wrong and what to do. */

import { TokenError } from './errors.js';

export type InputErrorCode = 'ERR_INVALID_CONFIG' | 'ERR_INVALID_ARGUMENT';

// Sample code marks what is to be filled in like this: <room_id>, <app_secret>.
const PLACEHOLDER = /^<[a-z][\w .-]{0,60}>$/i;

/** Names the type of a value for a message. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether `value` is an object of named fields: not an array, `Date`, `Map`, promise or function. */
export function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Refuses what is not an options object, and keys that it does not have: a typo must not be a default. */
export function checkObject(
  value: unknown,
  name: string,
  knownKeys: ReadonlySet<string>,
  code: InputErrorCode,
): asserts value is object {
  if (!isObject(value)) {
    throw new TokenError(code, `${name} is ${typeName(value)}; pass a plain object`, name);
  }
  for (const key of Object.keys(value)) {
    if (!knownKeys.has(key) && Reflect.get(value, key) !== undefined) {
      const known = [...knownKeys].join(', ');
      // A key that is a value as well may be the secret, in the wrong place: it is not named.
      const named = Object.values(value).includes(key) ? '' : ` ${JSON.stringify(key)}`;
      throw new TokenError(code, `${name} has an unknown key${named}; it takes ${known}`, named === '' ? name : key);
    }
  }
}

/** Refuses what is not a filled-in string. `advice` completes the message: "roomId is blank; …". */
export function checkString(
  value: unknown,
  field: string,
  advice: string,
  code: InputErrorCode = 'ERR_INVALID_ARGUMENT',
): string {
  if (typeof value === 'string') {
    const text = value.trim();
    if (text !== '' && !isPlaceholder(text)) return value;
  }
  throw new TokenError(code, `${field} is ${stringFault(value, code)}; ${advice}`, field);
}

function isPlaceholder(value: string): boolean {
  return value.startsWith('<') && PLACEHOLDER.test(value); // most values are spared the expression
}

function stringFault(value: unknown, code: InputErrorCode): string {
  if (value === undefined) return 'missing';
  if (typeof value !== 'string') return `${typeName(value)}, not a string`;
  if (value.trim() === '') return 'blank';
  // Of what a user fills in, only this is quoted, and of a credential not even this.
  return code === 'ERR_INVALID_CONFIG' ? 'still a placeholder' : `still the placeholder ${value.trim()}`;
}

/** Checks of what callers pass in. Each says what is wrong and what to do, and quotes no value. */

import { fieldError, TokenError, type TokenErrorCode } from './errors.js';

export type InputErrorCode = Extract<TokenErrorCode, 'ERR_INVALID_CONFIG' | 'ERR_INVALID_ARGUMENT'>;

// Sample code marks what is to be filled in like this: <room_id>, <app_secret>.
const PLACEHOLDER = /^<[a-z][\w .-]{0,60}>$/i;

// A name that somebody typed, and not a secret in the wrong place: those are longer, or have a dash.
const NAME = /^[a-z_]\w{0,29}$/i;

/** Whether `value` is a JSON object, or could be written as one: not an array, `Date`, `Map` or function. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A member of the object itself: a polluted `Object.prototype` fills no gap. */
export function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/**
 * Copies the options that the caller gave. Each is read once, and only from the object itself; what was not given is
 * `undefined`. A key that is not among the `known` ones is refused: a typo must not become a default.
 */
export function takeOptions<Key extends string>(
  value: unknown,
  name: string,
  known: Readonly<Record<Key, undefined>>,
  code?: InputErrorCode,
): Record<Key, unknown> {
  if (!isPlain(value)) {
    const advice = isObject(value) ? `; pass { ...${name} }` : ` of ${Object.keys(known).join(', ')}`;
    throw fieldError(name, `must be a plain object${advice}`, code);
  }
  const taken: Record<string, unknown> = { ...known };
  for (const key of Object.getOwnPropertyNames(value)) {
    const option = value[key];
    if (Object.hasOwn(known, key)) taken[key] = option;
    else if (option !== undefined) throw unknownKey(key, name, Object.keys(known), code);
  }
  return taken;
}

/** Whether only an `Object.prototype` stands behind `value`, of whatever realm: Jest runs tests in one of their own. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || (Object.hasOwn(prototype, 'isPrototypeOf') && Object.getPrototypeOf(prototype) === null);
}

function unknownKey(
  key: string,
  name: string,
  known: readonly string[],
  code: InputErrorCode = 'ERR_INVALID_ARGUMENT',
) {
  // No two options of a function begin alike.
  const meant = known.find((option) => key.toLowerCase().startsWith(option.slice(0, 3).toLowerCase()));
  const advice = meant === undefined ? `the options are ${known.join(', ')}` : `did you mean ${meant}?`;
  const isName = NAME.test(key);
  return new TokenError(code, `unknown option ${isName ? key : `in ${name}`}; ${advice}`, isName ? key : name);
}

/** Refuses what is not a filled-in string. `name` is what the caller knows it by. */
export function checkString(value: unknown, field: string, code?: InputErrorCode, name?: string, advice = ''): string {
  const fault = (problem: string) => fieldError(field, problem + advice, code, name);
  if (value === undefined) throw fault('is missing');
  const text = typeof value === 'string' && value.trim();
  if (!text) throw fault('must be a string that is not blank');
  // Most values are spared the expression.
  if (text.startsWith('<') && PLACEHOLDER.test(text)) throw fault('is still a placeholder');
  return value;
}

/** Refuses an argument that would be ignored. An index does no harm: `map` passes one behind the first argument. */
export function refuseSurplus(argument: unknown, advice = 'put them into the first argument'): void {
  if (argument === undefined || typeof argument === 'number') return;
  throw fieldError('options', `would be ignored; ${advice}`);
}

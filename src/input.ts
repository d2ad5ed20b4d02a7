/** Checks what callers pass in: options objects, extra arguments and strings. Messages never quote a value. */

import { fieldError, TokenError, type TokenErrorCode } from './errors.js';

export type InputErrorCode = Extract<TokenErrorCode, 'ERR_INVALID_CONFIG' | 'ERR_INVALID_ARGUMENT'>;

/** The options of `T`, or their defaults, with unchecked values. Omitting an option is a type error. */
export type Unchecked<T> = Readonly<Record<keyof T, unknown>>;

// Plausible option names. A longer name, or one with a dash, may be a secret in the wrong place.
const OPTION_NAME = /^[a-z_]\w{0,29}$/i;

/** Returns whether a value is, or serializes to, a JSON object: not an array, `Date`, `Map`, promise or function. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Returns the value of an object's own property, so a polluted `Object.prototype` changes nothing. */
export function ownMember(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/**
 * Reads each own property of an options object once. Throws if the object isn't plain or has an unknown option, so a
 * typo can't silently become a default.
 *
 * @param name - the parameter, such as `'config'`
 * @param call - a call with that parameter, such as `'createTokenBuilder(config)'`, for messages
 */
export function readOptions<T>(
  value: unknown,
  name: string,
  call: string,
  defaults: Unchecked<T>,
  code: InputErrorCode = 'ERR_INVALID_ARGUMENT',
): Unchecked<T> {
  const known = (): string => Object.keys(defaults).join(', ');
  if (!isPlain(value)) {
    const [problem, members] = isObject(value) ? [', not a class instance', `...${name}`] : ['', known()];
    throw fieldError(name, `must be a plain object${problem}: ${call.replace(name, `{ ${members} }`)}`, code);
  }
  const given: Record<string, unknown> = { ...defaults };
  for (const key of Object.getOwnPropertyNames(value)) {
    const option = value[key];
    if (option === undefined) continue;
    if (!Object.hasOwn(defaults, key)) {
      const isName = OPTION_NAME.test(key);
      const unknown = `unknown option ${isName ? key : `in ${name}`}; the options are ${known()}`;
      throw new TokenError(code, unknown, isName ? key : name);
    }
    given[key] = option;
  }
  return given as Unchecked<T>;
}

/** Returns whether an object's prototype is `null` or the `Object.prototype` of any realm (Jest runs tests in its own). */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || (Object.hasOwn(prototype, 'isPrototypeOf') && Object.getPrototypeOf(prototype) === null);
}

/** Throws if arguments would be ignored, except for those that `map` passes after the first: an index and the array. */
export function rejectExtra(extra: readonly unknown[], advice = 'pass them in the first argument'): void {
  const [index, array] = extra;
  if (extra.length === 0 || extra.every((argument) => argument === undefined)) return;
  if (extra.length === 2 && typeof index === 'number' && Array.isArray(array) && index in array) return;
  throw fieldError('options', `would be ignored; ${advice}`);
}

/** A pattern that matches invalid values, and what's wrong with them. */
export type Mistake = readonly [pattern: RegExp, problem: string];

const INVISIBLE = '[\\s\\p{Cc}\\p{Cf}\\p{DI}\\u2800]';

/** Mistakes in any parameter. */
const MISTAKES: readonly Mistake[] = [
  [new RegExp(`^${INVISIBLE}*$`, 'u'), 'is blank'],
  [/^(?:undefined|null|NaN|\[object .*\])$/s, 'is the text of a missing value, such as "undefined"'],
  [/\$\{|^(?:<[^<>]*\p{L}[^<>]*>|\{\{.*\}\})$/su, 'is a placeholder; fill in the real value'],
  [/\p{Cs}/u, 'contains half of a surrogate pair; was an emoji cut in two?'],
];

const AROUND = 'has whitespace or an invisible character around it; trim it';
/** Mistakes in names. These may end with an emoji, and an emoji with U+FE0E, U+FE0F or a tag character. */
export const NAME_MISTAKES: readonly Mistake[] = [
  ...MISTAKES,
  [new RegExp(`^${INVISIBLE}|(?![\\ufe0e\\ufe0f\\u{e0020}-\\u{e007f}])${INVISIBLE}$`, 'u'), AROUND],
];

/** Mistakes in credentials. */
export const CREDENTIAL_MISTAKES: readonly Mistake[] = [...NAME_MISTAKES, [new RegExp(`${INVISIBLE}$`, 'u'), AROUND]];

/**
 * Creates a function that returns a string, or throws if it's a mistake. `usual` matches most valid values and no mistakes,
 * because one pattern is faster. It remembers the last valid value, because many tokens have the same room and role.
 */
export function stringCheck(mistakes: readonly Mistake[], usual?: RegExp) {
  let lastValid: string | undefined;
  return function check(value: unknown, field: string, code?: InputErrorCode, name?: string): string {
    if (typeof value !== 'string')
      throw fieldError(field, value === undefined ? 'is missing' : 'must be a string', code, name);
    if (value === lastValid || usual?.test(value) === true) return (lastValid = value);
    const mistake = mistakes.find(([pattern]) => pattern.test(value));
    if (mistake !== undefined) throw fieldError(field, mistake[1], code, name);
    return (lastValid = value);
  };
}

const USUAL = /^(?!(?:undefined|null|NaN)$)[\w@.:\xc0-\u024f-]+$/;
export const checkId = stringCheck(MISTAKES, USUAL);
export const checkName = stringCheck(NAME_MISTAKES, USUAL);

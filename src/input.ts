/** Checks what callers pass in: options objects, extra arguments and strings. Messages never quote a value. */

import { fieldError, TokenError, type TokenErrorCode } from './errors.js';

export type InputErrorCode = Extract<TokenErrorCode, 'ERR_INVALID_CONFIG' | 'ERR_INVALID_ARGUMENT'>;

/** The default of every option of `T`. An option that is missing here is a type error. */
export type Defaults<T> = Readonly<Record<keyof T, unknown>>;

/** Options with defaults filled in, unchecked. */
export type Given<T> = Defaults<T>;

// Names that a person typed. Anything else may be a secret in the wrong place: those are longer, or contain a dash.
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
 * Reads an options object: each own property once. Throws if the object isn't plain or has an unknown option, so a
 * typo can't silently become a default.
 *
 * @param name - the parameter, such as `'config'`
 * @param call - a call with that parameter, such as `'createTokenBuilder(config)'`, for messages
 */
export function readOptions<T>(
  value: unknown,
  name: string,
  call: string,
  defaults: Defaults<T>,
  code: InputErrorCode = 'ERR_INVALID_ARGUMENT',
): Given<T> {
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
  return given as Given<T>;
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
  if (extra.every((argument) => argument === undefined)) return;
  if (extra.length === 2 && typeof index === 'number' && Array.isArray(array) && index in array) return;
  throw fieldError('options', `would be ignored; ${advice}`);
}

/** A pattern that no valid value matches, and the problem of a value that matches it. */
type Mistake = readonly [pattern: RegExp, problem: string];

/** What a string must be, apart from being a string. */
export interface StringRules {
  /** Matches most valid values and none of the mistakes, because one pattern is faster than all of them. */
  usual: RegExp | undefined;
  mistakes: readonly Mistake[];
}

/** Mistakes in any parameter. */
const MISTAKES: readonly Mistake[] = [
  [/^[\s\p{Cc}\p{Cf}\p{DI}\u2800]*$/u, 'is blank'],
  [/^(?:undefined|null|NaN|\[object .*\])$/s, 'is a missing value turned into text; check where it comes from'],
  [/\$\{|^(?:<[^<>]*\p{L}[^<>]*>|\{\{.*\}\})$/su, 'is a placeholder; fill in the real value'],
  [/\p{Cs}/u, 'contains half of a surrogate pair; was an emoji cut in two?'],
];

// Whitespace and invisible characters, except U+FE0F and tags, because an emoji may end with these.
const SPACE = '(?![\\ufe0e\\ufe0f\\u{e0020}-\\u{e007f}])[\\s\\p{Cc}\\p{DI}]';

const SURROUNDING_SPACE: Mistake = [
  new RegExp(`^${SPACE}|${SPACE}$`, 'u'),
  'has whitespace or an invisible character around it; trim it',
];

/** Rules for free-form IDs. */
export const ID: StringRules = { usual: /^(?!(?:undefined|null|NaN)$)[\w@.:\xc0-\u024f-]+$/, mistakes: MISTAKES };

/** Rules for names and credentials. */
export const NAME: StringRules = { usual: ID.usual, mistakes: [...MISTAKES, SURROUNDING_SPACE] };

/** Returns a string that follows the rules, or throws. `name` is what the caller knows the value as. */
export function checkString(
  value: unknown,
  field: string,
  { usual, mistakes }: StringRules,
  code?: InputErrorCode,
  name?: string,
): string {
  if (typeof value !== 'string')
    throw fieldError(field, value === undefined ? 'is missing' : 'must be a string', code, name);
  if (usual?.test(value) === true) return value;
  const mistake = mistakes.find(([pattern]) => pattern.test(value));
  if (mistake !== undefined) throw fieldError(field, mistake[1], code, name);
  return value;
}

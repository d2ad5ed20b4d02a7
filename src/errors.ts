/** TokenError, the one error class of this package, and its codes. */

/**
 * What went wrong, for your code to branch on. A code keeps its meaning from release to release; messages do not.
 *
 * | code | when |
 * | --- | --- |
 * | `ERR_INVALID_CONFIG` | something is wrong with the access key, the secret or the builder's config |
 * | `ERR_INVALID_ARGUMENT` | something is wrong with a parameter or an option |
 * | `ERR_TOKEN_MALFORMED` | not a compact JWT |
 * | `ERR_TOKEN_ALGORITHM` | `alg` is not `HS256`, or the header has `crit` |
 * | `ERR_TOKEN_SIGNATURE` | the signature was not made with this secret |
 * | `ERR_TOKEN_CLAIMS` | a claim is missing, of the wrong type, or not the one asked for |
 * | `ERR_TOKEN_NOT_ACTIVE` | `nbf` or `iat` is in the future |
 * | `ERR_TOKEN_EXPIRED` | `exp` has passed |
 */
export type TokenErrorCode =
  | 'ERR_INVALID_CONFIG'
  | 'ERR_INVALID_ARGUMENT'
  | 'ERR_TOKEN_MALFORMED'
  | 'ERR_TOKEN_ALGORITHM'
  | 'ERR_TOKEN_SIGNATURE'
  | 'ERR_TOKEN_CLAIMS'
  | 'ERR_TOKEN_NOT_ACTIVE'
  | 'ERR_TOKEN_EXPIRED';

const MARK = Symbol.for('100ms-tokens/TokenError');

/**
 * Everything that this package throws on purpose.
 *
 * Messages describe values and never quote them: a secret passed in the wrong place must not end up in a log.
 *
 * @example
 * ```ts
 * import { decodeToken, TokenError } from '100ms-tokens';
 *
 * try {
 *   decodeToken('not a token');
 * } catch (error) {
 *   if (error instanceof TokenError) console.log(error.code); // ERR_TOKEN_MALFORMED
 * }
 * ```
 */
export class TokenError extends Error {
  // The name on the prototype, not as a field, which would come too late: the stack begins with it.
  static {
    Object.assign(this.prototype, { name: 'TokenError', [MARK]: true });
  }

  /**
   * Tells a `TokenError` by its mark, so that one of the ES module is one for the CommonJS build as well: a process
   * may load both. A subclass goes by its prototype, as ever.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.hasOwn(this.prototype, MARK) ? MARK in Object(value) : super[Symbol.hasInstance](value);
  }

  /** Always `'TokenError'`. */
  declare readonly name: 'TokenError';

  /** What went wrong; see {@link TokenErrorCode}. */
  declare readonly code: TokenErrorCode;

  /** The argument (`'roomId'`) or claim (`'exp'`) at fault, where it is one. */
  declare readonly field?: string;

  constructor(code: TokenErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    if (field !== undefined) this.field = field;
  }
}

/** The error for one argument or claim; `problem` completes its message: "roomId is missing". */
export function fieldError(
  field: string,
  problem: string,
  code: TokenErrorCode = 'ERR_INVALID_ARGUMENT',
  name: string = field,
): TokenError {
  return new TokenError(code, `${name} ${problem}`, field);
}

/** Throws everything but a `TokenError` again. */
export function assertTokenError(error: unknown): asserts error is TokenError {
  if (!(error instanceof TokenError)) throw error;
}

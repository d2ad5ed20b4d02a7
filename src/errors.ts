/** The one error class of this package, and its codes. */

/**
 * What went wrong, in a form to branch on. Codes never change their meaning; messages may.
 *
 * | code | when |
 * | --- | --- |
 * | `ERR_INVALID_CONFIG` | the access key, the secret or a key of the builder's config is at fault |
 * | `ERR_INVALID_ARGUMENT` | a parameter or an option is at fault |
 * | `ERR_TOKEN_MALFORMED` | not a compact JWT |
 * | `ERR_TOKEN_ALGORITHM` | `alg` is not `HS256`, or the header has `crit` |
 * | `ERR_TOKEN_SIGNATURE` | the signature is not this secret's |
 * | `ERR_TOKEN_CLAIMS` | a claim is missing, of the wrong type, or not the one asked for |
 * | `ERR_TOKEN_NOT_ACTIVE` | `nbf` or `iat` is in the future |
 * | `ERR_TOKEN_EXPIRED` | `exp` has come |
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
 * Messages describe values and never quote them, so that a secret that was passed in the wrong place
 * does not end up in a log.
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
  static {
    Object.defineProperties(this.prototype, {
      // Not a field, which would come too late: the stack begins with the name, as that of every built-in error does.
      name: { value: 'TokenError', writable: true, configurable: true },
      [MARK]: { value: true },
    });
  }

  /**
   * Tells a `TokenError` by its mark, so that one of the ES module is one for the CommonJS build as well: a process
   * may load both. A subclass goes by its prototype, as ever.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (!Object.hasOwn(this.prototype, MARK)) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && MARK in value;
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

/** The error for one argument or claim; `problem` completes its message: "roomId is blank; …". */
export function fieldError(field: string, problem: string, code: TokenErrorCode = 'ERR_INVALID_ARGUMENT'): TokenError {
  return new TokenError(code, `${field} ${problem}`, field);
}

/** Passes a `TokenError` on as what it is, and throws everything else again. */
export function asTokenError(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  throw error;
}

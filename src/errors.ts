/** TokenError, the only error class that this package throws on purpose, and its codes. */

/** What went wrong. A code keeps its meaning from release to release; the wording of messages may change. */
export type TokenErrorCode =
  | 'ERR_INVALID_CONFIG' // the access key, the secret or an option of the builder is invalid
  | 'ERR_INVALID_ARGUMENT' // any other argument or option is invalid
  | 'ERR_TOKEN_MALFORMED' // the token isn't a compact JWT, or is longer than 65,536 characters
  | 'ERR_TOKEN_ALGORITHM' // alg isn't HS256, or the header has crit
  | 'ERR_TOKEN_SIGNATURE' // the signature wasn't created with this secret
  | 'ERR_TOKEN_CLAIMS' // a claim is missing, invalid or not the expected one
  | 'ERR_TOKEN_NOT_ACTIVE' // nbf or iat is in the future
  | 'ERR_TOKEN_EXPIRED'; // exp has passed

const MARK = Symbol.for('100ms-tokens/TokenError');

/**
 * Every error that this package throws on purpose.
 *
 * Messages never quote values, so a secret that was passed in the wrong place can't end up in a log.
 */
export class TokenError extends Error {
  /**
   * Makes `instanceof` work across the ESM and CommonJS builds and both entry points, since a process can load all of
   * them. Subclasses are compared by prototype, as usual.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.hasOwn(this.prototype, MARK) ? MARK in Object(value) : super[Symbol.hasInstance](value);
  }

  /** Always `'TokenError'`. */
  declare readonly name: 'TokenError';

  /** What went wrong; see {@link TokenErrorCode}. */
  declare readonly code: TokenErrorCode;

  /** The invalid argument (`'roomId'`) or claim (`'exp'`), if it's a single one. */
  declare readonly field?: string;

  constructor(code: TokenErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    if (field !== undefined) this.field = field;
  }
}

// On the prototype, because the stack starts with the name and is recorded before fields are set. Defined rather than
// assigned, because assigning throws if somebody froze Error.prototype.
Object.defineProperties(TokenError.prototype, {
  name: { value: 'TokenError', configurable: true, writable: true },
  [MARK]: { value: true },
});

/** Creates the error for one argument or claim. The message is `name` and `problem`: "roomId is missing". */
export function fieldError(
  field: string,
  problem: string,
  code: TokenErrorCode = 'ERR_INVALID_ARGUMENT',
  name: string = field,
): TokenError {
  return new TokenError(code, `${name} ${problem}`, field);
}

/**
 * Tokens for 100ms (https://www.100ms.live), made on the server: the front door.
 *
 * @module
 */

export { createTokenBuilder, type TokenBuilder, type TokenBuilderConfig } from './builder.js';
export { type AppClaims, appClaims, type ManagementClaims, managementClaims } from './claims.js';
export { TokenError, type TokenErrorCode } from './errors.js';
export { type DecodedToken, decodeToken } from './jwt.js';
export { type AppClaimsInput, type AppTokenParams, type ManagementClaimsInput, type TokenOptions } from './options.js';
export { type AppToken, type ManagementToken, signToken } from './sign.js';
export { type Duration } from './time.js';
export { type VerifyOptions, verifyToken } from './verify.js';

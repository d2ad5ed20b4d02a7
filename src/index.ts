/** Creates and verifies 100ms tokens (https://www.100ms.live) on servers. The main entry point. @module */

export { createTokenBuilder, type TokenBuilder, type TokenBuilderConfig } from './builder.js';
export {
  type AppClaims,
  appClaims,
  type AppClaimsInput,
  type AppTokenParams,
  type ManagementClaims,
  managementClaims,
  type ManagementClaimsInput,
  type TokenOptions,
} from './claims.js';
export { TokenError, type TokenErrorCode } from './errors.js';
export { type DecodedToken, decodeToken } from './jwt.js';
export { type AppToken, type ManagementToken, signToken } from './sign.js';
export { type Duration } from './time.js';
export { type VerifyOptions, verifyToken } from './verify.js';

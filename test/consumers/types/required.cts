// `import … = require` resolves separately: with a bundler's resolution, `import` gets the other format.

import hms = require('100ms-tokens');
import testing = require('100ms-tokens/testing');

const tokens: hms.TokenBuilder<'host' | 'guest'> = hms.createTokenBuilder<'host' | 'guest'>(testing.testCredentials);
const fixtures: testing.TokenFixtures = testing.createTokenFixtures();
const error: Error = new hms.TokenError('ERR_TOKEN_EXPIRED', 'too late', 'exp');
export const appTokens: hms.AppToken[] = [fixtures.appToken(), tokens.getManagementToken()]; // TS2322
tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'hots' }); // TS2322
export { error };

import hms = require('100ms-tokens');
import testing = require('100ms-tokens/testing');

const tokens: hms.TokenBuilder<'host' | 'guest'> = hms.createTokenBuilder<'host' | 'guest'>(testing.testCredentials);
const appToken: hms.AppToken = tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest' });
const claims: hms.AppClaims = tokens.verifyAppToken(appToken);
const fixtures: testing.TokenFixtures = testing.createTokenFixtures();
const fixture: hms.AppToken = fixtures.appToken();
const error: Error = new hms.TokenError('ERR_TOKEN_EXPIRED', 'too late', 'exp');
console.log(claims, fixture, error);

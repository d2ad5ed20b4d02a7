// As bad.mts, from CommonJS.

import hms = require('100ms-tokens');
import testing = require('100ms-tokens/testing');

declare function answerClient(token: hms.AppToken): void;

const tokens = hms.createTokenBuilder<'host' | 'guest'>(testing.testCredentials);

answerClient(tokens.getManagementToken()); // TS2345
answerClient(testing.createTokenFixtures().managementToken()); // TS2345
answerClient('a plain string'); // TS2345
tokens.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'hots' }); // TS2322

// Each line that must not compile ends with the error that it must give (or two, where TypeScript 5.1 renamed it);
// types.test.js compares them with what the compiler says.

import { type AppToken, type AppTokenParams, createTokenBuilder, type ManagementToken } from '100ms-tokens';
import { createTokenFixtures, testCredentials } from '100ms-tokens/testing';

declare function answerClient(token: AppToken): void;
declare function callRestApi(token: ManagementToken): void;

const tokens = createTokenBuilder<'host' | 'guest'>(testCredentials);
const fixtures = createTokenFixtures();
const join = { roomId: 'room-1', userId: 'user-1' };

answerClient(tokens.getManagementToken()); // TS2345
answerClient(tokens.generateManagementToken()); // TS2345
answerClient(fixtures.managementToken()); // TS2345
answerClient(fixtures.unsignedAppToken()); // TS2345
answerClient('a plain string'); // TS2345
callRestApi(tokens.generateAppToken({ ...join, role: 'host' })); // TS2345
callRestApi(fixtures.appToken()); // TS2345

tokens.generateAppToken({ ...join, role: 'hots' }); // TS2322
tokens.generateAppToken({ ...join, role: 'host', expiresIn: '3600' }); // TS2322
tokens.generateManagementToken({ notBefore: '2026-01-01' }); // TS2322
tokens.generateManagementToken({ jti: null }); // TS2322
tokens.generateManagementToken({ expiresin: '1h' }); // TS2345 TS2561
export const noRole: AppTokenParams = { ...join }; // TS2741

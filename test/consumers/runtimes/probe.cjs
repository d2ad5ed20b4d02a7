'use strict';

/**
 * Reports what the package does with fixed input, which must be the same in every runtime.
 *
 * @param {typeof import('100ms-tokens')} main
 * @param {typeof import('100ms-tokens/testing')} testing
 */
module.exports = function probe(main, testing) {
  const { createTokenBuilder, decodeToken, TokenError } = main;
  const { createTokenFixtures, testCredentials } = testing;

  const builder = createTokenBuilder({ accessKey: 'fake-access-key', secret: 'fake-app-secret' });
  const issuedAt = new Date(1_800_000_000_000);
  const jti = '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21';
  const user = { roomId: 'room-1', role: 'guest', issuedAt, jti };
  const tokens = {
    management: builder.generateManagementToken({ issuedAt, jti }),
    ascii: builder.generateAppToken({ ...user, userId: 'user-1' }),
    accented: builder.generateAppToken({ ...user, userId: 'José' }),
    escaped: builder.generateAppToken({ ...user, userId: 'who?>~' }),
  };

  const fixtures = Object.entries(createTokenFixtures({ at: issuedAt })).map(([name, make]) => [name, make()]);
  const now = builder.verifyAppToken(builder.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest' }));

  /** @param {() => unknown} act */
  function errorOf(act) {
    try {
      act();
    } catch (error) {
      return error instanceof TokenError ? [error.code, error.field].join(' ').trim() : String(error);
    }
    return 'no error';
  }

  /** A token, or null if the environment has no credentials or can't be read. */
  function fromEnvironment() {
    try {
      return createTokenBuilder().generateManagementToken({ issuedAt, jti });
    } catch {
      return null;
    }
  }

  return {
    tokens,
    fixtures,
    verified: builder.verifyAppToken(tokens.accented, { currentDate: issuedAt }).user_id,
    decoded: decodeToken(tokens.escaped),
    readByClient: [tokens.accented, tokens.escaped].map((token) => JSON.parse(atob(token.split('.')[1] ?? '')).user_id),
    errors: fixtures.map(([name, token]) => {
      const verify = () => main.verifyToken(token ?? '', testCredentials.secret, { currentDate: issuedAt });
      return `${name}: ${errorOf(verify)}`;
    }),
    fixturesError: errorOf(() => createTokenFixtures({ secret: '' })),
    clock: Math.abs(now.iat - Date.now() / 1000) < 60,
    randomJti: /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(now.jti),
    cached: builder.getManagementToken() === builder.getManagementToken(),
    fromEnvironment: fromEnvironment(),
  };
};

'use strict';

/**
 * What a runtime makes of the package. All inputs are fixed, so every runtime must report the very same.
 *
 * @param {typeof import('100ms-tokens')} main
 * @param {typeof import('100ms-tokens/testing')} testing
 */
module.exports = function probe(main, testing) {
  const { createTokenBuilder, decodeToken, TokenError } = main;
  const { createTokenFixtures, testCredentials } = testing;

  const builder = createTokenBuilder({ accessKey: 'fake-access-key', secret: 'fake-app-secret' });
  const issuedAt = 1_800_000_000;
  const currentDate = new Date(issuedAt * 1000);
  const jti = '2f6d5e0c-8f3b-4c57-9d8e-1b7f6a0c9e21';
  /** @param {string} userId */
  const appToken = (userId) => builder.generateAppToken({ roomId: 'room-1', userId, role: 'guest', issuedAt, jti });

  const tokens = {
    management: builder.generateManagementToken({ issuedAt, jti }),
    ascii: appToken('user-1'),
    accented: appToken('José'),
    escaped: appToken('who?>~'),
  };

  const fixtures = createTokenFixtures({ at: currentDate });
  const fixtureTokens = Object.fromEntries(Object.entries(fixtures).map(([name, make]) => [name, make()]));

  const random = builder.generateAppToken({ roomId: 'room-1', userId: 'user-1', role: 'guest' });
  const { iat, jti: randomJti } = builder.verifyAppToken(random);

  return {
    tokens,
    fixtureTokens,
    verified: builder.verifyAppToken(tokens.accented, { currentDate }),
    decoded: decodeToken(tokens.escaped),
    readByClient: [tokens.accented, tokens.escaped].map((token) => JSON.parse(atob(token.split('.')[1] ?? '')).user_id),
    refusals: Object.fromEntries(
      Object.entries(fixtureTokens).map(([name, token]) => [
        name,
        describeError(() => main.verifyToken(token, testCredentials.secret, { currentDate })),
      ]),
    ),
    refusedByFixtures: describeError(() => createTokenFixtures({ secret: '' })),
    clock: Math.abs(iat - Date.now() / 1000) < 60,
    randomJti: /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(randomJti),
    cached: builder.getManagementToken() === builder.getManagementToken(),
    fromEnvironment: fromEnvironment(),
  };

  /** A token, or null where the environment has no credentials, or may not be asked for them. */
  function fromEnvironment() {
    try {
      return createTokenBuilder().generateManagementToken({ issuedAt, jti });
    } catch {
      return null;
    }
  }

  /**
   * Of the class too: `instanceof` must hold for what either entry throws.
   *
   * @param {() => unknown} action
   */
  function describeError(action) {
    try {
      action();
      return 'nothing thrown';
    } catch (error) {
      return error instanceof TokenError ? [error.name, error.code, error.field ?? ''].join(' ').trim() : String(error);
    }
  }
};

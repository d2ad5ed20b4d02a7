/** Tests of an imaginary user. The file of each runner passes the package as the runner loaded it, and a fake clock. */

const assert = require('node:assert/strict');
const vm = require('node:vm');

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000; // milliseconds
const params = { roomId: 'room-1', userId: 'user-1', role: 'guest' };

/**
 * @param {object} project
 * @param {typeof import('100ms-tokens')} [project.main] if left out, only the fixtures are tested
 * @param {typeof import('100ms-tokens/testing')} project.testing
 * @param {(name: string, body: () => void) => void} project.test
 * @param {(milliseconds: number) => void} project.setTime fakes `Date`
 * @param {boolean} project.dom whether there is a DOM
 */
exports.defineTests = function defineTests({ main, testing, test, setTime, dom }) {
  const { createTokenFixtures, testCredentials } = testing;

  /** @param {string} name @param {() => void} body */
  function atFakeTime(name, body) {
    test(name, () => {
      setTime(NOW);
      body();
    });
  }

  test('has a DOM only if the runner was asked for one', () => {
    assert.equal('document' in globalThis, dom);
  });

  atFakeTime('fixtures with a fixed time are equal in every runner', () => {
    const [, , signature] = createTokenFixtures({ at: new Date(NOW) })
      .appToken({ ...params, userId: 'José' })
      .split('.');
    assert.equal(signature, '5nY2oCm1Ir8fZBNgEydmYbojbQxEEbuh21J4Iwn5Z0M');
    assert.throws(() => createTokenFixtures({ at: /** @type {any} */ ('today') }), { code: 'ERR_INVALID_ARGUMENT' });
  });

  if (main === undefined) return;
  const { createTokenBuilder, TokenError, verifyToken } = main;

  /** @param {() => unknown} act @param {string} code */
  function throws(act, code) {
    assert.throws(act, (error) => error instanceof TokenError && error instanceof Error && error.code === code);
  }

  atFakeTime('an app token expires by the fake clock', () => {
    const tokens = createTokenBuilder(testCredentials);
    const token = tokens.generateAppToken({ ...params, expiresIn: '1h' });
    assert.equal(tokens.verifyAppToken(token).iat, NOW / 1000 - 10); // clockSkew
    setTime(NOW + HOUR - 1);
    tokens.verifyAppToken(token);
    setTime(NOW + HOUR);
    throws(() => tokens.verifyAppToken(token), 'ERR_TOKEN_EXPIRED');
  });

  atFakeTime('the cached management token is renewed by the fake clock', () => {
    const tokens = createTokenBuilder({ ...testCredentials, expiresIn: '1h' });
    const first = tokens.getManagementToken();
    setTime(NOW + HOUR / 2);
    assert.equal(tokens.getManagementToken(), first);
    setTime(NOW + HOUR);
    assert.notEqual(tokens.getManagementToken(), first);
  });

  atFakeTime('fixtures follow the fake clock', () => {
    const fixtures = createTokenFixtures();
    const { secret } = testCredentials;
    assert.equal(verifyToken(fixtures.appToken(), secret).iat, NOW / 1000);
    throws(() => verifyToken(fixtures.expiredAppToken(), secret), 'ERR_TOKEN_EXPIRED');
    throws(() => verifyToken(fixtures.notYetActiveAppToken(), secret), 'ERR_TOKEN_NOT_ACTIVE');
  });

  // Jest runs tests in another realm, where a Date that Node.js created isn't an `instanceof Date`.
  const foreignDate = vm.runInNewContext(`new Date(${NOW})`);
  assert.ok(!(foreignDate instanceof Date));
  for (const [realm, date] of Object.entries({ this: new Date(NOW), another: foreignDate })) {
    atFakeTime(`accepts a Date of ${realm} realm`, () => {
      const tokens = createTokenBuilder(testCredentials);
      const token = tokens.generateAppToken({ ...params, issuedAt: date, notBefore: date });
      assert.equal(tokens.verifyAppToken(token, { currentDate: date }).iat, NOW / 1000);
      tokens.verifyManagementToken(createTokenFixtures({ at: date }).managementToken(), { currentDate: date });
    });
  }

  test('both entry points throw a TokenError', () => {
    throws(() => createTokenBuilder({ ...testCredentials, secret: '' }), 'ERR_INVALID_CONFIG');
    throws(() => createTokenFixtures({ secret: '' }), 'ERR_INVALID_CONFIG');
  });
};

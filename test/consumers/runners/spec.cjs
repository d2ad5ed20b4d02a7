/** The tests that every project here runs: its runner's file hands in the package as it loaded it, and its clock. */

const assert = require('node:assert/strict');
const vm = require('node:vm');

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000; // milliseconds
const params = { roomId: 'room-1', userId: 'user-1', role: 'guest' };

/**
 * @param {object} project
 * @param {typeof import('100ms-tokens')} project.hms
 * @param {typeof import('100ms-tokens/testing')} project.testing
 * @param {(name: string, body: () => void) => void} project.test
 * @param {(milliseconds: number) => void} project.setTime fakes `Date`
 * @param {boolean} project.dom whether there is one
 */
exports.defineTests = function defineTests({ hms, testing, test, setTime, dom }) {
  const { createTokenBuilder, TokenError, verifyToken } = hms;
  const { createTokenFixtures, testCredentials } = testing;

  /**
   * @param {string} name
   * @param {() => void} body
   */
  function atFakedTime(name, body) {
    test(name, () => {
      setTime(NOW);
      body();
    });
  }

  /**
   * @param {() => unknown} body
   * @param {string} code
   */
  function refuses(body, code) {
    assert.throws(body, (error) => error instanceof TokenError && error instanceof Error && error.code === code);
  }

  atFakedTime('an app token lives and dies by the faked clock', () => {
    const tokens = createTokenBuilder(testCredentials);
    const token = tokens.generateAppToken({ ...params, expiresIn: '1h' });
    assert.equal(tokens.verifyAppToken(token).iat, NOW / 1000 - 10); // by clockSkew
    setTime(NOW + HOUR - 1);
    tokens.verifyAppToken(token);
    setTime(NOW + HOUR);
    refuses(() => tokens.verifyAppToken(token), 'ERR_TOKEN_EXPIRED');
  });

  atFakedTime('the cached management token is renewed by the faked clock', () => {
    const tokens = createTokenBuilder({ ...testCredentials, expiresIn: '1h', refreshBefore: '5m' });
    const first = tokens.getManagementToken();
    setTime(NOW + HOUR / 2);
    assert.equal(tokens.getManagementToken(), first);
    setTime(NOW + HOUR);
    assert.notEqual(tokens.getManagementToken(), first);
  });

  atFakedTime('fixtures are what they are named for at the faked time', () => {
    const fixtures = createTokenFixtures();
    const { secret } = testCredentials;
    assert.equal(verifyToken(fixtures.appToken(), secret).iat, NOW / 1000);
    assert.equal(verifyToken(fixtures.managementToken(), secret).iat, NOW / 1000);
    refuses(() => verifyToken(fixtures.expiredAppToken(), secret), 'ERR_TOKEN_EXPIRED');
    refuses(() => verifyToken(fixtures.notYetActiveAppToken(), secret), 'ERR_TOKEN_NOT_ACTIVE');
    refuses(() => verifyToken(fixtures.tamperedAppToken(), secret), 'ERR_TOKEN_SIGNATURE');
    refuses(() => verifyToken(fixtures.unsignedAppToken(), secret), 'ERR_TOKEN_ALGORITHM');
  });

  atFakedTime('a fixture with a time is the same bytes in every runner', () => {
    const fixtures = createTokenFixtures({ at: new Date(NOW) });
    assert.equal(fixtures.appToken({ userId: 'José' }).split('.')[2], 'qNzZHu1Yy_wIKZMLXEXQGUbvvxEvePlboQO4hsGaKxs');
  });

  // Jest gives tests a realm of their own, where a Date that Node.js made is no `instanceof Date`.
  const foreignDate = vm.runInNewContext(`new Date(${NOW})`);
  assert.ok(!(foreignDate instanceof Date));
  for (const [realm, date] of [
    ['this', new Date(NOW)],
    ['another', foreignDate],
  ]) {
    atFakedTime(`a Date of ${realm} realm is a Date`, () => {
      const tokens = createTokenBuilder(testCredentials);
      const claims = tokens.verifyAppToken(tokens.generateAppToken({ ...params, issuedAt: date, notBefore: date }), {
        currentDate: date,
      });
      assert.equal(claims.iat, NOW / 1000);
      tokens.verifyManagementToken(createTokenFixtures({ at: date }).managementToken(), { currentDate: date });
    });
  }

  test('a DOM is there, if it was asked for', () => {
    assert.equal('document' in globalThis, dom);
  });

  atFakedTime('a wrong argument is a TokenError, from both entries', () => {
    refuses(() => createTokenBuilder({ ...testCredentials, secret: '' }), 'ERR_INVALID_CONFIG');
    refuses(() => createTokenFixtures({ at: /** @type {any} */ ('today') }), 'ERR_INVALID_ARGUMENT');
  });
};

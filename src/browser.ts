/**
 * What every entry is under the `browser` condition: a module that throws on import. It also has every
 * name of the entries, since a bundler that misses one stops with a message that does not say why.
 */

function refuse(): never {
  throw new Error(
    '100ms-tokens makes tokens on a server, and must not be in a browser bundle: whoever loads the bundle ' +
      'would get the app secret. Import it in server code only, and fetch the app token from there.',
  );
}

export {
  refuse as appClaims,
  refuse as createTokenBuilder,
  refuse as createTokenFixtures,
  refuse as decodeToken,
  refuse as managementClaims,
  refuse as signToken,
  refuse as testCredentials,
  refuse as TokenError,
  refuse as verifyToken,
};

refuse();

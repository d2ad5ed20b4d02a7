/**
 * What every entry is in a client app (the `browser` and `react-native` conditions): a module that throws on import.
 * It also has every name of the entries, since a bundler that misses one stops with a message that does not say why.
 */

function refuse(): never {
  throw new Error(
    '100ms-tokens makes tokens on a server and must not be part of a client app: whoever has the app would get the ' +
      'app secret. Import it in server code only, and let the app fetch its app token from there. If this is a server ' +
      "bundle, build it for Node.js: esbuild --platform=node, webpack target: 'node', Vite build.ssr.",
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

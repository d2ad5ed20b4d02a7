/**
 * Throws on import in browsers, React Native and the Edge runtime. Exports every name of the main entry point, because
 * some bundlers stop at a missing export without saying why, and others drop a module that exports nothing.
 */

function guard(): never {
  throw new Error(
    '100ms-tokens creates tokens on a server and must not be part of a client app, because a client bundle would ' +
      'expose the app secret. Import it in server code only, and let the app fetch its token from there. If this is ' +
      "server code, build it for a server: esbuild --platform=node, webpack target: 'node', Vite build.ssr; in Convex, " +
      'start the file with "use node". The Edge runtime lacks the Node.js crypto module: use ' +
      "`export const runtime = 'nodejs'` in a Next.js route or page, and proxy.ts instead of middleware.ts.",
  );
}

export {
  guard as appClaims,
  guard as createTokenBuilder,
  guard as decodeToken,
  guard as managementClaims,
  guard as signToken,
  guard as TokenError,
  guard as verifyToken,
};

guard();

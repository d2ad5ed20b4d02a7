/**
 * What every entry is in Vercel's Edge runtime (the `edge-light` condition), which has no node:crypto: a module that
 * throws on import and names the cure. It has every name of the entries, as in browser.ts.
 */

function refuse(): never {
  throw new Error(
    '100ms-tokens needs node:crypto, which the Edge runtime does not have. In a Next.js route or page write ' +
      "`export const runtime = 'nodejs'`; in place of middleware.ts use proxy.ts, which runs on Node.js.",
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

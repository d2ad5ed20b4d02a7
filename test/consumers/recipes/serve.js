/** Serves each recipe as its platform does. All of them are then asked alike: `ask(path, init)`, as with `fetch`. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';

import { serve as serveHono } from '@hono/node-server';

const HOST = '127.0.0.1';
const ORIGIN = 'https://example.com'; // where no server listens, but a function is called

/** @typedef {(path: string, init: RequestInit) => Promise<Response>} Ask */
/** @typedef {(close: () => unknown) => void} AtEnd takes a function that stops a server */

/**
 * By recipe: what makes `ask` of the module's exports, which are whatever the recipe exports.
 *
 * @type {Record<string, (module: any, atEnd: AtEnd) => Ask | Promise<Ask>>}
 */
export const PLATFORMS = {
  'express.ts': ({ app }, atEnd) => listening(createServer(app).listen(0, HOST), atEnd),

  'fastify.ts': async ({ app }, atEnd) => {
    atEnd(() => app.close());
    return askServer(await app.listen({ host: HOST, port: 0 }));
  },

  'hono.ts': ({ app }, atEnd) => listening(serveHono({ fetch: app.fetch, hostname: HOST, port: 0 }), atEnd),

  'node-http.ts': ({ server }, atEnd) => listening(server.listen(0, HOST), atEnd),

  // Next.js itself answers 405 where the file exports no function for the method.
  'next.ts': (route) => async (path, init) => {
    const { href, pathname } = new URL(path, ORIGIN);
    const params = Promise.resolve({ roomId: pathname.split('/')[2] });
    return (
      (await route[init.method ?? 'GET']?.(new Request(href, init), { params })) ?? new Response(null, { status: 405 })
    );
  },

  'workers.ts': (module) => (path, init) => {
    const env = { HMS_ACCESS_KEY: process.env.HMS_ACCESS_KEY, HMS_SECRET: process.env.HMS_SECRET };
    return module.default.fetch(new Request(new URL(path, ORIGIN), init), env);
  },

  'lambda.ts':
    ({ handler }) =>
    async (path, { method, headers, body }) => {
      const { pathname, search, searchParams } = new URL(path, ORIGIN);
      const result = await handler({
        version: '2.0',
        routeKey: '$default',
        rawPath: pathname,
        rawQueryString: search.slice(1),
        queryStringParameters: Object.fromEntries(searchParams),
        headers: Object.fromEntries(new Headers(headers)), // in lower case, as function URLs hand them on
        requestContext: { http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: HOST, userAgent: 'a test' } },
        body,
        isBase64Encoded: false,
      });
      return new Response(result.body, { status: result.statusCode, headers: result.headers });
    },
};

/**
 * Of a server that was told to listen.
 *
 * @param {any} server
 * @param {AtEnd} atEnd
 */
export async function listening(server, atEnd) {
  atEnd(() => server.close());
  if (!server.listening) await once(server, 'listening');
  return askServer(`http://${HOST}:${server.address().port}`);
}

/**
 * @param {string} origin
 * @returns {Ask}
 */
function askServer(origin) {
  return (path, init) => fetch(origin + path, init);
}

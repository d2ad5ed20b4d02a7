/** Next.js, built by each of its bundlers: a route handler, a server component, a server action and `proxy.ts`. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { EDGE_GUARD, testClient } from './client.js';
import { assertToken, logged, ROOM, session, testEndpoint } from './endpoint.js';

const NEXT = 'node_modules/next/dist/bin/next';

/** @type {Record<string, [file: string, text: string, message: string | RegExp]>} */
const MISTAKES = {
  'a client component that imports the token module': [
    'page.tsx',
    `'use client';
    import { joinRoom } from '../../lib/tokens.ts';
    export default function Page() { return <p>{joinRoom.name}</p>; }`,
    /lib\/tokens\.ts[^]*server-only[^]*app\/added\/page\.tsx/,
  ],
  'a route for the edge runtime, with the message of the guard': [
    'route.ts',
    `import { createTokenBuilder } from '100ms-tokens';
    export const runtime = 'edge';
    export const GET = () => new Response(createTokenBuilder.name);`,
    EDGE_GUARD,
  ],
};

const MIDDLEWARE = `import { createTokenBuilder } from '100ms-tokens';
  export const middleware = () => new Response(createTokenBuilder.name);
  export const config = { matcher: '/rooms/:roomId/token' };`;

/** @param {import('./application.js').Application} app */
export function testNext(app) {
  /** @param {string} file */
  const inApp = (file) => path.join(app.folder, file);
  /** @param {import('./application.js').Env} env */
  const start = (env) => app.start((port) => [NEXT, 'start', '--hostname', '127.0.0.1', '--port', port], env);

  for (const bundler of ['turbopack', 'webpack']) {
    describe(`with ${bundler}`, () => {
      const build = [NEXT, 'build', `--${bundler}`];

      for (const [what, [name, text, message]] of Object.entries(MISTAKES)) {
        test(`does not build ${what}`, async () => {
          mkdirSync(inApp('app/added'));
          writeFileSync(inApp(`app/added/${name}`), text);
          await app.fails(build, message);
          rmSync(inApp('app/added'), { recursive: true });
        });
      }

      test('throws in middleware.ts, which runs in the edge runtime', async () => {
        renameSync(inApp('proxy.ts'), inApp('proxy.ts.aside')); // Next.js accepts only one of them
        writeFileSync(inApp('middleware.ts'), MIDDLEWARE);
        await app.build(build);
        const server = await start({});
        try {
          const response = await fetch(`${server.origin}/rooms/${ROOM}/token`, { method: 'POST' });
          assert.equal(response.status, 500);
          await logged(server, new RegExp(EDGE_GUARD));
        } finally {
          await server.stop();
        }
        rmSync(inApp('middleware.ts'));
        renameSync(inApp('proxy.ts.aside'), inApp('proxy.ts'));
      });

      describe('built', () => {
        before(async () => {
          rmSync(inApp('.next'), { recursive: true });
          await app.build(build);
        });

        describe('route handler', () => {
          testEndpoint({
            start,
            more(server) {
              test('a server component gets a token', async () => {
                const response = await fetch(`${server().origin}/rooms/${ROOM}`, { headers: session('ann') });
                const [token] = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/.exec(await response.text()) ?? [];
                assertToken(token, { user: 'ann', role: 'host' });
              });

              test('a server action gets a token', async () => {
                const manifest = JSON.parse(readFileSync(inApp('.next/server/server-reference-manifest.json'), 'utf8'));
                const [action = ''] = Object.keys(manifest.node);
                const response = await fetch(`${server().origin}/rooms/${ROOM}`, {
                  method: 'POST',
                  headers: { ...session('bob'), 'Next-Action': action, 'Content-Type': 'text/plain;charset=UTF-8' },
                  body: JSON.stringify([ROOM]),
                });
                const [, token] = /"token":"([^"]+)"/.exec(await response.text()) ?? [];
                assertToken(token, { user: 'bob', role: 'guest' });
              });

              testClient(app, { folder: '.next/static', by: 'page' }, server);
            },
          });
        });

        describe('proxy.ts', () => {
          testEndpoint({ start, at: (room) => `/by-proxy/rooms/${room}/token` });
        });
      });
    });
  }
}

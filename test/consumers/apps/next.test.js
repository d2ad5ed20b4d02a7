/** Next.js, built by each of its bundlers: a route handler, a server component, a server action and `proxy.ts`. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { application } from './support/application.js';
import { EDGE_GUARD, GUARD, guardedFile, page } from './support/client.js';
import { assertToken, logged, ROOM, session, testEndpoint } from './support/endpoint.js';

const app = application('next', { shared: 'lib' });
const next = 'node_modules/next/dist/bin/next';

/** @param {string} file */
const inApp = (file) => path.join(app.folder, file);

/**
 * Adds a file to the application while `use` runs.
 *
 * @param {string} file
 * @param {string} text
 * @param {() => Promise<void>} use
 */
async function withFile(file, text, use) {
  mkdirSync(path.dirname(inApp(file)), { recursive: true });
  writeFileSync(inApp(file), text);
  try {
    await use();
  } finally {
    rmSync(inApp(file));
    rmSync(inApp('app/added'), { recursive: true, force: true });
  }
}

/** @param {import('./support/application.js').Env} env */
const start = (env) => app.start((port) => [next, 'start', '--hostname', '127.0.0.1', '--port', port], env);

for (const bundler of ['turbopack', 'webpack']) {
  describe(`Next.js with ${bundler}`, () => {
    const build = () => {
      rmSync(inApp('.next'), { recursive: true, force: true });
      return app.run([next, 'build', `--${bundler}`]);
    };

    test('refuses to build a client component that imports the token module', async () => {
      const page = `'use client';
        import { joinRoom } from '../../lib/tokens.ts';
        export default function Page() { return <p>{joinRoom.name}</p>; }`;
      await withFile('app/added/page.tsx', page, async () => {
        const { status, output } = await build();
        assert.equal(status, 1, output);
        assert.match(output, /lib\/tokens\.ts[^]*server-only[^]*app\/added\/page\.tsx/);
      });
    });

    test('refuses to build a route for the edge runtime, with the words of the guard', async () => {
      const route = `import { createTokenBuilder } from '100ms-tokens';
        export const runtime = 'edge';
        export const GET = () => new Response(createTokenBuilder.name);`;
      await withFile('app/added/route.ts', route, async () => {
        const { status, output } = await build();
        assert.equal(status, 1, output);
        assert.ok(output.includes(EDGE_GUARD), output);
      });
    });

    test('has the guard in middleware.ts, which runs in the edge runtime', async () => {
      const middleware = `import { createTokenBuilder } from '100ms-tokens';
        export const middleware = () => new Response(createTokenBuilder.name);
        export const config = { matcher: '/rooms/:roomId/token' };`;
      renameSync(inApp('proxy.ts'), inApp('proxy.ts.aside')); // Next.js takes one of the two
      try {
        await withFile('middleware.ts', middleware, async () => {
          const { status, output } = await build();
          assert.equal(status, 0, output);
          const server = await start({});
          try {
            const response = await fetch(`${server.origin}/rooms/${ROOM}/token`, { method: 'POST' });
            assert.equal(response.status, 500);
            await logged(server, new RegExp(EDGE_GUARD));
          } finally {
            await server.stop();
          }
        });
      } finally {
        renameSync(inApp('proxy.ts.aside'), inApp('proxy.ts'));
      }
    });

    describe('built', () => {
      before(async () => {
        const { status, output } = await build();
        assert.equal(status, 0, output);
      });

      test('has the guard alone in what the browser gets', () => {
        guardedFile(inApp('.next/static'));
      });

      testEndpoint('route handler', {
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

          test('a page whose client code imports the package fails with the words of the guard', async () => {
            const { status, output } = await app.run([page, `${server().origin}/mistake`]);
            assert.equal(status, 1, output);
            assert.ok(output.includes(GUARD), output);
          });
        },
      });

      testEndpoint('proxy.ts', { start, at: (room) => `/by-proxy/rooms/${room}/token` });
    });
  });
}

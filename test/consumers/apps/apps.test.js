/**
 * Applications of imaginary users, built and started by the tools of their frameworks. Each serves tokens, and if its
 * client code imports the package by mistake, the client gets the guard. `node apps.test.js` tests all of them,
 * `node apps.test.js next wrangler` tests two.
 */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Application } from './support/application.js';
import { GUARD, guardedFile, testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';
import { testNext } from './support/next.js';

/** @param {string} name */
const helper = (name) => fileURLToPath(new URL(`support/${name}.js`, import.meta.url));

/**
 * By default, the `start` script serves an endpoint. `serve` replaces the script with arguments for Node.js.
 *
 * @typedef {import('./support/application.js').Options & Omit<import('./support/endpoint.js').Endpoint, 'start'> & {
 *   title: string;
 *   endpoint?: boolean;
 *   serve?: (port: string, env: import('../support/run.js').Env) => string[];
 *   client?: import('./support/client.js').Client;
 *   tests?: (app: Application) => void;
 * }} App
 */

/** @type {Record<string, App>} by folder */
const APPS = {
  astro: { title: 'Astro', shared: 'src/lib', client: { folder: 'dist/client', by: 'module' } },
  bun: { title: 'Bun.serve' },
  deno: { title: 'Deno.serve' },
  expo: {
    title: 'Expo Router',
    shared: 'server',
    cors: false, // `expo serve` allows every origin
    client: { folder: 'dist/client', by: 'page' },
  },
  express: { title: 'Express' },
  fastify: { title: 'Fastify' },
  firebase: {
    title: 'Cloud Functions for Firebase', // served by the Functions Framework, like in production
    env: { GCLOUD_PROJECT: 'demo-project' },
    tests: testFirebase,
  },
  'functions-framework': { title: 'Google Cloud Functions' },
  hono: { title: 'Hono' },
  lambda: {
    title: 'AWS Lambda', // served by the AWS runtime interface client
    compiled: ['aws-lambda-ric'], // needs cmake and a compiler
    serve: () => [helper('function-url'), 'node_modules/aws-lambda-ric/index.mjs', 'out/handler.handler'],
    cors: false, // configured in the function URL
  },
  metro: { title: 'React Native', endpoint: false, tests: testMetro },
  nest: { title: 'NestJS', shared: 'src' }, // compiled to CommonJS
  netlify: {
    title: 'Netlify Functions', // bundled by the Netlify tool, and called like in its runtime
    shared: 'server',
    serve: () => [helper('fetch-handler'), 'out/token/netlify/functions/token.mjs'],
  },
  next: { title: 'Next.js', shared: 'lib', endpoint: false, tests: testNext },
  'node-http': { title: 'node:http', cors: false },
  nuxt: { title: 'Nuxt', shared: 'server/lib', client: { folder: '.output/public' } }, // needs the page's import map
  'react-router': { title: 'React Router', shared: 'app', client: { folder: 'build/client', by: 'module' } },
  supabase: {
    title: 'Supabase Edge Functions', // in Deno, because the Supabase runtime isn't a package
    shared: 'functions/hms',
    at: (room) => `/hms/rooms/${room}/token`,
  },
  sveltekit: { title: 'SvelteKit', shared: 'src/lib/server', client: { folder: 'build/client', by: 'module' } },
  tanstack: { title: 'TanStack Start', shared: 'src/server', client: { folder: 'dist/client', by: 'module' } },
  wrangler: {
    title: 'Cloudflare Workers',
    serve: (port, env) => [
      ...['node_modules/wrangler/bin/wrangler.js', 'dev', '--local', '--ip', '127.0.0.1', '--port', port],
      ...Object.entries(env).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
  },
};

const named = process.argv.slice(2);
for (const name of named)
  assert.ok(name in APPS, `no application ${name}; choose from ${Object.keys(APPS).join(', ')}`);

for (const [name, { title, serve, client, tests, endpoint = true, at, cors, ...options }] of Object.entries(APPS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  describe(title, () => {
    const app = new Application(name, options);
    before(() => app.prepare());
    tests?.(app);
    /** @param {import('../support/run.js').Env} env */
    const start = (env) => app.start((port) => serve?.(port, env) ?? ['--run', 'start'], env);
    if (endpoint) testEndpoint({ start, at, cors, more: (server) => client && testClient(app, client, server) });
  });
}

/** @param {Application} app */
function testFirebase(app) {
  test('firebase deploy can list the functions without credentials', async () => {
    const args = ['node_modules/firebase-functions/lib/bin/firebase-functions.js', '.'];
    const server = await app.start(() => args, { FUNCTIONS_CONTROL_API: 'true' });
    try {
      const response = await fetch(`${server.origin}/__/functions.yaml`);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /HMS_SECRET/);
    } finally {
      await server.stop();
    }
  });
}

/** Bundles an app that imports the package by mistake, as React Native configures Metro. @param {Application} app */
function testMetro(app) {
  for (const platform of ['android', 'ios']) {
    test(`an app for ${platform} throws the guard's error when it starts`, async () => {
      const out = path.join(app.folder, 'out', platform);
      mkdirSync(out, { recursive: true });
      const how = ['--platform', platform, '--dev', 'false', '--minify', 'true', '--out', path.join(out, 'main.js')];
      await app.build(['node_modules/metro/src/cli.js', 'build', 'index.js', ...how]);
      await app.fails([guardedFile(out)], GUARD);
    });
  }
}

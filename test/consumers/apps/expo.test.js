/** Expo Router: an API route, and a page for the web whose client code imports the package by mistake. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { GUARD, guardedFile, page } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const expo = 'node_modules/expo/bin/cli';
const app = application('expo', { shared: 'server', binary: runtime('Node.js 22').binary });
await app.build([expo, 'export', '--platform', 'web']);

testEndpoint('Expo Router', {
  start: (env) => app.start((port) => [expo, 'serve', '--port', port], env),
  cors: false, // `expo serve` allows every origin
  more(server) {
    test('a page whose client code imports the package fails with the words of the guard', async () => {
      guardedFile(path.join(app.folder, 'dist/client'));
      const { status, output } = await app.run([page, `${server().origin}/mistake`]);
      assert.equal(status, 1, output);
      assert.ok(output.includes(GUARD), output);
    });
  },
});

/** Cloud Functions for Firebase: described for `firebase deploy`, and served by Google's framework, as in production. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('firebase', { binary: runtime('Node.js 22').binary });
await app.build(['node_modules/typescript/bin/tsc']);

test('firebase deploy can describe the functions without credentials', async () => {
  const server = await app.start(() => ['node_modules/firebase-functions/lib/bin/firebase-functions.js', '.'], {
    FUNCTIONS_CONTROL_API: 'true',
    GCLOUD_PROJECT: 'demo-project',
  });
  try {
    const response = await fetch(`${server.origin}/__/functions.yaml`);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    assert.match(text, /HMS_SECRET/);
  } finally {
    await server.stop();
  }
});

testEndpoint('Cloud Functions for Firebase', {
  start: (env) =>
    app.start(() => ['node_modules/@google-cloud/functions-framework/build/src/main.js', '--target=token'], {
      GCLOUD_PROJECT: 'demo-project',
      ...env,
    }),
});

/** Google Cloud Functions, by Google's own framework. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('functions-framework', { binary: runtime('Node.js 22').binary });
await app.build(['node_modules/typescript/bin/tsc']);

testEndpoint('Google Cloud Functions', {
  start: (env) =>
    app.start(() => ['node_modules/@google-cloud/functions-framework/build/src/main.js', '--target=token'], env),
});

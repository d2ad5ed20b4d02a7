/** React Router as a framework, served by its own server. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('react-router', { shared: 'app', binary: runtime('Node.js 22').binary });
await app.build(['node_modules/@react-router/dev/bin.js', 'build']);

testEndpoint('React Router', {
  start: (env) => app.start(() => ['node_modules/@react-router/serve/bin.js', 'build/server/index.js'], env),
});
testClient(app, 'build/client');

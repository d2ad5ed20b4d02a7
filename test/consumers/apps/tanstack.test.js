/** TanStack Start, served with srvx. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('tanstack', { shared: 'src/server', binary: runtime('Node.js 22').binary });
await app.build(['node_modules/vite/bin/vite.js', 'build']);

testEndpoint('TanStack Start', {
  start: (env) =>
    app.start(
      (port) => [
        'node_modules/srvx/bin/srvx.mjs',
        'serve',
        '--prod',
        '--host',
        '127.0.0.1',
        '--port',
        port,
        '--static',
        '../client',
        '--entry',
        'dist/server/server.js',
      ],
      env,
    ),
});
testClient(app, 'dist/client');

/** SvelteKit, with its adapter for Node.js. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('sveltekit', { shared: 'src/lib/server', binary: runtime('Node.js 22').binary });
await app.build(['node_modules/vite/bin/vite.js', 'build']);

testEndpoint('SvelteKit', { start: (env) => app.start(() => ['build/index.js'], env) });
testClient(app, 'build/client');

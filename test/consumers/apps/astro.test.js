/** Astro, with its adapter for Node.js. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('astro', { shared: 'src/lib', binary: runtime('Node.js 22').binary });
await app.build(['node_modules/astro/bin/astro.mjs', 'build']);

testEndpoint('Astro', { start: (env) => app.start(() => ['dist/server/entry.mjs'], env) });
testClient(app, 'dist/client');

/** Nuxt, built for a Node.js server. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testClient } from './support/client.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('nuxt', { shared: 'server/lib', binary: runtime('Node.js 22').binary });
await app.build(['node_modules/@nuxt/cli/bin/nuxi.mjs', 'build']);

testEndpoint('Nuxt', { start: (env) => app.start(() => ['.output/server/index.mjs'], env) });
testClient(app, '.output/public', { loads: false }); // it wants the import map of the page

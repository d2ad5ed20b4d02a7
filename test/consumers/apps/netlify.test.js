/** A Netlify function, bundled by Netlify's own tool, and called as its runtime calls it. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const serve = fileURLToPath(new URL('support/fetch-handler.js', import.meta.url));
const bundler = 'node_modules/@netlify/zip-it-and-ship-it/dist/bin.js';
const app = application('netlify', { shared: 'server', binary: runtime('Node.js 22').binary });
mkdirSync(path.join(app.folder, 'out'), { recursive: true });
await app.build([bundler, 'netlify/functions', 'out', '--archive-format', 'none']);

testEndpoint('Netlify Functions', {
  start: (env) => app.start(() => [serve, 'out/token/netlify/functions/token.mjs'], env),
});

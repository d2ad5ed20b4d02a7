/** Cloudflare Workers: built and served by Cloudflare's own tool, in its runtime. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('wrangler', { binary: runtime('Node.js 22').binary });

testEndpoint('wrangler dev', {
  start: (env) =>
    app.start((port) => {
      const vars = Object.entries(env).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
      return ['node_modules/wrangler/bin/wrangler.js', 'dev', '--local', '--ip', '127.0.0.1', '--port', port, ...vars];
    }, {}),
});

/** AWS Lambda: bundled by esbuild, and run by AWS's own runtime interface client, which takes cmake and a compiler. */

import { fileURLToPath } from 'node:url';

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const functionUrl = fileURLToPath(new URL('support/function-url.js', import.meta.url));
const app = application('lambda', { binary: runtime('Node.js 22').binary, compiled: ['aws-lambda-ric'] });

await app.build([
  'node_modules/esbuild/bin/esbuild',
  'handler.ts',
  '--bundle',
  '--platform=node',
  '--format=cjs',
  '--outfile=out/handler.cjs',
]);

testEndpoint('AWS Lambda', {
  start: (env) => app.start(() => [functionUrl, 'node_modules/aws-lambda-ric/index.mjs', 'out/handler.handler'], env),
  cors: false, // the function URL's own
});

/** NestJS, compiled to CommonJS. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('nest', { shared: 'src', binary: runtime('Node.js 22').binary });

await app.build(['node_modules/@nestjs/cli/bin/nest.js', 'build']);

testEndpoint('NestJS', { start: (env) => app.start(() => ['dist/main.js'], env) });

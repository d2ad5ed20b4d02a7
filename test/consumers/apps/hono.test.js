import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const app = application('hono', { binary: runtime('Node.js 22').binary }); // which runs TypeScript as it is

testEndpoint('Hono', { start: (env) => app.start(() => ['server.ts'], env) });

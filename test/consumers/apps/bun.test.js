import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const { binary, args } = runtime('Bun');
const app = application('bun', { binary });

testEndpoint('Bun.serve', { start: (env) => app.start(() => [...args(app.folder), 'server.ts'], env) });

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const { binary, args, env: own } = runtime('Deno');
const app = application('deno', { binary });

testEndpoint('Deno.serve', {
  start: (env) =>
    app.start(
      (port) => [
        ...args(app.folder),
        `--allow-net=127.0.0.1:${port}`,
        '--allow-env=HMS_ACCESS_KEY,HMS_SECRET,HOST,PORT',
        'server.ts',
      ],
      { ...own(app.folder), ...env },
    ),
});

/** A Supabase Edge Function, run by Deno alone: Supabase's own runtime is no package. */

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { testEndpoint } from './support/endpoint.js';

const { binary, args, env: own } = runtime('Deno');
const app = application('supabase', { shared: 'functions/hms', binary });

testEndpoint('Supabase Edge Functions', {
  start: (env) =>
    app.start(
      (port) => [
        ...args(app.folder),
        `--allow-net=127.0.0.1:${port}`,
        '--node-modules-dir=manual',
        '--allow-env=HMS_ACCESS_KEY,HMS_SECRET',
        'functions/hms/index.ts',
      ],
      { ...own(app.folder), ...env },
    ),
  at: (room) => `/hms/rooms/${room}/token`,
});

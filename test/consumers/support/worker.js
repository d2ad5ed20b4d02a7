/** Cloudflare's runtime: bundles a worker as Cloudflare's own tool does, and serves it on loopback. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { build } from 'esbuild';

import { workerd } from './runtimes.js';

const START_LIMIT = 30_000; // ms

/**
 * Bundles a worker with the options of wrangler (its `deployment-bundle/bundle.ts`): esbuild's default platform,
 * which is the browser, the conditions of a worker, and Node's modules left to the runtime.
 *
 * @param {string} entry
 * @param {string} outfile
 */
export async function bundleWorker(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    logLevel: 'silent',
  });
}

/**
 * Serves a bundled worker while `use` runs.
 *
 * @param {string} bundle
 * @param {Record<string, string>} bindings
 * @param {(origin: string) => Promise<void>} use
 */
export async function withWorker(bundle, bindings, use) {
  const config = path.join(path.dirname(bundle), 'config.capnp');
  writeFileSync(config, workerdConfig(path.basename(bundle), bindings));
  // It writes on file descriptor 3 which port the system gave it.
  const server = spawn(workerd, ['serve', config, '--control-fd=3'], {
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = once(server, 'close');
  try {
    await use(`http://127.0.0.1:${await listeningPort(server, ended)}`);
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {Promise<unknown[]>} ended
 * @returns {Promise<number>}
 */
async function listeningPort(server, ended) {
  let errors = '';
  server.stderr?.setEncoding('utf8').on('data', (text) => (errors += text));
  const control = createInterface({ input: /** @type {import('node:stream').Readable} */ (server.stdio[3]) });
  const timeout = AbortSignal.timeout(START_LIMIT);
  const [line] = await Promise.race([
    once(control, 'line', { signal: timeout }),
    ended.then(() => Promise.reject(new Error(`workerd ended before it listened: ${errors}`))),
  ]);
  return JSON.parse(line).port;
}

/**
 * @param {string} bundle
 * @param {Record<string, string>} bindings
 */
function workerdConfig(bundle, bindings) {
  const list = Object.entries(bindings).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  // From the compatibility date 2025-04-01 on, nodejs_compat puts text bindings into process.env too.
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed ${JSON.stringify(bundle)})],
  compatibilityDate = "2025-04-01",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [${list.join(', ')}],
);
`;
}

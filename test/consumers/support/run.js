/** Child processes: bounded in time, and with no environment but what a program needs to start and what is given. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// One that hangs fails its test instead of holding up all. In milliseconds:
const TIME_LIMIT = 600_000;
const START_LIMIT = 60_000;

// What else is set (CI, NODE_OPTIONS, credentials, and NODE_TEST_CONTEXT, which makes a `node --test` inside of another
// one do nothing) must not decide what a test sees.
const needed = Object.fromEntries(
  ['PATH', 'TMPDIR'].flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
);

/** The folder whose `node_modules` holds the packed package and all that uses it. */
export const home = fileURLToPath(new URL('..', import.meta.url));

/**
 * The path of a file of an installed package.
 *
 * @param {string} file such as `jest/bin/jest.js`
 */
export function installed(file) {
  return path.join(home, 'node_modules', file);
}

/**
 * @typedef {Record<string, string>} Env
 *
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {Env | undefined} [env]
 *
 * @typedef {object} Server
 * @property {string} origin
 * @property {() => string} log what it has written so far
 * @property {() => Promise<unknown>} stop
 */

/**
 * @param {string} binary
 * @param {string[]} args
 * @param {Options} [options]
 */
function launch(binary, args, { cwd = home, env = {} } = {}) {
  const child = spawn(binary, args, {
    cwd,
    env: { ...needed, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that what it starts is stopped with it
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text));
  const ended = once(child, 'close');
  const running = () => child.exitCode === null && child.signalCode === null;
  const kill = () => {
    if (child.pid !== undefined && running()) process.kill(-child.pid, 'SIGKILL');
  };
  return { output, ended, running, kill };
}

/**
 * Runs a program to its end, however it ends.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<{ status: number | null; stdout: string; stderr: string }>} `status` is null after a signal
 */
export async function attempt(binary, args, options) {
  const { output, ended, kill } = launch(binary, args, options);
  const timer = setTimeout(kill, TIME_LIMIT);
  const [status] = await ended;
  clearTimeout(timer);
  return { status, ...output };
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<string>} its standard output
 */
export async function run(binary, args, options) {
  const { status, stdout, stderr } = await attempt(binary, args, options);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/**
 * Starts a server on a free port of the loopback interface, and waits until it answers, with a 404 if it likes.
 *
 * @param {string} binary
 * @param {(port: string) => string[]} args
 * @param {Options} [options]
 * @returns {Promise<Server>}
 */
export async function serve(binary, args, options) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { output, ended, running, kill } = launch(binary, args(port), {
    ...options,
    env: { HOST: '127.0.0.1', PORT: port, ...options?.env },
  });
  const log = () => output.stdout + output.stderr;
  for (const start = Date.now(); ; await sleep(100)) {
    if (await fetch(origin, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)) break;
    if (running() && Date.now() - start < START_LIMIT) continue;
    kill();
    throw new Error(`it did not start: ${log()}`);
  }
  return {
    origin,
    log,
    stop() {
      kill();
      return ended;
    },
  };
}

/** @returns {Promise<string>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return String(port);
}

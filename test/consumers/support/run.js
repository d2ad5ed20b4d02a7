/** Child processes with a time limit and a minimal environment. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const TIME_LIMIT = 600_000; // ms
const START_LIMIT = 60_000; // ms

// Other variables must not change a result: CI, NODE_OPTIONS, credentials, or NODE_TEST_CONTEXT, which makes a nested
// `node --test` do nothing.
const needed = Object.fromEntries(
  ['PATH', 'TMPDIR'].flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
);

/** The folder whose `node_modules` has the packed package and everything that uses it. */
export const home = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} file of an installed package, such as `jest/bin/jest.js` */
export function installed(file) {
  return path.join(home, 'node_modules', file);
}

/**
 * @typedef {Record<string, string>} Env
 * @typedef {{ cwd?: string; env?: Env | undefined }} Options
 * @typedef {{ origin: string; log: () => string; stop: () => Promise<unknown> }} Server with its output so far
 */

/** @param {string} binary @param {string[]} args @param {Options} [options] */
function launch(binary, args, { cwd = home, env = {} } = {}) {
  const child = spawn(binary, args, {
    cwd,
    env: { ...needed, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // its own process group, so that its children stop with it
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
 * Runs a program to its end. `status` is null after a signal.
 *
 * @param {[binary: string, args: string[], options?: Options]} program
 * @returns {Promise<{ status: number | null; stdout: string; stderr: string }>}
 */
export async function attempt(...program) {
  const { output, ended, kill } = launch(...program);
  const timer = setTimeout(kill, TIME_LIMIT);
  const [status] = await ended;
  clearTimeout(timer);
  return { status, ...output };
}

/** Returns the output of a program that must succeed. @param {Parameters<typeof attempt>} program */
export async function run(...program) {
  const { status, stdout, stderr } = await attempt(...program);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/**
 * Starts a server on a free port of the loopback interface, and waits until it answers, with any status.
 *
 * @param {string} binary @param {(port: string) => string[]} args @param {Options} [options] @returns {Promise<Server>}
 */
export async function serve(binary, args, options) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = String(/** @type {import('node:net').AddressInfo} */ (probe.address()).port);
  await new Promise((resolve) => probe.close(resolve));

  const origin = `http://127.0.0.1:${port}`;
  const env = { HOST: '127.0.0.1', PORT: port, ...options?.env };
  const { output, ended, running, kill } = launch(binary, args(port), { ...options, env });
  const log = () => output.stdout + output.stderr;
  const stop = () => {
    kill();
    return ended;
  };
  for (const start = Date.now(); ; await sleep(100)) {
    if (await fetch(origin, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)) break;
    if (running() && Date.now() - start < START_LIMIT) continue;
    kill();
    throw new Error(`the server did not start: ${log()}`);
  }
  return { origin, log, stop };
}

/** Runs the programs of users' projects as the processes that they are. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder whose `node_modules` holds the packed package and all that uses it. */
export const home = fileURLToPath(new URL('..', import.meta.url));

// No more than a program needs to start: what else is set (CI, NODE_OPTIONS, credentials, and NODE_TEST_CONTEXT,
// which makes a `node --test` inside of another one do nothing) must not decide what a test sees.
const NEEDED = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP', 'USERPROFILE'];
const env = Object.fromEntries(NEEDED.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));

/**
 * Runs `node` and waits for its end.
 *
 * @param {string[]} args flags, then the script as a path from `home`, then its arguments
 * @param {{ cwd?: string }} [options] `cwd` as a path from `home`
 * @returns {Promise<{ status: number | null, stdout: string, stderr: string }>} `status` is null after a signal
 */
export async function node(args, { cwd = '.' } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: path.join(home, cwd),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000, // milliseconds: one that hangs fails its test instead of holding up all
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { status, ...output };
}

/**
 * The path of a file of an installed package.
 *
 * @param {string} file such as `jest/bin/jest.js`
 */
export function installed(file) {
  return path.join(home, 'node_modules', file);
}

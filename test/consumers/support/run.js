/** Child processes: bounded in time, and with no environment but what a program needs to start and what is given. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const TIME_LIMIT = 300_000; // ms: one that hangs fails its test instead of holding up all

// What else is set (CI, NODE_OPTIONS, credentials, and NODE_TEST_CONTEXT, which makes a `node --test` inside of another
// one do nothing) must not decide what a test sees.
const NEEDED = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot'];
const needed = Object.fromEntries(NEEDED.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));

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
 * Runs a program to its end, however it ends.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {{ cwd?: string; env?: Record<string, string> }} [options]
 * @returns {Promise<{ status: number | null; stdout: string; stderr: string }>} `status` is null after a signal
 */
export async function attempt(binary, args, { cwd = home, env = {} } = {}) {
  const child = spawn(binary, args, {
    cwd,
    env: { ...needed, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIME_LIMIT,
    killSignal: 'SIGKILL',
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text));
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { status, ...output };
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {{ cwd?: string; env?: Record<string, string> }} [options]
 * @returns {Promise<string>} its standard output
 */
export async function run(binary, args, options) {
  const { status, stdout, stderr } = await attempt(binary, args, options);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

/** Child processes: bounded in time, and with no environment but the one given. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIME_LIMIT = 60_000; // ms; each of these programs takes less than 2 s on two busy cores

/**
 * Runs a program to its end.
 *
 * @param {string} binary
 * @param {string[]} args
 * @param {{ cwd?: string; env?: Record<string, string> }} [options] `env` is the whole environment of the child
 * @returns {Promise<string>} its standard output; rejects if the exit status is not 0
 */
export async function run(binary, args, { cwd, env = {} } = {}) {
  const { stdout } = await promisify(execFile)(binary, args, { cwd, env, timeout: TIME_LIMIT });
  return stdout;
}

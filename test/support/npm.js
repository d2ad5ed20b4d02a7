/** Runs npm as a child process, on Windows too. */

import { execFileSync, execSync } from 'node:child_process';
import process from 'node:process';

/**
 * Returns the standard output of npm.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, stdio?: import('node:child_process').StdioOptions }} [options]
 */
export function npm(args, options) {
  const all = { encoding: /** @type {const} */ ('utf8'), ...options };
  // On Windows npm is a batch file, which needs a shell, and quotes around paths with spaces.
  return process.platform === 'win32'
    ? execSync(`npm ${args.map((arg) => `"${arg}"`).join(' ')}`, all)
    : execFileSync('npm', args, all);
}

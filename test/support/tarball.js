/** The package as users get it: packed from what was built, and put into a folder of theirs. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Packs the built package.
 *
 * @param {string} destination an existing folder
 * @returns {string} the path of the tarball
 */
export function pack(destination) {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', destination];
  const output = execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  return path.join(destination, output.trim().split('\n').at(-1) ?? '');
}

/**
 * Packs the built package and unpacks it as `node_modules/100ms-tokens` of a folder, as an install would.
 *
 * @param {string} project the folder
 */
export function installInto(project) {
  const scratch = mkdtempSync(path.join(tmpdir(), '100ms-tokens-'));
  try {
    const target = path.join(project, 'node_modules', '100ms-tokens');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', pack(scratch), '-C', target, '--strip-components=1']);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

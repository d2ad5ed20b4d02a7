/** What must be there before anything can be measured: the rivals, and this package as npm would install it. */

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { installInto } from '../support/tarball.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(folder, '..', '..');

/** Installs the rivals unless they are, builds this package and installs it beside them. */
export function prepare() {
  if (!rivalsAreInstalled()) npm(folder, 'ci', '--ignore-scripts');
  npm(root, 'run', 'build');
  installInto(folder);
}

function rivalsAreInstalled() {
  const installed = path.join(folder, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(path.join(folder, 'package-lock.json')).mtimeMs
  );
}

function npm(cwd, ...args) {
  execFileSync('npm', [...args, '--silent'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

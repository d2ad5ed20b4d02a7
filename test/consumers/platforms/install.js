/** Installs the runtimes and bundlers beside this file, unless what the lock file asks for is there already. */

import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('./', import.meta.url);
const changed = (name) => statSync(new URL(name, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes the second file at the end of an installation that succeeded.
if (changed('package-lock.json') >= changed('node_modules/.package-lock.json')) {
  // No script is needed: every binary is in a package of its own. --include, since tests are the purpose of this folder.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd: fileURLToPath(folder), stdio: 'inherit', shell: process.platform === 'win32' });
}

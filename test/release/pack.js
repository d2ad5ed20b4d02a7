/**
 * Packs this checkout and a clean clone of its commit, and compares the tarballs, so that anyone can reproduce a
 * release byte for byte. `npm run pack:check -- FOLDER` also copies the tarball to FOLDER.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { npm } from '../support/npm.js';
import { pack } from '../support/tarball.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), '100ms-tokens-pack-'));
try {
  const clone = path.join(scratch, 'a-clone-in-another-folder');
  execFileSync('git', ['clone', '--quiet', root, clone], { stdio: ['ignore', 'ignore', 'inherit'] });
  npm(['ci', '--ignore-scripts', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--silent'], {
    cwd: clone,
  });
  npm(['run', 'build', '--silent'], { cwd: clone });

  const tarball = pack(scratch);
  const bytes = readFileSync(tarball);
  if (!bytes.equals(readFileSync(pack(clone, clone)))) {
    throw new Error('the tarball of a clean clone differs; run npm run build, commit your changes, and try again');
  }

  const name = path.basename(tarball);
  const integrity = createHash('sha512').update(bytes).digest('base64');
  console.log(`${name}: packed twice, identical: ${String(bytes.length)} bytes\nsha512-${integrity}`);
  const destination = process.argv[2];
  if (destination !== undefined) {
    mkdirSync(destination, { recursive: true });
    copyFileSync(tarball, path.join(destination, name));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

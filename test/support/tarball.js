/** Packs the built package and installs it like a user would. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { npm } from './npm.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the path of the tarball. @param {string} destination a folder @param {string} [project] a built clone */
export function pack(destination, project = root) {
  const output = npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', destination], { cwd: project });
  return path.join(destination, output.trim().split('\n').at(-1) ?? '');
}

/** Packs the built package and unpacks it into `node_modules/100ms-tokens` of a folder. @param {string} project */
export function installInto(project) {
  const scratch = mkdtempSync(path.join(tmpdir(), '100ms-tokens-'));
  try {
    const target = path.join(project, 'node_modules', '100ms-tokens');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    // Standard input, because GNU tar reads the C: of a Windows path as a host name.
    execFileSync('tar', ['-xzf', '-', '--strip-components=1'], { cwd: target, input: readFileSync(pack(scratch)) });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

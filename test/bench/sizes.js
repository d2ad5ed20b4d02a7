/** What a contender weighs: in a bundle, and in packages. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { compare } from './compare.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** @type {(json: string) => { dependencies?: Record<string, string> }} */
const parseManifest = JSON.parse;

/**
 * @param {import('./contenders.js').Contender[]} contenders which to weigh; one that installs nothing weighs nothing
 * @returns {Promise<import('./results.js').Sizes>}
 */
export async function measureSizes(contenders) {
  const libraries = contenders.filter(({ packages }) => packages.length > 0);
  return {
    bundle: await compare(
      libraries.map(({ name, file }) => [name, () => bundledSize(file)]),
      1,
    ),
    packages: await compare(
      libraries.map(({ name, packages }) => [name, () => countPackages(packages)]),
      1,
    ),
  };
}

/** @param {string} file */
async function bundledSize(file) {
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, 'contenders', file)],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}

/** @param {string[]} packages */
function countPackages(packages) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const directory of packages) addPackage(path.join(folder, directory), found);
  return found.size;
}

/**
 * Adds a package and all that it depends on, found as Node.js finds them.
 *
 * @param {string} directory
 * @param {Set<string>} found
 */
function addPackage(directory, found) {
  if (found.has(directory)) return;
  found.add(directory);
  const { dependencies = {} } = parseManifest(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    let base = directory;
    while (!existsSync(path.join(base, 'node_modules', name))) base = path.dirname(base);
    addPackage(path.join(base, 'node_modules', name), found);
  }
}

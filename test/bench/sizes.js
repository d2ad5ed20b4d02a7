/** What a contender weighs: in a bundle, and in node_modules. */

import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {import('./contenders.js').Contender[]} contenders which to weigh, this package first; floors weigh nothing
 * @returns {Promise<import('./results.js').Results['sizes']>}
 */
export async function measureSizes(contenders) {
  const sizes = [];
  for (const { name, file, packages, floor } of contenders) {
    if (floor) continue;
    const tree = packages.reduce((found, name) => addPackage(name, folder, found), new Set());
    const installed = [...tree].reduce((sum, directory) => sum + sizeOnDisk(directory), 0);
    sizes.push({
      name,
      bundled: await bundledSize(path.join(folder, 'contenders', file)),
      installed,
      packages: tree.size,
    });
  }
  const [own] = sizes;
  const each = (key) =>
    Object.fromEntries(sizes.map((size) => [size.name, { value: size[key], ratio: size[key] / own[key] }]));
  return { bundled: each('bundled'), installed: each('installed'), packages: each('packages') };
}

async function bundledSize(entry) {
  const options = { bundle: true, minify: true, platform: 'node', format: 'esm', write: false };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return gzipSync(outputFiles[0].contents).length;
}

/** Adds the folder of a package and of all that it depends on, found as Node.js finds them. */
function addPackage(name, from, found) {
  let base = from;
  while (!existsSync(path.join(base, 'node_modules', name))) base = path.dirname(base);
  const directory = path.join(base, 'node_modules', name);
  if (found.has(directory)) return found;
  found.add(directory);
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  return Object.keys(dependencies).reduce((all, dependency) => addPackage(dependency, directory, all), found);
}

/** Bytes of all files of a package, but not of packages installed inside it, which count for themselves. */
function sizeOnDisk(directory) {
  return readdirSync(directory, { withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + sizeOnDisk(file);
    return sum + lstatSync(file).size;
  }, 0);
}

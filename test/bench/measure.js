/** What is measured: how long a token takes, and a process that makes one, and what a contender weighs. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { compare, timeOf } from './compare.js';
import { mintApp } from './contenders/100ms-tokens.js';
import { asciiUserId, nonAsciiUserId } from './subject.js';

/** @import { Contender } from './contenders.js' */

const folder = fileURLToPath(new URL('.', import.meta.url));

const USER_IDS = [1, 4096, 65_536].map((length) => 'u'.repeat(length));

/**
 * @param {Contender[]} contenders
 * @param {number} rounds how often each is measured
 */
export async function measureSpeed(contenders, rounds) {
  const token = mintApp(asciiUserId);
  /** @param {[name: string, call: () => unknown][]} calls */
  const race = (calls) =>
    compare(
      calls.map(([name, call]) => [name, () => timeOf(call)]),
      rounds,
    );
  return {
    app: await race(contenders.map(({ name, mintApp }) => [name, () => mintApp(asciiUserId)])),
    appNonAscii: await race(contenders.map(({ name, mintApp }) => [name, () => mintApp(nonAsciiUserId)])),
    management: await race(contenders.map(({ name, mintManagement }) => [name, mintManagement])),
    cached: await race(contenders.flatMap(({ name, cachedManagement: call }) => (call ? [[name, call]] : []))),
    verify: await race(contenders.flatMap(({ name, verify }) => (verify ? [[name, () => verify(token)]] : []))),
    bytes: await race(USER_IDS.map((userId) => [String(userId.length), () => mintApp(userId)])),
  };
}

/**
 * What a cold start costs: whole fresh processes, from start to exit, in turn.
 *
 * @param {Contender[]} contenders
 * @param {number} imports how often the two that only import are started: a few per cent are between them
 * @param {number} rounds how often the others are
 */
export async function measureColdStart(contenders, imports, rounds) {
  const importing = ['node:crypto', '100ms-tokens'].map((name) => ({ name, program: `import '${name}';` }));
  const minting = contenders.map(({ name, file }) => ({
    name,
    program: `import { mintApp } from './contenders/${file}'; await mintApp('${asciiUserId}');`,
  }));
  /** @param {typeof minting} programs @param {number} rounds */
  const race = (programs, rounds) =>
    compare(
      programs.map(({ name, program }) => [name, () => timeOfProcess(program)]),
      rounds,
    );
  return { importing: await race(importing, imports), minting: await race(minting, rounds) };
}

/** @param {string} program */
function timeOfProcess(program) {
  const start = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
  return (performance.now() - start) * 1e6;
}

/** @param {Contender[]} contenders which to weigh; one that installs nothing weighs nothing */
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

/**
 * Counts packages and all that they depend on, found as Node.js finds them.
 *
 * @param {string[]} packages their folders
 */
function countPackages(packages) {
  /** @type {(json: string) => { dependencies?: Record<string, string> }} */
  const parse = JSON.parse;
  const found = new Set(packages.map((directory) => path.join(folder, directory)));
  for (const directory of found) {
    const { dependencies = {} } = parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) {
      let base = directory;
      while (!existsSync(path.join(base, 'node_modules', name))) base = path.dirname(base);
      found.add(path.join(base, 'node_modules', name)); // whose own turn comes later
    }
  }
  return found.size;
}

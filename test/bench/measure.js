/** Measures the time to create and verify a token, the start of a process, and the size of a contender. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { compare, timeOf } from './compare.js';
import { asciiUserId, nonAsciiUserId } from './subject.js';

/** @import { Contender } from './contenders.js' */

const folder = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {Contender[]} contenders
 * @param {{ rounds: number, processes: number }} effort how often each call is measured, and how many processes
 */
export async function measure(contenders, { rounds, processes }) {
  const token = (await contenders[0]?.createToken(asciiUserId)) ?? '';
  /** @param {(contender: Contender) => (() => unknown) | undefined} pick */
  const time = (pick) => compare(subjects(contenders, pick), timeOf, rounds);
  const start = `await createToken('${asciiUserId}')`;
  const programs = subjects(contenders, ({ file }) => `import { createToken } from './contenders/${file}'; ${start};`);
  const files = subjects(contenders, ({ file, packages }) => packages && file);
  const packages = subjects(contenders, ({ packages }) => packages);
  return {
    ascii: await time(
      ({ createToken }) =>
        () =>
          createToken(asciiUserId),
    ),
    nonAscii: await time(
      ({ createToken }) =>
        () =>
          createToken(nonAsciiUserId),
    ),
    verify: await time(({ verify }) => verify && (() => verify(token))),
    coldStart: await compare(programs, timeOfProcess, processes),
    bundle: await compare(files, bundledSize, 1),
    packages: await compare(packages, countPackages, 1),
  };
}

/**
 * Returns the property to measure of each contender that has it.
 *
 * @template T
 * @param {Contender[]} contenders
 * @param {(contender: Contender) => T | undefined} pick
 * @returns {Record<string, T>}
 */
function subjects(contenders, pick) {
  return Object.fromEntries(
    contenders.flatMap((contender) => {
      const subject = pick(contender);
      return subject === undefined ? [] : [[contender.name, subject]];
    }),
  );
}

/**
 * Runs a program in its own process, and returns the nanoseconds from start to exit.
 *
 * @param {string} program
 */
export function timeOfProcess(program) {
  const start = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
  return (performance.now() - start) * 1e6;
}

/** @param {string} file */
async function bundledSize(file) {
  const entryPoints = [path.join(folder, 'contenders', file)];
  const options = /** @type {const} */ ({ bundle: true, minify: true, platform: 'node', format: 'esm', write: false });
  const { outputFiles } = await build({ entryPoints, ...options });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}

/**
 * Counts packages and their dependencies, which it finds the way Node.js does.
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
      found.add(path.join(base, 'node_modules', name)); // the loop reaches it later
    }
  }
  return found.size;
}

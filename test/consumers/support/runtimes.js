/** The runtimes, each the real program out of a registry package. */

import { createRequire } from 'node:module';

import { installed } from './run.js';

const require = createRequire(import.meta.url);
const { platform, arch } = process;

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {string} binary
 * @property {RegExp} version what `--version` must print
 * @property {string[]} [args] stand before the name of the program, which is run from its folder
 * @property {string[]} [environmentArgs] more of them, for a program that reads the environment
 * @property {Record<string, string>} [env]
 */

/** @type {Runtime[]} */
export const runtimes = [
  ...[18, 20, 22, 24, 26].map((major) => ({
    name: `Node.js ${major}`,
    // Straight from the platform's package: the package `node` fetches it in an install script of its own.
    binary: installed(`node${major}-${platform}-${arch}/bin/node`),
    version: new RegExp(String.raw`^v${major}\.`),
  })),
  {
    name: 'Bun',
    binary: installed(`@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`),
    version: /^1\./,
    args: ['--no-install'], // else it would look on the network for what it does not find
  },
  {
    name: 'Deno',
    binary: installed(`@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}/deno`),
    version: /^deno 2\./,
    // No permission but to read the project; what is not permitted is refused rather than asked for.
    args: ['run', '--no-prompt', '--cached-only', '--no-lock', '--allow-read=.'],
    environmentArgs: ['--allow-env=HMS_ACCESS_KEY,HMS_SECRET'],
    env: { DENO_DIR: '.deno', DENO_NO_UPDATE_CHECK: '1' },
  },
];

/** @param {string} name */
export function runtime(name) {
  const found = runtimes.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no runtime ${name}`);
  return found;
}

/** The program of Cloudflare Workers. */
export const workerd = require('workerd').default;

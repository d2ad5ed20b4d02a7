/** The runtimes, as binaries from registry packages. */

import { createRequire } from 'node:module';

import { installed } from './run.js';

const { platform, arch } = process;

/**
 * `args` go before the name of a program, and `environmentArgs` too if it reads the environment.
 *
 * @typedef {Partial<{ args: string[]; environmentArgs: string[]; env: Record<string, string> }>} How
 * @type {({ name: string; binary: string; version: RegExp } & How)[]}
 */
export const runtimes = [
  // The oldest is 20.12 on Linux for x64. The registry has no binary of it for other platforms.
  ...['20.1[28]', '22', '24', '26'].map((version) => ({
    name: `Node.js ${version.slice(0, 2)}`,
    // The platform's package, because the package `node` downloads it in an install script.
    binary: installed(`node${version.slice(0, 2)}-${platform}-${arch}/bin/node`),
    version: new RegExp(String.raw`^v${version}\.`),
  })),
  {
    name: 'Bun',
    binary: installed(`@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`),
    version: /^1\./,
    args: ['--no-install'], // otherwise Bun downloads missing packages
  },
  {
    name: 'Deno',
    binary: installed(`@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}/deno`),
    version: /^deno 2\./,
    // The only permission is to read the project. Deno denies others instead of asking.
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

/** The binary of Cloudflare Workers. @type {string} */
export const workerd = createRequire(import.meta.url)('workerd').default;

/** An imaginary user's application, installed, built and started by the scripts in its package.json. */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { npm } from '../../../support/npm.js';
import { installInto } from '../../../support/tarball.js';
import { attempt, home, serve } from '../../support/run.js';
import { runtime } from '../../support/runtimes.js';

/**
 * @typedef {import('../../support/run.js').Env} Env
 *
 * @typedef {object} Options
 * @property {string} [shared] the folder for a copy of `shared/`
 * @property {string[]} [compiled] dependencies with an install script that compiles them; no other scripts run
 * @property {Env} [env] for its tools and its server
 */

const { binary } = runtime('Node.js 22'); // runs TypeScript
const PATH = [...['Node.js 22', 'Bun', 'Deno'].map((name) => path.dirname(runtime(name).binary)), process.env['PATH']];

// No telemetry and no update checks.
const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  CI: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  DENO_NO_UPDATE_CHECK: '1',
  DO_NOT_TRACK: '1',
  EXPO_NO_TELEMETRY: '1',
  EXPO_OFFLINE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
};

export class Application {
  #name;
  #options;

  /** @param {string} name of its folder @param {Options} options */
  constructor(name, options) {
    this.#name = name;
    this.#options = options;
    /** A copy in which the application is built and run. Installed packages stay. */
    this.folder = path.join(home, 'built', name);
  }

  /** Installs the dependencies and the packed package, copies `shared/`, and runs the build script if there is one. */
  async prepare() {
    const { folder } = this;
    const { shared = '.', compiled = [] } = this.#options;
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) {
      if (file !== 'node_modules') rmSync(path.join(folder, file), { recursive: true });
    }
    cpSync(path.join(home, 'apps', this.#name), folder, { recursive: true, preserveTimestamps: true });
    cpSync(path.join(home, 'apps/shared'), path.join(folder, shared), { recursive: true });
    const { scripts, dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (dependencies?.['100ms-tokens'] === undefined) install(folder, compiled); // otherwise it's the only dependency
    installInto(folder);
    if (scripts?.build !== undefined) await this.build(['--run', 'build']);
  }

  /** @param {Env} env */
  #own(env) {
    const own = { HOME: homedir(), PATH: PATH.join(path.delimiter), DENO_DIR: path.join(this.folder, '.deno') };
    return { cwd: this.folder, env: { ...own, ...QUIET, ...this.#options.env, ...env } };
  }

  /** Runs Node.js, which must succeed. @param {string[]} args */
  async build(args) {
    const { status, stdout, stderr } = await attempt(binary, args, this.#own({}));
    assert.equal(status, 0, stdout + stderr);
  }

  /** Runs Node.js, which must fail with a message. @param {string[]} args @param {string | RegExp} message */
  async fails(args, message) {
    const { status, stdout, stderr } = await attempt(binary, args, this.#own({}));
    const output = stdout + stderr;
    assert.equal(status, 1, output);
    assert.ok(typeof message === 'string' ? output.includes(message) : message.test(output), output);
  }

  /** Starts a server. @param {(port: string) => string[]} args @param {Env} env */
  start(args, env) {
    return serve(binary, args, this.#own(env));
  }
}

/** @param {string} folder @param {string[]} compiled */
function install(folder, compiled) {
  /** @param {string} file */
  const changed = (file) => statSync(path.join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // npm writes the second file at the end of a successful installation.
  if (changed('package.json') < changed('node_modules/.package-lock.json')) return;
  const flags = '--no-package-lock --ignore-scripts --include=dev --include=optional --no-audit --no-fund'.split(' ');
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'ignore', 'inherit'];
  npm(['install', ...flags], { cwd: folder, stdio });
  if (compiled.length > 0) npm(['rebuild', ...compiled], { cwd: folder, stdio });
}

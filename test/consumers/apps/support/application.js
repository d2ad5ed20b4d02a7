/** An application of an imaginary user: installed, built and started by its framework's own tools. */

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { installInto } from '../../../support/tarball.js';

/**
 * @typedef {object} Ended
 * @property {number | null} status null after a signal
 * @property {string} output standard output and standard error
 *
 * @typedef {object} Server
 * @property {string} origin
 * @property {() => string} log what it has written so far
 * @property {() => Promise<void>} stop
 *
 * @typedef {Record<string, string>} Env
 *
 * @typedef {ReturnType<typeof application>} Application
 */

const apps = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';

const BUILD_LIMIT = 600_000; // ms: what hangs fails its test instead of holding up all
const START_LIMIT = 60_000; // ms

// No more than a tool needs: what else is set (credentials, NODE_OPTIONS, NODE_TEST_CONTEXT) must not decide what a
// test sees. Nothing is reported to anyone, and nothing looked up.
const NEEDED = ['HOME', 'TMPDIR', 'SystemRoot', 'TEMP', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'];
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

/**
 * Installs the application that lies in a folder beside this one: what its lock file asks for, the packed package, and
 * a copy of `shared/`.
 *
 * @param {string} name of the folder
 * @param {object} [options]
 * @param {string} [options.shared] where in the folder the copy goes
 * @param {string} [options.binary] the program that runs its tools and its server
 * @param {string[]} [options.compiled] dependencies that an install script compiles; no other script is run
 */
export function application(name, { shared = '.', binary = process.execPath, compiled = [] } = {}) {
  const folder = path.join(apps, name);
  install(folder, compiled);
  installInto(folder);
  cpSync(path.join(apps, 'shared'), path.join(folder, shared), { recursive: true });

  /** @param {string[]} args @param {Env} env */
  const launch = (args, env) => {
    const PATH = [path.dirname(binary), process.env['PATH']].join(path.delimiter);
    const needed = NEEDED.flatMap((key) => (key in process.env ? [[key, process.env[key]]] : []));
    return spawn(binary, args, {
      cwd: folder,
      env: { ...Object.fromEntries(needed), PATH, ...QUIET, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows, // a process group of its own, so that what it starts is stopped with it
    });
  };

  return {
    folder,

    /**
     * Runs a program to its end.
     *
     * @param {string[]} args the script and its arguments, as from the folder
     * @param {Env} [env]
     * @returns {Promise<Ended>}
     */
    async run(args, env = {}) {
      const child = launch(args, env);
      const output = collect(child);
      const timer = setTimeout(() => void stop(child), BUILD_LIMIT);
      const [status] = await once(child, 'close');
      clearTimeout(timer);
      return { status, output: output() };
    },

    /**
     * Runs a program that must succeed: a build, without credentials.
     *
     * @param {string[]} args
     * @param {Env} [env]
     */
    async build(args, env) {
      const { status, output } = await this.run(args, env);
      assert.equal(status, 0, output);
    },

    /**
     * Starts a server on a free port of the loopback interface, and waits until it answers.
     *
     * @param {(port: string) => string[]} args
     * @param {Env} env
     * @returns {Promise<Server>}
     */
    async start(args, env) {
      const port = await freePort();
      const own = { DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, HOST: '127.0.0.1', PORT: port };
      const child = launch(args(port), { ...own, ...env });
      const log = collect(child);
      const origin = `http://127.0.0.1:${port}`;
      try {
        await answering(origin, child);
      } catch (error) {
        await stop(child);
        throw new Error(`${name} did not start: ${log()}`, { cause: error });
      }
      return { origin, log, stop: () => stop(child) };
    },
  };
}

/** @param {string} folder @param {string[]} compiled */
function install(folder, compiled) {
  /** @param {string} file */
  const changed = (file) => statSync(path.join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  /** @param {string[]} args */
  const npm = (...args) =>
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: windows });

  if (changed('package-lock.json') === 0) return; // it needs nothing but the package
  // npm writes the second file at the end of an installation that succeeded.
  if (changed('package-lock.json') < changed('node_modules/.package-lock.json')) return;
  npm('ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund');
  if (compiled.length > 0) npm('rebuild', ...compiled);
}

/** @param {import('node:child_process').ChildProcess} child */
function collect({ stdout, stderr }) {
  let text = '';
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  return () => text;
}

/**
 * Stops a program and what it has started.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
async function stop(child) {
  const { pid } = child;
  if (pid === undefined) return;
  const running = child.exitCode === null && child.signalCode === null;
  const closed = running ? once(child, 'close') : undefined;
  if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else if (running) process.kill(-pid, 'SIGKILL');
  await closed;
}

/** @returns {Promise<string>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return String(port);
}

/**
 * @param {string} origin
 * @param {import('node:child_process').ChildProcess} child
 */
async function answering(origin, child) {
  const giveUp = AbortSignal.timeout(START_LIMIT);
  for (;;) {
    giveUp.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    // Any answer will do, a 404 too.
    const answer = await fetch(origin, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(100);
  }
}

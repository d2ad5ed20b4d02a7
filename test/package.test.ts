/** The package as users get it: packed, and installed into an empty folder. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { npm } from './support/npm.js';
import { pack } from './support/tarball.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-package-'));
const installed = path.join(folder, 'node_modules', '100ms-tokens');
// The variables that a program needs to start. Others, such as NODE_OPTIONS, must not change a result.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(path|home|systemroot)$/i.test(name)));

function run(file: string, cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

function runText(name: string, text: string) {
  writeFileSync(path.join(folder, name), text);
  return run(name);
}

beforeAll(() => {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', pack(folder)], { cwd: folder });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ['mjs', 'import * as tokens from "100ms-tokens";', 'import(entry)'],
  ['cjs', 'const tokens = require("100ms-tokens");', 'require(entry)'],
])('loaded from a .%s file', (extension, load, loadEntry) => {
  it('prints an uncaught TokenError with its name', () => {
    const { status, stderr } = runText(`uncaught.${extension}`, `${load}\ntokens.decodeToken('x');`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^TokenError: the token/m);
    expect(stderr).not.toContain('_class');
  });

  it('loads with a polluted Object.prototype', () => {
    const text = `
      Object.assign(Object.prototype, { foo: 'x', toJSON: () => 'x' });
      const load = async (entry) => ${loadEntry};
      load('100ms-tokens').then(({ decodeToken }) => console.log(typeof decodeToken));`;
    expect(runText(`polluted.${extension}`, text)).toMatchObject({ status: 0, stdout: 'function\n' });
  });

  it('does not open standard input or output', () => {
    const text = `
      const opened = [];
      for (const name of ['stdin', 'stdout', 'stderr']) {
        Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => opened.push(name) });
      }
      Promise.all(['100ms-tokens', '100ms-tokens/testing'].map(async (entry) => ${loadEntry}))
        .then(() => process.exit(opened.length));`;
    expect(runText(`watch.${extension}`, text)).toMatchObject({ status: 0 });
  });
});

it('recognizes a TokenError of the other module format', () => {
  copyFileSync(path.join(here, 'consumers/runtimes/formats.mjs'), path.join(folder, 'formats.mjs'));
  expect(run('formats.mjs')).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('has a binary', () => {
  // npx knows what a binary is called on this system.
  const cli = (...args: string[]) => npm(['exec', '--offline', '--', '100ms-tokens', ...args], { cwd: folder });
  expect(cli('management', '--demo').trim().split('.')).toHaveLength(3);
  const version = cli('--version').trim();
  expect(readFileSync(path.join(installed, 'package.json'), 'utf8')).toContain(`"version": "${version}"`);
});

it('has no dependencies and no install scripts', () => {
  const parse: (text: string) => Record<string, object> = JSON.parse;
  const manifest = parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies'])
    expect(manifest).not.toHaveProperty(key);
  for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts).not.toHaveProperty(script);
});

it('contains nothing but what users need', () => {
  const entries = ['index', 'testing'].flatMap((name) => ['cjs', 'd.cts', 'd.ts', 'js'].map((end) => `${name}.${end}`));
  const dist = ['cli.js', 'guard.cjs', 'guard.js', ...entries].map((file) => path.join('dist', file));
  const expected = ['LICENSE', 'README.md', 'dist', 'package.json', ...dist];
  expect(readdirSync(installed, { recursive: true }).sort()).toEqual(expected.sort());
});

it('never loads the fixtures from the main entry point', () => {
  for (const entry of ['index.js', 'index.cjs'])
    expect(readFileSync(path.join(installed, 'dist', entry), 'utf8')).not.toMatch(/fake-access-key|testCredentials/);
});

it('has a demo that shows both tokens', () => {
  const { stdout } = run('test/demo.js', path.dirname(here));
  expect(stdout.match(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/gm)).toHaveLength(2);
});

describe('code that could open a connection, start a process or run text', () => {
  const forbidden = [
    /(["'`])(node:)?(https?|http2|net|tls|dgram|dns|child_process|worker_threads|cluster|inspector|vm)(\/\w+)?\1/,
    /\bfetch\s*[(}]|[.["']fetch\b|\b(WebSocket|EventSource|XMLHttpRequest|WebTransport|sendBeacon)\b/,
    /\b(import|require)\s*\((?!\s*["'])|\b(eval|Function)\s*\(/,
  ];
  const found = (text: string) => forbidden.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);

  it("isn't published", () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => /\.c?js$/.test(file));
    for (const file of files)
      expect([file, found(readFileSync(path.join(installed, file), 'utf8'))]).toEqual([file, []]);
  });

  const examples = `import { get } from "node:http"; require('https'); import "net"; await import('node:dns/promises');
    process.getBuiltinModule('child_process'); const { fetch } = globalThis; globalThis["fetch"]; await fetch (url);
    new WebSocket(url); navigator.sendBeacon(url); import(name); require(\`node:\${name}\`); eval(text); Function(text)`;
  it.each(examples.split(/;\s+/))('would be found: %s', (text) => {
    expect(found(text)).toHaveLength(1);
  });

  const harmless = `import "node:crypto"; require('node:fs'); prefetch(url); let the app fetch its token; isFunction(x)`;
  it.each(harmless.split('; '))("isn't suspected in %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

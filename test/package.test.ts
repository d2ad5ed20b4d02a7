/** The package as users get it: packed, installed into an empty folder, and used from there. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { npm } from './support/npm.js';
import { pack } from './support/tarball.js';

const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-package-'));
const installed = path.join(folder, 'node_modules', '100ms-tokens');
// What a program needs to start. What else is set here is not the package's to see.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(path|home|systemroot)$/i.test(name)));

/** Runs a program in the folder. */
function runText(name: string, text: string) {
  writeFileSync(path.join(folder, name), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

beforeAll(() => {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', pack(folder)], { cwd: folder });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const load = {
  'an ES module': (entry: string) => `import * as tokens from '${entry}';\n`,
  'a CommonJS module': (entry: string) => `const tokens = require('${entry}');\n`,
};

describe.each(Object.entries(load))('the tarball in %s', (kind, load) => {
  const extension = kind === 'an ES module' ? 'mjs' : 'cjs';

  it('prints an uncaught TokenError under its name', () => {
    const { status, stderr } = runText(`uncaught.${extension}`, `${load('100ms-tokens')}tokens.decodeToken('x');`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^TokenError: the token must be three parts/m);
    expect(stderr).not.toContain('_class');
  });

  it('has one TokenError with the other format and the other entry, and no other error is one', () => {
    const text = `${load('100ms-tokens')}
      const check = async () => {
        const { createRequire } = await import('node:module');
        const require = createRequire(${JSON.stringify(path.join(folder, 'x.js'))});
        const mains = [await import('100ms-tokens'), require('100ms-tokens')];
        const testings = [await import('100ms-tokens/testing'), require('100ms-tokens/testing')];
        const thrown = (act) => { try { act(); } catch (error) { return error; } };
        const errors = [
          ...mains.map(({ decodeToken }) => thrown(() => decodeToken('x'))),
          ...testings.map(({ createTokenFixtures }) => thrown(() => createTokenFixtures({ secret: '' }))),
        ];
        const isOne = (error) => error instanceof tokens.TokenError;
        const others = [new Error('x'), Object.assign(new Error('x'), { name: 'TokenError', code: 'ERR_TOKEN_EXPIRED' }), null, {}];
        console.log(errors.map(isOne).join(), others.map(isOne).join());
      };
      check();`;
    expect(runText(`one.${extension}`, text)).toEqual({
      status: 0,
      stdout: 'true,true,true,true false,false,false,false\n',
      stderr: '',
    });
  });

  it('opens neither standard input nor output when it is loaded', () => {
    const text = `
      const opened = [];
      for (const name of ['stdin', 'stdout', 'stderr']) {
        Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => opened.push(name) });
      }
      Promise.all(['100ms-tokens', '100ms-tokens/testing'].map(async (entry) =>
        ${kind === 'an ES module' ? 'import(entry)' : 'require(entry)'})).then(() => process.exit(opened.length));`;
    expect(runText(`watch.${extension}`, text)).toMatchObject({ status: 0 });
  });
});

describe('the tarball', () => {
  it('works through its binary', () => {
    // By npx, which knows what a binary is called on this system.
    const run = (...args: string[]) => npm(['exec', '--offline', '--', '100ms-tokens', ...args], { cwd: folder });
    expect(run('management', '--demo').trim().split('.')).toHaveLength(3);
    const version = run('--version').trim();
    expect(readFileSync(path.join(installed, 'package.json'), 'utf8')).toContain(`"version": "${version}"`);
  });

  it('brings no dependency, no source, and no script that runs on install', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, object>;
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      expect(manifest).not.toHaveProperty(key);
    for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts).not.toHaveProperty(script);
    expect(existsSync(path.join(installed, 'src'))).toBe(false);
  });

  it('never loads the fixtures from the main entry', () => {
    for (const entry of ['index.js', 'index.cjs']) {
      expect(readFileSync(path.join(installed, 'dist', entry), 'utf8')).not.toMatch(/fake-access-key|testCredentials/);
    }
  });
});

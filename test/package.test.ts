/** The package as users get it: packed, installed into an empty folder, and used from there. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { npm } from './support/npm.js';
import { pack } from './support/tarball.js';

const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-package-'));
const installed = path.join(folder, 'node_modules', '100ms-tokens');

const program = `
const fixtures = createTokenFixtures({ at: new Date('2026-01-01T00:00:00Z') });
const options = { currentDate: new Date('2026-01-01T00:00:00Z') };
verifyToken(fixtures.appToken(), testCredentials.secret, options);
try {
  createTokenFixtures({ secret: '' });
} catch (error) {
  console.log(String(error instanceof TokenError), error.code);
}
const builder = createTokenBuilder(testCredentials);
console.log(builder.verifyAppToken(fixtures.appToken(), options).role);
`;
const names = '{ createTokenBuilder, TokenError, verifyToken }';
const testingNames = '{ createTokenFixtures, testCredentials }';

beforeAll(() => {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', pack(folder)], { cwd: folder });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the tarball', () => {
  it.each([
    [
      'esm.mjs',
      `import ${names} from '100ms-tokens';\nimport ${testingNames} from '100ms-tokens/testing';\n${program}`,
    ],
    [
      'cjs.cjs',
      `const ${names} = require('100ms-tokens');\nconst ${testingNames} = require('100ms-tokens/testing');\n${program}`,
    ],
  ])('works in %s, with one TokenError for both entries', (name, text) => {
    writeFileSync(path.join(folder, name), text);
    const output = execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' });
    expect(output).toBe('true ERR_INVALID_CONFIG\nguest\n');
  });

  it('works through its binary', () => {
    // By npx, which knows what a binary is called on this system.
    const run = (...args: string[]) => npm(['exec', '--offline', '--', '100ms-tokens', ...args], { cwd: folder });
    expect(run('management', '--demo').trim().split('.')).toHaveLength(3);
    const version = run('--version').trim();
    expect(readFileSync(path.join(installed, 'package.json'), 'utf8')).toContain(`"version": "${version}"`);
  });

  it('brings no dependency and no script that runs on install', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, object>;
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      expect(manifest[key]).toBeUndefined();
    for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts).not.toHaveProperty(script);
    expect(existsSync(path.join(installed, 'src'))).toBe(false);
  });

  it('opens neither standard input nor output on import', () => {
    const watch = `
import { writeSync } from 'node:fs';
const opened = [];
for (const name of ['stdin', 'stdout', 'stderr']) {
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => opened.push(name) });
}
await import('100ms-tokens');
await import('100ms-tokens/testing');
writeSync(1, opened.join());
`;
    writeFileSync(path.join(folder, 'watch.mjs'), watch);
    expect(execFileSync(process.execPath, ['watch.mjs'], { cwd: folder, encoding: 'utf8' })).toBe('');
  });

  it('never loads the fixtures from the main entry', () => {
    for (const entry of ['index.js', 'index.cjs']) {
      expect(readFileSync(path.join(installed, 'dist', entry), 'utf8')).not.toMatch(/fake-access-key|testCredentials/);
    }
  });
});

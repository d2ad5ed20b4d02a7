/** Every code block of README.md and every example of a docstring compiles, and runs against the packed package. */

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import * as main from '../src/index.js';
import * as testing from '../src/testing.js';
import { startFake100ms } from './support/fake-100ms.js';
import { installInto } from './support/tarball.js';

const execute = promisify(execFile);

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-examples-'));
const credentials = { HMS_ACCESS_KEY: 'fake-access-key', HMS_SECRET: 'fake-app-secret' };

/** Returns the blocks of a file in a language, without the asterisks of comments. */
function blocksOf(file: string, language: string): { name: string; code: string }[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const blocks = [...text.matchAll(RegExp(`^ *(?:\\* )?\`\`\`${language}\\n([^]*?)^ *(?:\\* )?\`\`\`$`, 'gm'))];
  return blocks.map(([, code = ''], index) => ({
    name: `${path.basename(file)}-${language}-${String(index)}`,
    code: code.replace(/^ *\* ?/gm, ''),
  }));
}

const sources = readdirSync(path.join(root, 'src'), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join('src', name));
const typed = ['README.md', '.github/MIGRATING.md', ...sources].flatMap((file) => blocksOf(file, 'ts'));
const scripts = blocksOf('README.md', 'js');
const commands = blocksOf('README.md', 'sh').flatMap(({ code }) => code.match(/^curl .*/gm) ?? []);

let fake100ms: Awaited<ReturnType<typeof startFake100ms>>;
let program: ts.Program;

const fileOf = (name: string) => path.join(folder, `${name}.ts`);

beforeAll(async () => {
  fake100ms = await startFake100ms(credentials.HMS_SECRET);
  installInto(folder);
  mkdirSync(path.join(folder, 'node_modules/.bin'));
  symlinkSync('../100ms-tokens/dist/cli.js', path.join(folder, 'node_modules/.bin/100ms-tokens'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    path.join(folder, 'redirect.js'),
    `const { fetch } = globalThis;
     globalThis.fetch = (url, init) => fetch(url.replace('https://api.100ms.live', '${fake100ms.origin}'), init);`,
  );
  for (const { name, code } of scripts) writeFileSync(path.join(folder, `${name}.js`), code);
  for (const { name, code } of typed) writeFileSync(fileOf(name), code);
  program = ts.createProgram(
    typed.map(({ name }) => fileOf(name)),
    {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      exactOptionalPropertyTypes: true,
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules', '@types')],
    },
  );
  program.emit();
}, 120_000);

afterAll(() => {
  fake100ms.close();
  rmSync(folder, { recursive: true });
});

it('every public function has an example', () => {
  const code = typed.map((example) => example.code).join('\n');
  for (const name of Object.keys({ ...main, ...testing })) expect(code).toContain(name);
});

it.each(typed)('$name compiles', ({ name }) => {
  const messages = ts.getPreEmitDiagnostics(program, program.getSourceFile(fileOf(name)));
  expect(messages.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

it.each([...typed, ...scripts])('$name prints what its comments say', async ({ name, code }) => {
  const args = ['--import', './redirect.js', `${name}.js`];
  const { stdout } = await execute(process.execPath, args, { cwd: folder, env: { NO_COLOR: '1', ...credentials } });
  const promised = [...code.matchAll(/console\.log\(.*\);? \/\/ (.+)/g)].map(([, text]) => text);
  expect(stdout.split('\n').slice(0, -1)).toEqual(promised);
});

describe('the curl commands of README.md', () => {
  it('are two', () => {
    expect(commands).toHaveLength(2);
  });

  it.each(commands)('%s', async (command) => {
    const local = command
      .replace('https://api.100ms.live', fake100ms.origin)
      .replace(/(ROOM|TEMPLATE)_ID/, '64f0c1a2b3d4e5f601234567');
    const { PATH = '', HOME = '' } = process.env;
    const run = (env: object) =>
      execute('sh', ['-c', local], { cwd: folder, env: { PATH, HOME, ...credentials, ...env } });
    expect((await run({})).stdout).toMatch(/"enabled":true|"roles":\{"guest"/);
    expect((await run({ HMS_SECRET: 'another-fake-secret' })).stdout).toContain('Token validation error');
  });
});

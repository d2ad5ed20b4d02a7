/** The code blocks of README.md and the examples of the docstrings compile, and run against the built package. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { installInto } from './support/tarball.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-examples-'));

/** The TypeScript blocks of a text; recipes have tests of their own, with the frameworks they are for. */
function blocksOf(file: string): [name: string, code: string][] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const blocks = [...text.matchAll(/^ *(?:\* )?```(?:ts|js)\n([^]*?)^ *(?:\* )?```$/gm)];
  return blocks.map(([, code = ''], index) => [
    `${path.basename(file)}-${String(index)}`,
    code.replace(/^ *\* ?/gm, ''),
  ]);
}

const sources = readdirSync(path.join(root, 'src'), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join('src', name));
const examples = ['README.md', ...sources].flatMap(blocksOf).map(([name, code]) => ({ name, code }));

const fileOf = (name: string) => path.join(folder, `${name}.test.ts`);
let program: ts.Program;

beforeAll(() => {
  installInto(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  // What the examples use beside the package.
  mkdirSync(path.join(folder, 'node_modules', '@types'));
  for (const name of ['jsonwebtoken', '@types/jsonwebtoken', 'vitest']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name), 'junction');
  }
  for (const { name, code } of examples) writeFileSync(fileOf(name), code);
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true, // of Vitest's own
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules', '@types')],
  };
  program = ts.createProgram(
    examples.map(({ name }) => fileOf(name)),
    options,
  );
  program.emit();
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('are found in README.md and beside every public function', () => {
  const names = examples.map(({ code }) => code).join('\n');
  for (const name of ['createTokenBuilder', 'managementClaims', 'appClaims', 'signToken', 'decodeToken']) {
    expect(names).toContain(`${name}(`);
  }
  for (const name of ['verifyToken', 'createTokenFixtures', 'TokenError']) expect(names).toContain(name);
  expect(examples[0]?.name).toBe('README.md-0');
});

it.each(examples)('$name compiles and runs', ({ name, code }) => {
  const file = fileOf(name);
  const messages = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  expect(messages.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);

  const script = file.replace(/ts$/, 'js');
  const test = /from '(vitest|node:test)'/.exec(code)?.[1];
  const vitest = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
  const args = test === 'vitest' ? [...vitest, script] : [script];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', env: { NO_COLOR: '1' } });
  if (test !== undefined) {
    expect(output).toMatch(test === 'vitest' ? /Tests +\d+ passed/ : /^# pass [1-9]/m);
    return;
  }
  // What a comment behind console.log promises is what it prints.
  const promised = [...code.matchAll(/console\.log\(.*\);? \/\/ (.+)/g)].map(([, text]) => text);
  expect(output.split('\n').slice(0, -1)).toEqual(promised);
});

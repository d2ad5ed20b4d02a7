/** The code blocks of README.md and the examples of the docstrings compile, and run against the built package. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
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
  return blocks.map(([, code = ''], index) => [`${path.basename(file)}-${String(index)}`, code.replace(/^ *\* ?/gm, '')]);
}

const sources = readdirSync(path.join(root, 'src')).map((name) => `src/${name}`);
const examples = ['README.md', ...sources].flatMap(blocksOf).map(([name, code]) => ({ name, code }));

beforeAll(() => {
  installInto(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
});

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
  const file = path.join(folder, `${name}.ts`);
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    outDir: folder,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules', '@types')],
  });
  const messages = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  expect(messages.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);

  const output = execFileSync(process.execPath, [file.replace(/ts$/, 'js')], { encoding: 'utf8' }).split('\n');
  // What a comment behind console.log promises is what it prints.
  const promised = [...code.matchAll(/console\.log\(.*\);? \/\/ ([^,\n]+)/g)].map(([, text]) => text);
  expect(output.slice(0, -1)).toEqual(promised);
});

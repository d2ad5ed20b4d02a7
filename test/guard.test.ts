/** The guard itself. test/consumers shows which bundlers and conditions get it. */

import { readFileSync } from 'node:fs';
import vm from 'node:vm';

import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';

import * as main from '../src/index.js';

it('throws a plain Error on import that says why and what to do', async () => {
  const error = await import('../src/guard.js').catch((reason: unknown) => reason);
  const server = /on a server.*client bundle.*app secret.*--platform=node.*target: 'node'.*build\.ssr.*"use node"/;
  const edge = /Edge runtime.*runtime = 'nodejs'.*proxy\.ts instead of middleware\.ts/;
  expect(error).toMatchObject({ name: 'Error', message: expect.stringMatching(server) as string });
  expect(error).toMatchObject({ message: expect.stringMatching(edge) as string });
  expect(error).not.toBeInstanceOf(main.TokenError);
});

it('exports every name of the main entry point as a function that throws', () => {
  const source = readFileSync(new URL('../src/guard.ts', import.meta.url), 'utf8');
  const module: { exports: Record<string, () => void> } = { exports: {} };
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  expect(() => {
    vm.runInNewContext(code, { module });
  }).toThrow(/^100ms-tokens creates tokens on a server/);
  expect(Object.keys(module.exports).sort()).toEqual(Object.keys(main).sort());
  for (const name of Object.keys(main)) expect(module.exports[name]).toThrow(/^100ms-tokens creates tokens/);
});

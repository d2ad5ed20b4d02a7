/** What stands in for the entries where they cannot run. Which bundler takes which is for test/consumers to say. */

import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import * as main from '../src/index.js';
import * as testing from '../src/testing.js';

describe.each([
  [
    'browser',
    () => import('../src/browser.js'),
    /server.*client app.*app secret.*--platform=node.*target: 'node'.*ssr/,
  ],
  ['edge', () => import('../src/edge.js'), /node:crypto.*Edge runtime.*runtime = 'nodejs'.*middleware\.ts.*proxy\.ts/],
])('%s.ts', (guard, load, advice) => {
  it('throws a plain Error on import that says why and what to do', async () => {
    const error = await load().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'Error', message: expect.stringMatching(advice) as string });
    expect(error).not.toBeInstanceOf(main.TokenError);
  });

  it('has every name of the entries', () => {
    const source = readFileSync(new URL(`../src/${guard}.ts`, import.meta.url), 'utf8');
    const names = [...source.matchAll(/refuse as (\w+)/g)].map(([, name]) => name);
    expect(names.sort()).toEqual([...Object.keys(main), ...Object.keys(testing)].sort());
  });
});

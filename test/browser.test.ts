import { expect, it } from 'vitest';

import * as main from '../src/index.js';
import * as testing from '../src/testing.js';

it('throws a plain Error on import that says why', async () => {
  const error: unknown = await import('../src/browser.js').then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(main.TokenError);
  expect(String(error)).toMatch(/server.*browser bundle.*app secret/);
});

it('has every name of the entries', async () => {
  const { readFileSync } = await import('node:fs');
  const source = readFileSync(new URL('../src/browser.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/refuse as (\w+)/g)].map(([, name]) => name);
  expect(names.sort()).toEqual([...Object.keys(main), ...Object.keys(testing)].sort());
});

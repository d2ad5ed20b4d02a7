/** Size budgets: bytes of each entry point, bundled, minified and gzipped. */

import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';

// The measured sizes plus less than 0.5 %. At most 4,800 bytes for createTokenBuilder. About half is checks and messages.
it.each([
  ["{ createTokenBuilder } from './index.js'", 4800],
  ["{ verifyToken } from './index.js'", 3545],
  ["{ signToken } from './index.js'", 2130],
  ["* from './index.js'", 5100],
  ["* from './testing.js'", 3685],
])('export %s takes at most %i bytes', (exported, budget) => {
  const resolveDir = fileURLToPath(new URL('../dist', import.meta.url));
  const stdin = { contents: `export ${exported};`, resolveDir };
  const { outputFiles } = buildSync({
    stdin,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
  });
  const [bundle] = outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }));
  expect(bundle?.length).toBeLessThanOrEqual(budget);
});

import { rmSync } from 'node:fs';

import { defineConfig, type Options } from 'tsup';

// Once and before all: tsup's own `clean` empties the folder for each configuration, whatever another has written.
rmSync('dist', { recursive: true, force: true });

const shared: Options = {
  target: 'node18',
  splitting: true, // one TokenError for both entries, in CommonJS too
  removeNodeProtocol: false, // the workerd runtime has node:crypto, but no crypto
  dts: {
    entry: ['src/index.ts', 'src/testing.ts'],
    compilerOptions: { ignoreDeprecations: '6.0' }, // tsup 8 sets baseUrl
  },
};

export default defineConfig([
  {
    ...shared,
    format: 'esm',
    entry: ['src/index.ts', 'src/testing.ts', 'src/browser.ts'],
  },
  // Apart, or what it shares with the main entry becomes one more file for Node.js to load at every cold start.
  { ...shared, dts: false, format: 'esm', entry: ['src/cli.ts'] },
  {
    ...shared,
    format: 'cjs',
    entry: ['src/index.ts', 'src/testing.ts', 'src/browser.ts'],
  },
]);

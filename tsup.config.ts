import { readFileSync, rmSync } from 'node:fs';

import { defineConfig, type Options } from 'tsup';

// Once and before all: tsup's own `clean` empties the folder for each configuration, whatever another has written.
rmSync('dist', { recursive: true, force: true });

const shared: Options = {
  target: 'node18',
  splitting: false, // an entry is one file: no other for Node.js to load at a cold start
  removeNodeProtocol: false, // the workerd runtime has node:crypto, but no crypto
};

const entries = ['index', 'testing'];

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export default defineConfig([
  { ...shared, format: ['esm', 'cjs'], entry: [...entries, 'browser', 'edge'].map((name) => `src/${name}.ts`) },
  { ...shared, format: 'esm', entry: { cli: 'src/cli/main.ts' }, define: { VERSION: JSON.stringify(version) } },
  // One at a time: of two together, what they share becomes a file with a hash in its name, and a user's compiler has no
  // name for a type that lives there (TS2742).
  ...entries.map((name) => ({
    ...shared,
    format: ['esm', 'cjs'] satisfies Options['format'],
    entry: [`src/${name}.ts`],
    dts: {
      only: true,
      compilerOptions: { ignoreDeprecations: '6.0' }, // tsup 8 sets baseUrl
    },
  })),
]);

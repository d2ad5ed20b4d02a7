import { readFileSync, rmSync } from 'node:fs';

import { defineConfig, type Options } from 'tsup';

// Once, before all configurations: tsup's own `clean` would delete what another configuration has written.
rmSync('dist', { recursive: true, force: true });

const formats = {
  target: 'node20.12',
  format: ['esm', 'cjs'],
  splitting: false, // one file per entry point, so that a cold start loads one file
  removeNodeProtocol: false, // workerd has node:crypto, but no crypto
  plugins: [
    {
      name: 'own-exports', // so that the CommonJS build loads with an Object.prototype that someone polluted
      renderChunk: (code) => ({ code: code.replace('for (var name in all)', 'for (var name of Object.keys(all))') }),
    },
  ],
} satisfies Options;

const entries = ['index', 'testing'];

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export default defineConfig([
  { ...formats, entry: [...entries, 'guard'].map((name) => `src/${name}.ts`) },
  { ...formats, format: 'esm', entry: { cli: 'src/cli/main.ts' }, define: { VERSION: JSON.stringify(version) } },
  // Separately: built together, shared types go to a file with a hash in its name, and a user's compiler can't name
  // types that live there (TS2742).
  ...entries.map((name) => ({
    ...formats,
    entry: [`src/${name}.ts`],
    dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } }, // because tsup 8 sets baseUrl
  })),
]);

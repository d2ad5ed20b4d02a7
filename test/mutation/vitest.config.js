import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'test/{consumers,bench,mutation}/**',
      // What tests the built files, README.md or the bench sees no change of src; the fuzz run is a test of its own.
      'test/{package,examples,readme,github,bench-section,fuzz,cli/main}.test.ts',
    ],
    setupFiles: ['test/support/matchers.ts'],
    testTimeout: 120_000,
  },
});

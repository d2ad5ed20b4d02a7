import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    // What tests the packed package or README.md sees no change of src; the fuzz run is a test of its own.
    exclude: ['test/package.test.ts', 'test/examples.test.ts', 'test/fuzz.test.ts'],
    testTimeout: 120_000,
  },
});

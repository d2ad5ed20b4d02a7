import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    // What tests the packed package, README.md or the bench sees no change of src; the fuzz run is a test of its own.
    exclude: ['package', 'examples', 'bench-section', 'fuzz'].map((name) => `test/${name}.test.ts`),
    testTimeout: 120_000,
  },
});

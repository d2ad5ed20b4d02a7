import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/{consumers,bench,mutation}/**'],
    setupFiles: ['test/support/matchers.ts'],
    testTimeout: 120_000, // a slow machine is no fault
    typecheck: { enabled: true, include: ['test/*.test-d.ts'] },
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: ['text'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
});

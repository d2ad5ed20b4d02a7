import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/{consumers,bench,mutation}/**'],
    setupFiles: ['test/support/matchers.ts'],
    // Whatever a machine has set and in whatever order: no test may depend on it.
    env: {
      FORCE_COLOR: '1',
      NO_COLOR: '1',
      HMS_ACCESS_KEY: 'of the environment',
      HMS_SECRET: 'of the environment',
      TZ: 'Asia/Kathmandu',
      LANG: 'ar_EG.UTF-8',
      LC_ALL: 'ar_EG.UTF-8',
      NODE_ENV: 'production',
    },
    sequence: { shuffle: true },
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

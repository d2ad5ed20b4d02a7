import { dirname } from 'node:path';

import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/**
 * A mutant is done with at its first failing test, so the tests of the file that is broken come first, those beside
 * them next, and what takes longest last.
 */
class OwnTestsFirst extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  sort(files) {
    const [broken = ''] = this.ctx.config.related ?? []; // Stryker names it here
    const own = broken.replace('/src/', '/test/').replace(/\.ts$/, '.test.ts');
    const rank = (/** @type {{ moduleId: string }} */ { moduleId }) => {
      if (moduleId === own) return 0;
      if (/\/(sign|attacks|peers)\.test\.ts$/.test(moduleId)) return 4;
      if (moduleId.endsWith('/loads.test.js')) return 1;
      return dirname(moduleId) === dirname(own) ? 2 : 3;
    };
    return Promise.resolve([...files].sort((one, other) => rank(one) - rank(other)));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,js}'],
    exclude: [
      '**/node_modules/**',
      'test/{consumers,bench}/**',
      // What tests the built files, README.md or the bench sees no change of src; the fuzz run is a test of its own.
      'test/{package,examples,readme,github,bench-section,fuzz,cli/main}.test.ts',
    ],
    setupFiles: ['test/support/matchers.ts', 'test/mutation/properties.js'],
    sequence: { sequencer: OwnTestsFirst },
    testTimeout: 120_000,
  },
});

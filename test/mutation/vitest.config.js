import { dirname } from 'node:path';

import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** The first failing test kills a mutant, so tests of the changed file run first, and slow tests last. */
class OwnTestsFirst extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  sort(files) {
    const [broken = ''] = this.ctx.config.related ?? []; // set by Stryker
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
      // These test built files, documents or benchmarks, or take long.
      'test/{package,examples,readme,github,bench-section,fuzz,cli/main}.test.ts',
    ],
    setupFiles: ['test/support/matchers.ts', 'test/mutation/properties.js'],
    sequence: { sequencer: OwnTestsFirst },
    testTimeout: 120_000,
  },
});

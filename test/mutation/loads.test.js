/** Stryker takes a test file that cannot be loaded for one without tests, and so such a mutant for one that survives. */

import { expect, it } from 'vitest';

it('every module loads', async () => {
  const entries = [import('../../src/index.js'), import('../../src/testing.js'), import('../../src/cli/commands.js')];
  await expect(Promise.all(entries)).resolves.toHaveLength(3);
});

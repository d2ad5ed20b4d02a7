/** Stryker reports that a mutant survived if test files can't be loaded. So this test loads what they load. */

import { expect, it } from 'vitest';

it('every module loads', async () => {
  const entries = [import('../support/functions.js'), import('../../src/cli/commands.js')];
  await expect(Promise.all(entries)).resolves.toHaveLength(2);
});

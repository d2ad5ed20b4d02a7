/** Enough cases to notice a mutant, and no search for a smaller one. */

import fc from 'fast-check';

fc.configureGlobal({ numRuns: 100, endOnFailure: true });

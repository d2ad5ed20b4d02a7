/** That a case fails is all that a mutant asks of a property: none looks for the smallest such case. */

import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });

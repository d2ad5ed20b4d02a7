import * as main from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import probe from './probe.cjs';

console.log(JSON.stringify(probe(main, testing)));

import * as hms from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import { defineTests } from '../spec.cjs';

const { now } = Date;
Deno.test.afterEach(() => {
  Date.now = now;
});

defineTests({
  hms,
  testing,
  test: Deno.test,
  setTime(milliseconds) {
    Date.now = () => milliseconds;
  },
});

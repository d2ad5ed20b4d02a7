import { afterEach, mock, test } from 'node:test';

import * as hms from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import { defineTests } from '../spec.cjs';

afterEach(() => mock.timers.reset());

defineTests({
  hms,
  testing,
  test,
  setTime(now) {
    mock.timers.reset();
    mock.timers.enable({ apis: ['Date'], now });
  },
});

import { afterEach, jest, test } from '@jest/globals';
import * as hms from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import { defineTests } from '../spec.cjs';

afterEach(() => void jest.useRealTimers());

defineTests({ hms, testing, test, setTime: (now) => jest.useFakeTimers({ now }) });

import * as hms from '100ms-tokens';
import * as testing from '100ms-tokens/testing';
import { afterEach, test, vi } from 'vitest';

import { defineTests } from '../spec.cjs';

afterEach(() => vi.useRealTimers());

defineTests({ hms, testing, test, setTime: (now) => vi.setSystemTime(now) });

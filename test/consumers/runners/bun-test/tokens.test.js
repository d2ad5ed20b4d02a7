import { afterEach, setSystemTime, test } from 'bun:test';

import * as hms from '100ms-tokens';
import * as testing from '100ms-tokens/testing';

import { defineTests } from '../spec.cjs';

afterEach(() => setSystemTime());

defineTests({ hms, testing, test, setTime: (now) => setSystemTime(new Date(now)) });

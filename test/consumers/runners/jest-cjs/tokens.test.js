const { afterEach, jest: clock, test } = require('@jest/globals'); // Jest declares `jest` itself
const hms = require('100ms-tokens');
const testing = require('100ms-tokens/testing');
const { defineTests } = require('../spec.cjs');

afterEach(() => void clock.useRealTimers());

defineTests({ hms, testing, test, setTime: (now) => clock.useFakeTimers({ now }) });

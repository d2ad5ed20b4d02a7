const { afterEach, jest, test } = require('@jest/globals');
const hms = require('100ms-tokens');
const testing = require('100ms-tokens/testing');
const { defineTests } = require('../spec.cjs');

afterEach(() => void jest.useRealTimers());

defineTests({ hms, testing, test, setTime: (now) => jest.useFakeTimers({ now }) });

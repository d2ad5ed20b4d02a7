const { afterEach, mock, test } = require('node:test');

const hms = require('100ms-tokens');
const testing = require('100ms-tokens/testing');

const { defineTests } = require('../spec.cjs');

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

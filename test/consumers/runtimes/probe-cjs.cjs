const main = require('100ms-tokens');
const testing = require('100ms-tokens/testing');

const probe = require('./probe.cjs');

console.log(JSON.stringify(probe(main, testing)));

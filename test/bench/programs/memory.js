/** What ../memory.js runs: makes tokens and builders, and prints how much heap they leave behind. */

import { createTokenBuilder } from '100ms-tokens';

import { accessKey, asciiUserId as userId, role, roomId, secret } from '../subject.js';

const BUILDERS = 10_000;
const FIRST = 100_000;

const tokens = Number(process.argv[2]);
const { generateAppToken } = createTokenBuilder({ accessKey, secret });

mint(FIRST);
const before = heap();
mint(tokens - FIRST);
const growth = heap() - before;

const builders = Array(BUILDERS).fill();
const empty = heap();
for (let i = 0; i < BUILDERS; i++) builders[i] = createTokenBuilder({ accessKey, secret });
const builder = Math.round((heap() - empty) / builders.length);

console.log(JSON.stringify({ tokens, growth, builder }));

function mint(count) {
  for (let i = 0; i < count; i++) generateAppToken({ roomId, userId, role });
}

function heap() {
  for (let i = 0; i < 5; i++) globalThis.gc(); // what has a finalizer takes more than one
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

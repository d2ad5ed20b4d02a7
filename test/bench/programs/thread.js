/** One thread of ../growth.js: makes tokens, and tells how many within the time that all threads share. */

import { parentPort, workerData } from 'node:worker_threads';

import { asciiUserId } from '../subject.js';

const BATCH = 256;

const { mintApp } = await import(`../contenders/${workerData.file}`);

while (Date.now() < workerData.from) mintApp(asciiUserId); // warms up until all are there

let tokens = 0;
for (; Date.now() < workerData.until; tokens += BATCH) {
  for (let i = 0; i < BATCH; i++) mintApp(asciiUserId);
}
parentPort.postMessage(tokens);

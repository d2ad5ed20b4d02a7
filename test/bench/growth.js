/** How the cost of a token grows: with its bytes, with the number of builders, with threads. */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { createTokenBuilder } from '100ms-tokens';

import { compare, compareBy } from './compare.js';
import { accessKey, asciiUserId, role, roomId, secret } from './subject.js';

const BYTES = [1, 64, 1024, 4096, 16_384, 65_536];
const BUILDERS = 10_000;

const THREAD_ROUNDS = 5;
const START_UP = 500; // milliseconds until every thread is there and warm

const worker = new URL('programs/thread.js', import.meta.url);

/**
 * @param {number} rounds how often each is measured
 * @param {number} seconds how long each crew of threads works in a round
 * @returns {Promise<import('./results.js').Results['growth']>}
 */
export async function measureGrowth(rounds, seconds) {
  return {
    bytes: await growInBytes(rounds),
    builders: await growInBuilders(rounds),
    threads: await growInThreads('100ms-tokens.js', seconds),
    hmacThreads: await growInThreads('hmac.js', seconds),
  };
}

/** Nanoseconds for user ids of one byte to 64 KiB. */
function growInBytes(rounds) {
  const { generateAppToken } = createTokenBuilder({ accessKey, secret });
  const ofLength = (length) => {
    const userId = 'u'.repeat(length);
    return [`${length}`, () => generateAppToken({ roomId, userId, role })];
  };
  return compare(Object.fromEntries(BYTES.map(ofLength)), rounds);
}

/** Nanoseconds where one builder makes every token, and where ten thousand take turns. */
function growInBuilders(rounds) {
  const builders = Array.from({ length: BUILDERS }, () => createTokenBuilder({ accessKey, secret }));
  const takeTurns = (count) => {
    let turn = 0;
    return () => builders[turn++ % count].generateAppToken({ roomId, userId: asciiUserId, role });
  };
  return compare({ 1: takeTurns(1), [BUILDERS]: takeTurns(BUILDERS) }, rounds);
}

/** Tokens per second of one thread, and of as many as there are cores, by the contender that `file` is. */
function growInThreads(file, seconds) {
  const run = async (threads) => {
    const from = Date.now() + START_UP;
    const workerData = { file, from, until: from + seconds * 1000 };
    const crew = Array.from({ length: Number(threads) }, () => new Worker(worker, { workerData }));
    const made = await Promise.all(crew.map(async (thread) => (await once(thread, 'message'))[0]));
    return made.reduce((sum, tokens) => sum + tokens, 0) / seconds;
  };
  return compareBy(run, ['1', String(availableParallelism())], THREAD_ROUNDS);
}

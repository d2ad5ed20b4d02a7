/** The findings that are one number each, in words: for the terminal and for README.md. */

import { formatCount, formatRatio, formatSize, formatTime } from './units.js';

/** @import { Comparison, Measured, Results } from './results.js' */
/** @typedef {Measured & { name: string }} Named */

/**
 * @param {Results} results
 * @returns {string[]} one sentence each
 */
export function facts({ speed, coldStart, memory, growth }) {
  const [cached, sdk] = ends(speed.cached);
  const [, importing] = ends(coldStart.importing);
  const [byte, bytes] = ends(growth.bytes);
  const [, builders] = ends(growth.builders);
  const [, threads] = ends(growth.threads);
  const [, hmacThreads] = ends(growth.hmacThreads);
  const perKilobyte = ((bytes.value - byte.value) / (Number(bytes.name) - Number(byte.name))) * 1000;
  return [
    `A cached management token takes ${formatTime(cached.value)}; ${sdk.name}'s takes ${formatRatio(sdk.ratio)} times as long.`,
    `A whole process that imports it takes ${formatRatio(importing.ratio)} times as long as one that imports node:crypto alone.`,
    `${formatCount(memory.tokens)} tokens leave ${formatSize(memory.growth)} of heap more behind than the first 100,000 do.`,
    `A builder keeps ${formatSize(memory.builder)} of heap.`,
    `A user id costs ${formatTime(perKilobyte)} per kB, up to ${formatCount(Number(bytes.name))} bytes.`,
    `${formatCount(Number(builders.name))} builders in turn take ${formatRatio(builders.ratio)} times as long as one.`,
    `${threads.name} threads make ${formatRatio(threads.ratio)} times as many tokens as one, and of node:crypto's HMAC alone ${formatRatio(hmacThreads.ratio)} times as many.`,
  ];
}

/**
 * The first and the last of a comparison.
 *
 * @param {Comparison} comparison
 * @returns {[Named, Named]}
 */
function ends(comparison) {
  const entries = Object.entries(comparison).map(([name, measured]) => ({ name, ...measured }));
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was compared');
  return [first, last];
}

/** Measures functions against each other: all in one process, in turn, round after round. */

import { Bench } from 'tinybench';

/** @import { Comparison } from './results.js' */

const ROUND = { time: 30, iterations: 3, warmup: false, throws: true }; // milliseconds, and samples at least
const BATCH = 64; // calls per sample, so that reading the clock does not count

/**
 * @param {Record<string, () => unknown>} functions what to run; the first is the measure of the others
 * @param {number} rounds how often
 * @returns {Promise<Comparison>} times in nanoseconds
 */
export function compare(functions, rounds) {
  return compareBy((name) => medianTime(functions[name]), Object.keys(functions), rounds);
}

async function medianTime(run) {
  const bench = new Bench(ROUND).add('', run() instanceof Promise ? batchAsync(run) : batch(run));
  const [{ result }] = await bench.run();
  return (result.latency.p50 * 1e6) / BATCH;
}

const batch = (run) => () => {
  for (let i = 0; i < BATCH; i++) run();
};

const batchAsync = (run) => async () => {
  for (let i = 0; i < BATCH; i++) await run();
};

/**
 * @param {(name: string) => number | Promise<number>} run measures one contender once
 * @param {string[]} names the contenders; the first is the measure of the others
 * @param {number} rounds how often
 * @returns {Promise<Comparison>} times in the unit of `run`
 */
export async function compareBy(run, names, rounds) {
  for (const name of names) await run(name); // warms up
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(await run(name));
  }
  const reference = times[names[0]];
  return Object.fromEntries(names.map((name) => [name, summarise(times[name], reference)]));
}

function summarise(times, reference) {
  const ratios = times.map((time, round) => time / reference[round]);
  const [low, value, high] = [0.25, 0.5, 0.75].map((q) => quantile(times, q));
  return { value, ratio: quantile(ratios, 0.5), spread: [low, high] };
}

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))];
}

/** Measures functions against each other: all in one process, in turn, round after round. */

import { measure } from 'mitata';

/** @import { Comparison } from './results.js' */

// A round of one contender takes 30 ms and collects no garbage first: what is left behind is part of the cost.
const ROUND = {
  min_cpu_time: 30e6,
  min_samples: 3,
  batch_samples: 64, // per reading of the clock, however long one takes
  batch_threshold: Infinity,
  warmup_threshold: Infinity,
  gc: false,
};

/**
 * @param {Record<string, () => unknown>} functions what to run; the first is the measure of the others
 * @param {number} rounds how often
 * @returns {Promise<Comparison>} times in nanoseconds
 */
export function compare(functions, rounds) {
  const run = async (name) => (await measure(functions[name], { ...ROUND })).p50;
  return compareBy(run, Object.keys(functions), rounds);
}

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

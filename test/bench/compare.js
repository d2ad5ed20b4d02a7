/** Measures contenders against each other: in turn, round after round. */

/** @import { Comparison, Measured } from './results.js' */

const SAMPLING = 30; // milliseconds
const BATCH = 64; // calls per sample, so that reading the clock does not count

/**
 * @param {[name: string, measure: () => number | Promise<number>][]} contenders the one that the others are measured
 *   by first
 * @param {number} rounds how often each is taken
 * @returns {Promise<Comparison>} in the unit of `measure`
 */
export async function compare(contenders, rounds) {
  const field = contenders.map(([name, measure]) => ({ name, measure, results: /** @type {number[]} */ ([]) }));
  for (const { measure } of field) await measure(); // warms up
  for (let round = 0; round < rounds; round++) {
    for (const { measure, results } of field) results.push(await measure());
  }
  const reference = field[0]?.results ?? [];
  return Object.fromEntries(field.map(({ name, results }) => [name, summarise(results, reference)]));
}

/**
 * Nanoseconds that a call takes: the median of many.
 *
 * @param {() => unknown} call
 */
export async function timeOf(call) {
  /** @type {number[]} */
  const times = [];
  const end = performance.now() + SAMPLING;
  while (performance.now() < end) {
    const start = performance.now();
    for (let i = 0; i < BATCH; i++) {
      const result = call();
      if (result instanceof Promise) await result;
    }
    times.push(performance.now() - start);
  }
  return (median(times) * 1e6) / BATCH;
}

/**
 * @param {number[]} results
 * @param {number[]} reference of the same rounds
 * @returns {Measured}
 */
function summarise(results, reference) {
  const ratios = results.map((result, round) => result / (reference[round] ?? NaN));
  return { value: median(results), ratio: median(ratios) };
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) / 2)] ?? NaN;
}

/** Measures alternatives in turn, round after round, because a machine's speed changes from second to second. */

/**
 * The median of an alternative's measurements, and of its ratios to the first alternative within each round.
 *
 * @typedef {{ value: number, ratio: number }} Measured
 * @typedef {Record<string, Measured>} Comparison by name, in the order of measuring
 */

const SAMPLING = 30; // milliseconds
const BATCH = 64; // calls per sample, so that reading the clock doesn't count

/**
 * @template T
 * @param {Record<string, T>} alternatives
 * @param {(subject: T) => number | Promise<number>} measure
 * @param {number} rounds
 * @returns {Promise<Comparison>} in the unit of `measure`
 */
export async function compare(alternatives, measure, rounds) {
  const field = Object.entries(alternatives).map(([name, subject]) => {
    return { name, subject, results: /** @type {number[]} */ ([]) };
  });
  for (const { subject } of field) await measure(subject); // warms up
  for (let round = 0; round < rounds; round++) {
    for (const { subject, results } of field) results.push(await measure(subject));
  }
  const reference = field[0]?.results ?? [];
  const ratios = (/** @type {number[]} */ results) =>
    results.map((result, round) => result / (reference[round] ?? NaN));
  return Object.fromEntries(
    field.map(({ name, results }) => [name, { value: median(results), ratio: median(ratios(results)) }]),
  );
}

/**
 * Measures the nanoseconds that a call takes: the median of many batches.
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

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) / 2)] ?? NaN;
}

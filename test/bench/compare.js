/** Measures functions against each other: all in one process, in turn, round after round. */

import { measure } from 'mitata';

// What happens to the machine meanwhile, happens to all of them: a round is short, and ratios are taken per round.
const ROUND = { min_cpu_time: 40e6, min_samples: 5, batch_samples: 64, batch_threshold: Infinity, warmup_threshold: Infinity, gc: false };

/**
 * Runs every contender once per round and compares each with the first.
 *
 * @param {Record<string, () => unknown>} contenders what to run; the first is the measure of the others
 * @param {number} rounds how often
 * @returns {Promise<Record<string, { nanoseconds: number, low: number, high: number, ratio: number }>>} of each,
 * the median of the medians of its rounds, their quartiles, and the median ratio
 */
export async function compare(contenders, rounds) {
  const names = Object.keys(contenders);
  const medians = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const { p50 } = await measure(contenders[name], { ...ROUND });
      if (round >= 0) medians[name].push(p50); // the first round warms up
    }
  }
  const reference = medians[names[0]];
  const result = (name) => {
    const own = medians[name];
    const ratios = own.map((time, round) => time / reference[round]);
    return [name, { nanoseconds: quantile(own, 0.5), low: quantile(own, 0.25), high: quantile(own, 0.75), ratio: quantile(ratios, 0.5) }];
  };
  return Object.fromEntries(names.map(result));
}

/** The value below which a part `q` of the values lies. */
export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))];
}

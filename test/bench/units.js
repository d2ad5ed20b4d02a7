/** Numbers as people read them. */

/** @param {number} nanoseconds */
export const formatTime = (nanoseconds) => withUnit(nanoseconds, { s: 1e9, ms: 1e6, µs: 1e3, ns: 1 });

/** @param {number} bytes */
export const formatSize = (bytes) => withUnit(bytes, { MB: 1e6, kB: 1e3, bytes: 1 });

/** @param {number} ratio */
export const formatRatio = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

/**
 * Three digits, and the largest unit that it is at least one of.
 *
 * @param {number} value
 * @param {Record<string, number>} units the largest first
 */
function withUnit(value, units) {
  const [unit, scale] = Object.entries(units).find(([, scale]) => value >= scale) ?? ['', 1];
  return `${String(Number((value / scale).toPrecision(3)))} ${unit}`;
}

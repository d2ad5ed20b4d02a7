/** Numbers as people read them. */

/** @param {number} nanoseconds */
export const formatTime = (nanoseconds) => withUnit(nanoseconds, { s: 1e9, ms: 1e6, µs: 1e3, ns: 1 });

/** @param {number} bytes */
export const formatSize = (bytes) => withUnit(bytes, { MB: 1e6, kB: 1e3, bytes: 1 });

/** @param {number} count */
export const formatCount = (count) => Math.round(count).toLocaleString('en');

/** @param {number} ratio */
export const formatRatio = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

/**
 * Three digits, and a unit that fits.
 *
 * @param {number} value
 * @param {Record<string, number>} units the largest first, the last one 1
 */
function withUnit(value, units) {
  const [unit, scale] = Object.entries(units).find(([, scale]) => Math.abs(value) >= scale) ?? ['', 1];
  return `${Number((value / scale).toPrecision(3))} ${unit || Object.keys(units).at(-1)}`;
}

/** How long making and verifying a token takes. */

import { compare } from './compare.js';
import { asciiUserId, nonAsciiUserId } from './subject.js';

/**
 * @param {import('./contenders.js').Contender[]} contenders loaded
 * @param {number} rounds how often each is measured
 * @returns {Promise<import('./results.js').Results['speed']>}
 */
export async function measureSpeed(contenders, rounds) {
  const token = await contenders[0].mintApp(asciiUserId);
  const each = (bind) => {
    const bound = contenders.map((contender) => [contender.name, bind(contender)]);
    return compare(Object.fromEntries(bound.filter(([, run]) => run !== undefined)), rounds);
  };
  return {
    appAscii: await each(
      ({ mintApp }) =>
        () =>
          mintApp(asciiUserId),
    ),
    appNonAscii: await each(
      ({ mintApp }) =>
        () =>
          mintApp(nonAsciiUserId),
    ),
    management: await each(({ mintManagement }) => mintManagement),
    cached: await each(({ cachedManagement }) => cachedManagement),
    verify: await each(({ verify }) => verify && (() => verify(token))),
  };
}

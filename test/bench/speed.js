/** How long making and verifying a token takes. */

import { compare, timeOf } from './compare.js';
import { asciiUserId, nonAsciiUserId } from './subject.js';

/** @import { Contender } from './contenders.js' */

const USER_IDS = [1, 4096, 65_536].map((length) => 'u'.repeat(length));

/**
 * @param {[Contender, ...Contender[]]} contenders
 * @param {number} rounds how often each is measured
 * @returns {Promise<import('./results.js').Speed>}
 */
export async function measureSpeed(contenders, rounds) {
  const [own] = contenders;
  const token = await own.mintApp(asciiUserId);
  /** @param {[name: string, call: () => unknown][]} calls */
  const race = (calls) =>
    compare(
      calls.map(([name, call]) => [name, () => timeOf(call)]),
      rounds,
    );
  return {
    app: await race(contenders.map(({ name, mintApp }) => [name, () => mintApp(asciiUserId)])),
    appNonAscii: await race(contenders.map(({ name, mintApp }) => [name, () => mintApp(nonAsciiUserId)])),
    management: await race(contenders.map(({ name, mintManagement }) => [name, mintManagement])),
    cached: await race(contenders.flatMap(({ name, cachedManagement: call }) => (call ? [[name, call]] : []))),
    verify: await race(contenders.flatMap(({ name, verify }) => (verify ? [[name, () => verify(token)]] : []))),
    bytes: await race(USER_IDS.map((userId) => [String(userId.length), () => own.mintApp(userId)])),
  };
}

/** Imports the contender whose file is named, and makes one token. */

import { asciiUserId } from '../subject.js';

/** @type {(file: string | undefined) => Promise<import('../contenders.js').Contender>} */
const load = (file) => import(`../contenders/${String(file)}`);

const { mintApp } = await load(process.argv[2]);
await mintApp(asciiUserId);

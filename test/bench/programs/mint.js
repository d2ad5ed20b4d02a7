/** Imports the contender whose file is named, and makes one token. */

import { asciiUserId } from '../subject.js';

const { mintApp } = await import(`../contenders/${process.argv[2]}`);
await mintApp(asciiUserId);

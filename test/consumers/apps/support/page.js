/** Loads a page in jsdom, with its scripts, and ends as soon as it has an error: `node page.js URL`. */

import process from 'node:process';

import { JSDOM, VirtualConsole } from 'jsdom';

// What browsers have, and jsdom has not.
const { fetch, MessageChannel, ReadableStream, TextDecoder, TextEncoder } = globalThis;

const TIME_LIMIT = 20_000; // ms

/** @param {unknown[]} error */
function fail(...error) {
  console.error(...error);
  process.exit(1);
}

// A rejection in the page is one of this process: jsdom has the promises of Node.js.
process.on('unhandledRejection', fail);
const virtualConsole = new VirtualConsole().on('jsdomError', fail).on('error', fail);

await JSDOM.fromURL(process.argv[2], {
  resources: 'usable',
  runScripts: 'dangerously',
  pretendToBeVisual: true,
  virtualConsole,
  beforeParse: (/** @type {object} */ window) =>
    void Object.assign(window, { fetch, MessageChannel, ReadableStream, TextDecoder, TextEncoder }),
});
setTimeout(() => process.exit(0), TIME_LIMIT);

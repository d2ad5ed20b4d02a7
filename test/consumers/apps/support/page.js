/** Loads a page with its scripts in jsdom, and ends at the first error: `node page.js URL`. */

import process from 'node:process';

import { JSDOM, VirtualConsole } from 'jsdom';

// Browsers have these, but jsdom doesn't.
const { fetch, MessageChannel, ReadableStream, TextDecoder, TextEncoder } = globalThis;

/** @param {unknown[]} error */
function fail(...error) {
  console.error(...error);
  process.exit(1);
}

process.on('unhandledRejection', fail); // pages in jsdom use the promises of Node.js
const virtualConsole = new VirtualConsole().on('jsdomError', fail).on('error', fail);

await JSDOM.fromURL(process.argv[2], {
  resources: 'usable',
  runScripts: 'dangerously',
  pretendToBeVisual: true,
  virtualConsole,
  beforeParse: (/** @type {object} */ window) =>
    void Object.assign(window, { fetch, MessageChannel, ReadableStream, TextDecoder, TextEncoder }),
});
setTimeout(() => process.exit(0), 20_000);

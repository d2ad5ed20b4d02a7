/** The client output of applications whose client code imports the package by mistake. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const message = await import('../../../../dist/guard.js').then(String, (/** @type {Error} */ error) => error.message);

/** Parts of the guard's message. Bundlers may break up a longer text. */
export const GUARD = message.slice(0, 40);
export const EDGE_GUARD = /The Edge runtime.{20}/.exec(message)?.[0] ?? assert.fail(message);

/** Loads a page with its scripts, and ends with the first error. */
const page = fileURLToPath(new URL('page.js', import.meta.url));

const SIGNING =
  /createHmac|createSecretKey|HS256|from\s*['"]node:crypto|require\(['"]node:crypto|crypto-browserify|HMS_SECRET|joinRoom|fake-store-password/;

/**
 * Asserts that client output contains the guard, but no signing code, no node:crypto polyfill, and no server code of the
 * application.
 *
 * @param {string} folder
 * @returns {string} the path of the file that contains the guard
 */
export function guardedFile(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?js$/.test(name))
    .map((name) => path.join(folder, name));
  const guarded = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    assert.doesNotMatch(text, SIGNING, file);
    return text.includes(GUARD);
  });
  assert.equal(guarded.length, 1, `${guarded.length} of ${files.length} files in ${folder} contain the guard`);
  return guarded[0] ?? '';
}

/** @typedef {{ folder: string; by?: 'module' | 'page' }} Client output, and how to load it: in Node.js or jsdom */

/**
 * @param {import('./application.js').Application} app
 * @param {Client} client
 * @param {() => import('../../support/run.js').Server} server
 */
export function testClient(app, { folder, by }, server) {
  test(`the client output contains the guard${by ? `, which throws when its ${by} is loaded` : ''}`, async () => {
    const file = guardedFile(path.join(app.folder, folder));
    if (by === 'page') await app.fails([page, `${server().origin}/mistake`], GUARD);
    const url = pathToFileURL(file).href;
    if (by === 'module') await app.fails(['--input-type=module', '--eval', `await import('${url}');`], GUARD);
  });
}

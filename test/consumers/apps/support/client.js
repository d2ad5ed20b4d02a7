/** What a browser or a phone gets of an application whose client code imports the package by mistake. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const message = await import('../../../../dist/guard.js').then(String, (/** @type {Error} */ error) => error.message);

/** Parts of the guard's message. Bundlers may break up a longer text. */
export const GUARD = message.slice(0, 40);
export const EDGE_GUARD = /The Edge runtime.{20}/.exec(message)?.[0] ?? assert.fail(message);

/** A program that loads a page with its scripts, and ends with the error that it meets. */
const page = fileURLToPath(new URL('page.js', import.meta.url));

const SIGNING =
  /createHmac|createSecretKey|HS256|from\s*['"]node:crypto|require\(['"]node:crypto|crypto-browserify|HMS_SECRET|joinRoom|fake-store-password/;

/**
 * Asserts that client output holds the guard, and neither code that signs, nor a polyfill of node:crypto, nor any of
 * the application's own server code.
 *
 * @param {string} folder
 * @returns {string} the path of the file that holds the guard
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
  assert.equal(guarded.length, 1, `of ${files.length} files in ${folder}, ${guarded.length} hold the guard`);
  return guarded[0] ?? '';
}

/**
 * @typedef {object} Client
 * @property {string} folder of the client output, as from the application's
 * @property {'module' | 'page'} [by] how the guard is seen to throw: loaded by Node.js, or with its page in jsdom,
 *   which runs no ES modules
 */

/**
 * Defines the test of what an application sends to browsers.
 *
 * @param {import('./application.js').Application} app
 * @param {Client} client
 * @param {() => import('../../support/run.js').Server} server
 */
export function testClient(app, { folder, by }, server) {
  test(`the client output holds the guard${by ? `, which throws when its ${by} is loaded` : ''}`, async () => {
    const file = guardedFile(path.join(app.folder, folder));
    if (by === 'page') await app.fails([page, `${server().origin}/mistake`], GUARD);
    const url = pathToFileURL(file).href;
    if (by === 'module') await app.fails(['--input-type=module', '--eval', `await import('${url}');`], GUARD);
  });
}

/**
 * In a client bundle the main entry point throws on import and says why, and the bundle contains no code that signs.
 * Server runtimes whose bundlers also set the `browser` condition get the library.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundlers } from '../support/bundlers.js';
import { emptyFolder, PROBES, reportOf, userProject, writeProgram } from '../support/project.js';
import { run } from '../support/run.js';

const project = userProject(...PROBES);

const GUARD = { name: 'Error', message: /^100ms-tokens creates tokens on a server .* expose the app secret/ };

/** Client code that users write by mistake. */
const mistakes = {
  'a named import': `import { createTokenBuilder } from '100ms-tokens'; console.log(createTokenBuilder());`,
  'an unused import': `import { createTokenBuilder } from '100ms-tokens';`,
  'a re-export of everything': `export * from '100ms-tokens';`,
  'a require': `const { createTokenBuilder } = require('100ms-tokens'); console.log(createTokenBuilder());`,
  'a namespace import': `import * as tokens from '100ms-tokens'; console.log(tokens.createTokenBuilder());`,
  'a namespace import as a value': `import * as tokens from '100ms-tokens'; console.log(tokens);`,
  'an import for its side effect': `import '100ms-tokens';`,
  'a re-export': `export { createTokenBuilder } from '100ms-tokens';`,
  'a dynamic import': `const { createTokenBuilder } = await import('100ms-tokens'); console.log(createTokenBuilder());`,
};

// Vite's bundle dispatches an event on the window when a dynamic import fails.
Object.assign(globalThis, { window: new EventTarget() });

for (const [name, bundler] of Object.entries(bundlers)) {
  describe(`a client bundle by ${name}`, () => {
    // Bundlers for clients only are slow, and load a dynamic import with a script tag.
    for (const [mistake, text] of Object.entries(mistakes).slice(0, 'server' in bundler ? undefined : 4)) {
      test(`throws on ${mistake}`, async () => {
        const entry = writeProgram(project, `client.${text.includes('require(') ? 'cjs' : 'mjs'}`, text);
        const outdir = emptyFolder();
        const bundle = await bundler.client(entry, outdir, 'esm');

        await assert.rejects(import(pathToFileURL(bundle).href), GUARD);
        for (const file of readdirSync(outdir, { recursive: true, encoding: 'utf8' })) {
          if (file.endsWith('js'))
            assert.doesNotMatch(readFileSync(path.join(outdir, file), 'utf8'), /createHmac|HS256|node:crypto/);
        }
      });
    }
  });
}

/** Conditions apart from `import` and `require`. @type {[who: string, conditions: string, file: string][]} */
const resolutions = [
  ['a client bundler', 'module browser production', 'guard'],
  ['Jest with jsdom', 'browser default', 'guard'],
  ['React Native', 'react-native', 'guard'],
  ['Expo on the web', 'browser react-native', 'guard'],
  ['the Vercel Edge runtime', 'edge-light worker browser', 'guard'],
  ['Cloudflare Workers', 'workerd worker browser', 'index'],
  ['a build for every edge runtime', 'edge-light workerd worker browser', 'index'],
  ['Deno', 'deno node browser', 'index'],
  ['Bun', 'bun node browser', 'index'],
  ['a Node.js test runner with a DOM', 'node browser', 'index'],
  ['an Expo API route', 'node react-native', 'index'],
  ['a server bundler', 'module production', 'index'],
];

for (const [who, conditions, file] of resolutions) {
  test(`${who} (${conditions}) gets ${file}.js and the fixtures`, async () => {
    const entries = ['100ms-tokens', '100ms-tokens/testing'];
    const files = entries
      .flatMap((entry) => [`import '${entry}';`, `require('${entry}');`])
      .map(async (contents) => {
        const { metafile } = await build({
          stdin: { contents, resolveDir: project },
          absWorkingDir: project,
          conditions: conditions.split(' '),
          bundle: true,
          write: false,
          metafile: true,
          platform: 'neutral', // the only platform that adds no condition
          external: ['node:*'],
          logLevel: 'silent',
        });
        return Object.keys(metafile.inputs).flatMap((input) => (input === '<stdin>' ? [] : [path.basename(input)]));
      });
    // Neither loads another file.
    assert.deepEqual((await Promise.all(files)).flat(), [`${file}.js`, `${file}.cjs`, 'testing.js', 'testing.cjs']);
  });
}

test('node --conditions=browser gets the library', async () => {
  for (const program of ['probe-esm.mjs', 'probe-cjs.cjs'])
    assert.equal(
      await run(process.execPath, ['--conditions=browser', program], { cwd: project }),
      await reportOf(project),
    );
});

/**
 * Bundled for a browser, every entry throws on import and says why, and what would sign is not in the bundle.
 * Runtimes and test runners whose tools ask for `browser` as well get the real thing.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundlers } from '../support/bundlers.js';
import { emptyFolder, PROBES, reportOf, userProject, writeProgram } from '../support/project.js';
import { run } from '../support/run.js';

const project = userProject(...PROBES);

/** What each guard says, a plain error; the first also says what to set for a server bundled for the wrong platform. */
const GUARD = {
  name: 'Error',
  message:
    /on a server.*get the app secret.*server code only.*esbuild --platform=node.*webpack target: 'node'.*Vite (build\.)?ssr/s,
};
const EDGE_GUARD = {
  name: 'Error',
  message: /Edge runtime does not have.*`export const runtime = 'nodejs'`.*proxy\.ts/s,
};

/** Client code that somebody writes by mistake. */
const mistakes = {
  'a named import': `import { createTokenBuilder } from '100ms-tokens'; console.log(createTokenBuilder());`,
  'a namespace import': `import * as tokens from '100ms-tokens'; console.log(tokens.createTokenBuilder());`,
  'a namespace import as a value': `import * as tokens from '100ms-tokens'; console.log(tokens);`,
  'an import that is not used': `import { createTokenBuilder } from '100ms-tokens';`,
  'an import for its side effect': `import '100ms-tokens';`,
  'a re-export': `export { createTokenBuilder } from '100ms-tokens';`,
  'a re-export of everything': `export * from '100ms-tokens';`,
  'a dynamic import': `const { createTokenBuilder } = await import('100ms-tokens'); console.log(createTokenBuilder());`,
  'a named import of the fixtures': `import { createTokenFixtures } from '100ms-tokens/testing'; console.log(createTokenFixtures());`,
  'a namespace import of the fixtures': `import * as testing from '100ms-tokens/testing'; console.log(testing.testCredentials);`,
  'a re-export of the fixtures': `export { createTokenFixtures } from '100ms-tokens/testing';`,
  'a require': {
    commonjs: `const { createTokenBuilder } = require('100ms-tokens'); console.log(createTokenBuilder());`,
  },
  'a require of the fixtures': { commonjs: `console.log(require('100ms-tokens/testing').testCredentials);` },
};

// Vite's bundle tells the window of an import() that failed, before it passes the error on.
Object.assign(globalThis, { window: new EventTarget() });

for (const [name, { client }] of Object.entries(bundlers)) {
  describe(`a client bundle by ${name}`, () => {
    for (const [description, mistake] of Object.entries(mistakes)) {
      test(`is guarded against ${description}`, async () => {
        const entry =
          typeof mistake === 'string'
            ? writeProgram(project, 'client.mjs', mistake)
            : writeProgram(project, 'client.cjs', mistake.commonjs);
        const outdir = emptyFolder();
        const bundle = await client(entry, outdir, 'esm');

        await assert.rejects(import(pathToFileURL(bundle).href), GUARD);
        for (const file of readdirSync(outdir, { recursive: true, encoding: 'utf8' })) {
          if (file.endsWith('js'))
            assert.doesNotMatch(readFileSync(path.join(outdir, file), 'utf8'), /createHmac|HS256|node:crypto/);
        }
      });
    }
  });
}

/**
 * Who asks for which conditions (besides `import` or `require`), and what they are to get.
 *
 * @type {{ who: string; conditions: string[]; gets: keyof typeof FILES }[]}
 */
const conditionSets = [
  { who: 'a client bundler', conditions: ['module', 'browser', 'production'], gets: 'the guard' },
  { who: 'Jest with jsdom', conditions: ['browser', 'default'], gets: 'the guard' },
  { who: 'React Native', conditions: ['react-native'], gets: 'the guard' },
  { who: 'Expo on the web', conditions: ['browser', 'react-native'], gets: 'the guard' },
  { who: "Vercel's Edge runtime", conditions: ['edge-light', 'worker', 'browser'], gets: 'the edge guard' },
  { who: 'Cloudflare Workers', conditions: ['workerd', 'worker', 'browser'], gets: 'the real thing' },
  {
    who: 'a build for any edge',
    conditions: ['edge-light', 'workerd', 'worker', 'browser'],
    gets: 'the real thing', // Workers can run it, and Vercel's Edge runtime says itself that it lacks node:crypto
  },
  { who: 'Deno', conditions: ['deno', 'node', 'browser'], gets: 'the real thing' },
  { who: 'Bun', conditions: ['bun', 'node', 'browser'], gets: 'the real thing' },
  { who: 'a Node.js test runner with a DOM', conditions: ['node', 'browser'], gets: 'the real thing' },
  { who: 'an Expo API route', conditions: ['node', 'react-native'], gets: 'the real thing' },
  { who: 'a server bundler', conditions: ['module', 'production'], gets: 'the real thing' },
];

/** As `import` and as `require` resolve each entry: the names of files of the package, of which none loads another. */
const FILES = {
  'the guard': ['browser.js', 'browser.cjs', 'browser.js', 'browser.cjs'],
  'the edge guard': ['edge.js', 'edge.cjs', 'edge.js', 'edge.cjs'],
  'the real thing': ['index.js', 'index.cjs', 'testing.js', 'testing.cjs'],
};

/**
 * The files that a project's package gives out for these conditions, in the order of FILES.
 *
 * @param {string} folder
 * @param {string[]} conditions
 */
async function resolved(folder, conditions) {
  const entries = ['100ms-tokens', '100ms-tokens/testing'];
  const statements = entries.flatMap((entry) => [`import '${entry}';`, `require('${entry}');`]);
  const files = statements.map(async (contents) => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: folder },
      absWorkingDir: folder,
      conditions,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral', // the only one that adds no condition of its own
      external: ['node:*'],
      logLevel: 'silent',
    });
    return Object.keys(metafile.inputs).flatMap((file) => (file === '<stdin>' ? [] : [path.basename(file)]));
  });
  return (await Promise.all(files)).flat();
}

for (const { who, conditions, gets } of conditionSets) {
  test(`${who} (${conditions.join(', ')}) gets ${gets}`, async () => {
    assert.deepEqual(await resolved(project, conditions), FILES[gets]);
  });
}

/** @type {[order: string, reorder: (names: string[]) => string[], victim: string][]} the victim gets something else then */
const wrongOrders = [
  ['browser before the runtimes', (names) => ['browser', ...names], 'Cloudflare Workers'],
  ['no browser', (names) => names.filter((name) => name !== 'browser'), 'a client bundler'],
  ['react-native before node', (names) => ['react-native', ...names], 'an Expo API route'],
  ['edge-light before workerd', (names) => ['edge-light', ...names], 'a build for any edge'],
];

for (const [order, reorder, victim] of wrongOrders) {
  test(`the tests of ${victim} would fail with ${order}`, async () => {
    const folder = userProject();
    const file = path.join(folder, 'node_modules/100ms-tokens/package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    for (const entry of [manifest.exports['.'], manifest.exports['./testing']]) {
      for (const [format, targets] of Object.entries(entry))
        entry[format] = Object.fromEntries(reorder(Object.keys(targets)).map((name) => [name, targets[name]]));
    }
    writeFileSync(file, JSON.stringify(manifest));
    const row = conditionSets.find(({ who }) => who === victim);
    assert.ok(row);
    assert.notDeepEqual(await resolved(folder, row.conditions), FILES[row.gets]);
  });
}

for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
  test(`node --conditions=browser ${program} gets the real thing`, async () => {
    const output = await run(process.execPath, ['--conditions=browser', program], { cwd: project });
    assert.equal(output, await reportOf(project));
  });
}

test('the edge guard names the cure, in both formats', async () => {
  for (const file of ['edge.js', 'edge.cjs']) {
    const url = pathToFileURL(path.join(project, 'node_modules/100ms-tokens/dist', file)).href;
    await assert.rejects(import(url), EDGE_GUARD);
  }
});

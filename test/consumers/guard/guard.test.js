/**
 * Bundled for a browser, every entry throws on import and says why, and what would sign is not in the bundle.
 * Runtimes and test runners whose tools ask for `browser` as well get the real thing.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { build } from 'esbuild';

import { bundlers } from '../support/bundlers.js';
import { brokenCopy, editManifest, emptyFolder, packageFolder, userProject, writeProgram } from '../support/project.js';
import { installed, run } from '../support/run.js';
import { bundleWorker, withWorker } from '../support/worker.js';

const project = userProject(
  ...['probe.cjs', 'probe-esm.mjs', 'probe-cjs.cjs', 'worker.js'].map((name) => `runtimes/${name}`),
);

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

/**
 * Builds client code, and asserts that the guard throws when it is loaded.
 *
 * @param {string} folder
 * @param {import('../support/bundlers.js').Bundle} client
 * @param {string | { commonjs: string }} mistake
 */
async function assertGuarded(folder, client, mistake) {
  const entry =
    typeof mistake === 'string'
      ? writeProgram(folder, 'client.mjs', mistake)
      : writeProgram(folder, 'client.cjs', mistake.commonjs);
  const outdir = emptyFolder();
  const bundle = await client(entry, outdir, 'esm');

  await assert.rejects(import(pathToFileURL(bundle).href), isGuardError);
  for (const file of readdirSync(outdir, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('js'))
      assert.doesNotMatch(readFileSync(path.join(outdir, file), 'utf8'), /createHmac|HS256|node:crypto/);
  }
}

/** @param {unknown} error */
function isGuardError(error) {
  assert.ok(error instanceof Error);
  assert.equal(error.constructor, Error);
  assert.match(error.message, /makes tokens on a server/);
  assert.match(error.message, /would get the app secret/);
  assert.match(error.message, /server code only/);
  // For a server that was bundled for the wrong platform.
  assert.match(error.message, /esbuild --platform=node/);
  assert.match(error.message, /webpack target: 'node'/);
  assert.match(error.message, /Vite (build\.)?ssr/);
  return true;
}

for (const [name, { client }] of Object.entries(bundlers)) {
  describe(`a client bundle by ${name}`, () => {
    for (const [description, mistake] of Object.entries(mistakes)) {
      test(`is guarded against ${description}`, () => assertGuarded(project, client, mistake));
    }
  });
}

/** Who asks for which conditions (besides `import` or `require`), and what they are to get. */
const conditionSets = [
  { who: 'a client bundler', conditions: ['module', 'browser', 'production'], gets: 'the guard' },
  { who: 'Jest with jsdom', conditions: ['browser', 'default'], gets: 'the guard' },
  { who: 'React Native', conditions: ['react-native'], gets: 'the guard' },
  { who: 'Expo on the web', conditions: ['browser', 'react-native'], gets: 'the guard' },
  { who: "Vercel's Edge runtime", conditions: ['edge-light', 'worker', 'browser'], gets: 'the edge guard' },
  { who: 'Cloudflare Workers', conditions: ['workerd', 'worker', 'browser'], gets: 'the real thing' },
  { who: 'Deno', conditions: ['deno', 'node', 'browser'], gets: 'the real thing' },
  { who: 'Bun', conditions: ['bun', 'node', 'browser'], gets: 'the real thing' },
  { who: 'a Node.js test runner with a DOM', conditions: ['node', 'browser'], gets: 'the real thing' },
  { who: 'an Expo API route', conditions: ['node', 'react-native'], gets: 'the real thing' },
  { who: 'a server bundler', conditions: ['module', 'production'], gets: 'the real thing' },
];

/** @satisfies {import('esbuild').BuildOptions} */
const options = {
  bundle: true,
  write: false,
  metafile: true,
  platform: /** @type {const} */ ('neutral'), // the only one that adds no condition of its own
  external: ['node:*'],
  logLevel: /** @type {const} */ ('silent'),
};

/**
 * Every entry, as `import` and as `require` resolve it under some conditions: the names of files of the package.
 *
 * @param {string} folder
 * @param {string[]} conditions
 */
async function resolved(folder, conditions) {
  const statements = ['', '/testing'].flatMap((entry) => [
    `import '100ms-tokens${entry}';`,
    `require('100ms-tokens${entry}');`,
  ]);
  return Promise.all(
    statements.map(async (contents) => {
      const stdin = { contents, resolveDir: folder };
      const { metafile } = await build({ ...options, stdin, absWorkingDir: folder, conditions });
      return path.basename(metafile.inputs['<stdin>']?.imports[0]?.path ?? '');
    }),
  );
}

/** @type {Record<string, string[]>} */
const files = {
  'the guard': ['browser.js', 'browser.cjs', 'browser.js', 'browser.cjs'],
  'the edge guard': ['edge.js', 'edge.cjs', 'edge.js', 'edge.cjs'],
  'the real thing': ['index.js', 'index.cjs', 'testing.js', 'testing.cjs'],
};

for (const { who, conditions, gets } of conditionSets) {
  test(`${who} (${conditions.join(', ')}) gets ${gets}`, async () => {
    assert.deepEqual(await resolved(project, conditions), files[gets]);
  });
}

for (const program of ['probe-esm.mjs', 'probe-cjs.cjs']) {
  test(`node --conditions=browser ${program} gets the real thing`, async () => {
    const output = await run(process.execPath, ['--conditions=browser', program], { cwd: project });
    assert.equal(output, await run(process.execPath, [program], { cwd: project }));
  });
}

const vitest = installed('vitest/vitest.mjs');

for (const environment of ['jsdom', 'happy-dom']) {
  // Inlined, a dependency is resolved by Vite; otherwise by Node.js.
  for (const inline of [[], ['100ms-tokens']]) {
    test(`Vitest with ${environment}, ${inline.length > 0 ? 'inlined' : 'external'}, gets the real thing`, async () => {
      const config = { test: { globals: true, environment, server: { deps: { inline } } } };
      writeProgram(project, 'vitest.config.mjs', `export default ${JSON.stringify(config)};`);
      writeProgram(
        project,
        'dom.test.mjs',
        `import { verifyToken } from '100ms-tokens';
        import { createTokenFixtures, testCredentials } from '100ms-tokens/testing';

        test('a fixture verifies beside a DOM', () => {
          expect(document.createElement('p').tagName).toBe('P');
          const token = createTokenFixtures().appToken({ userId: 'José' });
          expect(verifyToken(token, testCredentials.secret).user_id).toBe('José');
        });`,
      );
      assert.match(await run(process.execPath, [vitest, 'run', '--reporter=tap'], { cwd: project }), /^ok 1/m);
    });
  }
}

test('the edge guard names the cure, in both formats', async () => {
  for (const file of ['edge.js', 'edge.cjs']) {
    await assert.rejects(import(pathToFileURL(path.join(packageFolder(project), 'dist', file)).href), (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.constructor, Error);
      assert.match(error.message, /Edge runtime does not have/);
      assert.match(error.message, /`export const runtime = 'nodejs'`/);
      assert.match(error.message, /proxy\.ts/);
      return true;
    });
  }
});

/**
 * Changes the conditions of every entry and format.
 *
 * @param {Reorder} reorder
 * @returns {(folder: string) => void}
 */
const withConditions = (reorder) => (folder) => {
  editManifest(folder, (manifest) => {
    for (const entry of [manifest.exports['.'], manifest.exports['./testing']]) {
      for (const format of ['import', 'require']) {
        const targets = entry[format];
        entry[format] = Object.fromEntries(reorder(Object.keys(targets)).map((name) => [name, targets[name]]));
      }
    }
  });
};
/** @typedef {(names: string[]) => string[]} Reorder takes the names of conditions in their order, and gives them anew */
/** @type {(condition: string) => Reorder} */
const without = (condition) => (names) => names.filter((name) => name !== condition);
/** @type {(condition: string) => Reorder} */
const first = (condition) => (names) => [condition, ...without(condition)(names)];
/** @type {(condition: string) => Reorder} */
const last = (condition) => (names) => [...without(condition)(names), condition];

describe('the tests above fail', () => {
  /** By order of the conditions: who then gets something else than what is wanted. */
  const orders = [
    {
      when: 'browser stands before the runtimes',
      reorder: first('browser'),
      fails: ["Vercel's Edge runtime", 'Cloudflare Workers', 'Deno', 'Bun', 'a Node.js test runner with a DOM'],
    },
    {
      when: 'browser stands behind default',
      reorder: last('browser'),
      fails: ['a client bundler', 'Jest with jsdom'],
    },
    { when: 'browser is missing', reorder: without('browser'), fails: ['a client bundler', 'Jest with jsdom'] },
    { when: 'react-native is missing', reorder: without('react-native'), fails: ['React Native'] },
    { when: 'react-native stands behind default', reorder: last('react-native'), fails: ['React Native'] },
    { when: 'react-native stands before node', reorder: first('react-native'), fails: ['an Expo API route'] },
    { when: 'edge-light stands behind browser', reorder: last('edge-light'), fails: ["Vercel's Edge runtime"] },
    { when: 'workerd stands behind browser', reorder: last('workerd'), fails: ['Cloudflare Workers'] },
    {
      when: 'default stands first',
      reorder: first('default'),
      fails: ['a client bundler', 'Jest with jsdom', 'React Native', 'Expo on the web', "Vercel's Edge runtime"],
    },
  ];

  for (const { when, reorder, fails } of orders) {
    test(`when ${when}`, async () => {
      const broken = brokenCopy(project, withConditions(reorder));
      const failing = [];
      for (const { who, conditions, gets } of conditionSets) {
        if (!isDeepStrictEqual(await resolved(broken, conditions), files[gets])) failing.push(who);
      }
      assert.deepEqual(failing, fails);
    });
  }

  test('when browser stands before the runtimes, in Cloudflare workerd itself', async () => {
    const broken = brokenCopy(project, withConditions(first('browser')));
    const bundle = path.join(broken, 'worker.bundle.js');
    await bundleWorker(path.join(broken, 'worker.js'), bundle);
    await assert.rejects(
      withWorker(bundle, {}, () => Promise.reject(new Error('it listens'))),
      /ended before it listened[^]*makes tokens on a server/,
    );
  });

  /** @type {Record<string, { breakIt: (folder: string) => void; mistake: keyof typeof mistakes }>} */
  const breaks = {
    'when there is no browser condition': {
      breakIt: withConditions(without('browser')),
      mistake: 'a named import',
    },
    'when the guard is said to have no side effects': {
      breakIt: (folder) => {
        editManifest(folder, (manifest) => {
          manifest.sideEffects = false;
        });
      },
      mistake: 'an import for its side effect',
    },
    'when the guard lacks the names of the entries': {
      breakIt: (folder) => {
        const text = 'throw new Error("makes tokens on a server"); export {};';
        writeFileSync(path.join(folder, 'dist', 'browser.js'), text);
      },
      mistake: 'a re-export',
    },
  };

  for (const [how, { breakIt, mistake }] of Object.entries(breaks)) {
    test(how, async () => {
      const broken = brokenCopy(project, breakIt);
      for (const [name, { client }] of Object.entries(bundlers)) {
        await assert.rejects(assertGuarded(broken, client, mistakes[mistake]), name);
      }
    });
  }
});

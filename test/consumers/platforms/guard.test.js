/**
 * Bundled for a browser, every entry throws on import and says why, and what would sign is not in the bundle.
 * Runtimes and test runners whose tools ask for `browser` as well get the real thing.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundlers } from './support/bundlers.js';
import { brokenCopy, editManifest, emptyFolder, packageFolder, userProject, writeProgram } from './support/project.js';
import { run } from './support/run.js';
import { bundleWorker, withWorker } from './support/worker.js';

const project = userProject('probe.cjs', 'probe-esm.mjs', 'probe-cjs.cjs', 'worker.js');

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
globalThis.window ??= new EventTarget();

/** Builds client code, and asserts that the guard throws when it is loaded. */
async function assertGuarded(folder, client, mistake) {
  const entry =
    typeof mistake === 'string'
      ? writeProgram(folder, 'client.mjs', mistake)
      : writeProgram(folder, 'client.cjs', mistake.commonjs);
  const outdir = emptyFolder();
  const bundle = await client(entry, outdir, 'esm');

  await assert.rejects(import(pathToFileURL(bundle).href), isGuardError);
  for (const file of readdirSync(outdir, { recursive: true })) {
    if (file.endsWith('js'))
      assert.doesNotMatch(readFileSync(path.join(outdir, file), 'utf8'), /createHmac|HS256|node:crypto/);
  }
}

function isGuardError(error) {
  assert.equal(error.constructor, Error);
  assert.match(error.message, /makes tokens on a server/);
  assert.match(error.message, /would get the app secret/);
  assert.match(error.message, /server code only/);
  return true;
}

for (const [name, { client }] of Object.entries(bundlers)) {
  describe(`a client bundle by ${name}`, () => {
    for (const [description, mistake] of Object.entries(mistakes)) {
      test(`is guarded against ${description}`, () => assertGuarded(project, client, mistake));
    }
  });
}

/** Whoever asks for `browser`, what else is asked for, and what it is to get. */
const conditionSets = [
  { who: 'a client bundler', conditions: ['module', 'browser', 'production'], gets: 'the guard' },
  { who: 'Jest with jsdom', conditions: ['browser', 'default'], gets: 'the guard' },
  { who: 'Cloudflare Workers', conditions: ['workerd', 'worker', 'browser'], gets: 'the real thing' },
  { who: 'an edge runtime', conditions: ['edge-light', 'worker', 'browser'], gets: 'the real thing' },
  { who: 'Deno', conditions: ['deno', 'browser'], gets: 'the real thing' },
  { who: 'Bun', conditions: ['bun', 'browser'], gets: 'the real thing' },
  { who: 'a Node.js test runner with a DOM', conditions: ['node', 'browser'], gets: 'the real thing' },
  { who: 'a server bundler', conditions: ['module', 'production'], gets: 'the real thing' },
];

/** Every entry, as `import` and as `require` resolve it under some conditions: the names of files of the package. */
async function resolved(folder, conditions) {
  const statements = ['', '/testing'].flatMap((entry) => [
    `import '100ms-tokens${entry}';`,
    `require('100ms-tokens${entry}');`,
  ]);
  return Promise.all(
    statements.map(async (contents) => {
      const stdin = { contents, resolveDir: folder };
      // Of the platforms only "neutral" adds no condition of its own.
      const options = {
        bundle: true,
        write: false,
        metafile: true,
        platform: 'neutral',
        conditions,
        external: ['node:*'],
      };
      const { metafile } = await build({ stdin, ...options, absWorkingDir: folder, logLevel: 'silent' });
      const [{ path: file }] = metafile.inputs['<stdin>'].imports;
      return path.basename(file);
    }),
  );
}

const files = {
  'the guard': ['browser.js', 'browser.cjs', 'browser.js', 'browser.cjs'],
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

const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', import.meta.url));

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

test('the guard has every name of the entries, or bundlers would stop at a missing one', async () => {
  const names = async (file) => {
    const entryPoints = [path.join(packageFolder(project), 'dist', file)];
    const { metafile } = await build({
      entryPoints,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
    });
    return Object.values(metafile.outputs)[0].exports;
  };
  const all = [...(await names('index.js')), ...(await names('testing.js'))];
  assert.deepEqual((await names('browser.js')).sort(), all.sort());
});

describe('the tests above fail', () => {
  const client = Object.entries(bundlers).map(([name, bundler]) => ({ name, bundle: bundler.client }));
  const manifest = (change) => (folder) => editManifest(folder, change);

  /** Moves a condition of every entry. */
  const reordered = (reorder) =>
    manifest((manifest) => {
      for (const entry of ['.', './testing']) {
        const { browser, ...others } = manifest.exports[entry];
        manifest.exports[entry] = reorder(browser, others);
      }
    });

  test('when browser stands before the runtimes', async () => {
    const broken = brokenCopy(
      project,
      reordered((browser, others) => ({ browser, ...others })),
    );
    for (const { conditions } of conditionSets.filter((set) => set.conditions.includes('browser'))) {
      assert.deepEqual(await resolved(broken, conditions), files['the guard']);
    }
    const bundle = path.join(broken, 'worker.bundle.js');
    await bundleWorker(path.join(broken, 'worker.js'), bundle);
    await assert.rejects(
      withWorker(bundle, {}, () => Promise.reject(new Error('it listens'))),
      /ended before it listened[^]*makes tokens on a server/,
    );
  });

  /** @type {Record<string, { breakIt: (folder: string) => void; mistake: keyof typeof mistakes }>} */
  const breaks = {
    'when browser stands after import': {
      breakIt: reordered((browser, others) => ({ ...others, browser })),
      mistake: 'a named import',
    },
    'when there is no browser condition': {
      breakIt: reordered((browser, others) => others),
      mistake: 'a named import',
    },
    'when the guard is said to have no side effects': {
      breakIt: manifest((manifest) => (manifest.sideEffects = false)),
      mistake: 'an import for its side effect',
    },
    'when the guard lacks the names of the entries': {
      breakIt: (folder) => {
        writeFileSync(
          path.join(folder, 'dist', 'browser.js'),
          'throw new Error("makes tokens on a server"); export {};',
        );
      },
      mistake: 'a re-export',
    },
  };

  for (const [how, { breakIt, mistake }] of Object.entries(breaks)) {
    test(how, async () => {
      const broken = brokenCopy(project, breakIt);
      for (const { name, bundle } of client) {
        await assert.rejects(assertGuarded(broken, bundle, mistakes[mistake]), name);
      }
    });
  }
});

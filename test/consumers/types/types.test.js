/**
 * The published types, in every TypeScript and module resolution that README.md names: all errors wanted, and no other.
 * A user's library can emit declarations with them, and these compile.
 */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';

import { attempt, home, installed, run } from '../support/run.js';

const here = path.join(home, 'types');
const built = path.join(here, 'built');

const ESM = ['built/program.mts'];
const BOTH = [...ESM, 'built/program.cts', 'required.cts'];
const MIXED = [...BOTH, 'mixed.mts'];

/**
 * By the module resolution: what such a project sets, which files can be in it, and the ending of the declarations that
 * they must get: those of the other module system would have `import` and `require` disagree about what they get.
 *
 * @type {Record<string, { module: string; moduleResolution: string; sources: string[]; declarations: string[] }>}
 */
const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16', sources: MIXED, declarations: ['.d.cts', '.d.ts'] },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext', sources: MIXED, declarations: ['.d.cts', '.d.ts'] },
  bundler: { module: 'esnext', moduleResolution: 'bundler', sources: ESM, declarations: ['.d.ts'] },
  'bundler, CommonJS too': {
    module: 'preserve', // since TypeScript 5.4
    moduleResolution: 'bundler',
    sources: BOTH,
    declarations: ['.d.cts', '.d.ts'],
  },
  // The name that every version knows node10 by: TypeScript 5.0 brought the new one.
  node10: { module: 'commonjs', moduleResolution: 'node', sources: BOTH, declarations: ['.d.cts'] },
};

/**
 * The oldest and the newest ones, and those between where the compiler began to name types otherwise (5.4).
 *
 * @type {{ version: string; resolutions: string[]; flags?: string[] }[]}
 */
const VERSIONS = [
  // Before 4.9, `typesVersions` (for node10) came before `exports`, and an ES module got the CommonJS types of /testing.
  { version: '4.9', resolutions: ['node16', 'nodenext', 'node10'] },
  { version: '5.0', resolutions: ['node16', 'nodenext', 'bundler', 'node10'] },
  { version: '5.3', resolutions: ['nodenext', 'bundler'] },
  { version: '5.4', resolutions: ['nodenext', 'bundler, CommonJS too'] },
  { version: '5.9', resolutions: ['nodenext', 'bundler, CommonJS too'] },
  {
    version: '6.0',
    resolutions: ['node16', 'nodenext', 'bundler', 'bundler, CommonJS too', 'node10'],
    // It takes no file names where it finds a tsconfig.json unless told to ignore it; the latter is for node10.
    flags: ['--ignoreConfig', '--ignoreDeprecations', '6.0'],
  },
  {
    version: '7.0', // without node10
    resolutions: ['node16', 'nodenext', 'bundler', 'bundler, CommonJS too'],
    flags: ['--ignoreConfig'],
  },
];

const SETTINGS = '--strict --exactOptionalPropertyTypes --target es2022 --lib es2022 --types node --pretty false';

before(() => {
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built);
  for (const ending of ['mts', 'cts']) {
    copyFileSync(path.join(here, 'program.ts'), path.join(built, `program.${ending}`));
  }
});

describe('TypeScript', { concurrency: 2 }, () => {
  for (const { version, resolutions, flags = [] } of VERSIONS) {
    const compiler = [installed(`typescript-${version}/bin/tsc`), ...SETTINGS.split(' '), ...flags];

    test(version, async (t) => {
      for (const name of resolutions) {
        await t.test(name, async () => {
          const { module, moduleResolution, sources, declarations } = RESOLUTIONS[name] ?? assert.fail(name);
          const outDir = path.join('built', version, name.replace(/\W+/g, '-'));
          const settings = [
            '--skipLibCheck',
            '--module',
            module,
            '--moduleResolution',
            moduleResolution,
            '--listFiles',
          ];
          const output = ['--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--outDir', outDir];
          const args = [...compiler, ...settings, ...output, ...sources];
          const { stdout, stderr } = await attempt(process.execPath, args, { cwd: here });

          const wanted = markedErrors(sources);
          const found = reportedErrors(stdout);
          const unexpected = found.filter(({ at, code }) => !wanted.get(at)?.includes(code));
          const missing = [...wanted.keys()].filter((at) => !found.some((error) => error.at === at));
          assert.deepEqual({ unexpected, missing }, { unexpected: [], missing: [] }, stdout + stderr);
          const entries = ['index', 'testing'].flatMap((entry) => declarations.map((ending) => entry + ending));
          assert.deepEqual(usedEntries(stdout), entries);
        });
      }

      // Without --skipLibCheck, which would say nothing of declarations: of these, nor of the package's own.
      await t.test('compiles the declarations that were emitted', async () => {
        const emitted = readdirSync(path.join(built, version), { recursive: true, encoding: 'utf8' })
          .filter((file) => /program\.d\.[cm]ts$/.test(file) && !file.startsWith('node10'))
          .map((file) => path.join('built', version, file));
        const each = resolutions.filter((name) => name !== 'node10').map((name) => RESOLUTIONS[name]?.sources ?? []);
        assert.equal(emitted.length, each.flat().filter((source) => source.includes('program')).length);
        const settings = ['--noEmit', '--module', 'nodenext', '--moduleResolution', 'nodenext'];
        await run(process.execPath, [...compiler, ...settings, ...emitted], { cwd: here });
      });
    });
  }
});

/**
 * The marked lines, as `file:line`, and the codes that each may give.
 *
 * @param {string[]} sources
 */
function markedErrors(sources) {
  /** @type {Map<string, string[]>} */
  const wanted = new Map();
  for (const file of sources) {
    for (const [index, line] of readFileSync(path.join(here, file), 'utf8').split('\n').entries()) {
      const codes = /; \/\/ (TS\d+(?: TS\d+)*)$/.exec(line)?.[1];
      if (codes !== undefined) wanted.set(`${file}:${String(index + 1)}`, codes.split(' '));
    }
  }
  return wanted;
}

/**
 * What the compiler found: in a file, or, without one, in its options.
 *
 * @param {string} stdout
 */
function reportedErrors(stdout) {
  const matches = stdout.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*)/gm);
  return Array.from(matches, ([, file = '', line = '', code = '', message]) => ({
    at: `${file}:${line}`,
    code,
    message,
  }));
}

/**
 * The declaration files of the package's entries that the compiler read.
 *
 * @param {string} stdout
 */
function usedEntries(stdout) {
  const matches = stdout.matchAll(/100ms-tokens\/dist\/((?:index|testing)\.d\.c?ts)\r?$/gm);
  return Array.from(matches, ([, file]) => file).sort();
}

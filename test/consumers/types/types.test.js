/**
 * The published types in every supported TypeScript version and module resolution, without `@types/node`. Programs get
 * exactly the errors that they mark, and the declarations that they emit compile.
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
 * For each module resolution: its settings, the files of a program, and the endings of the declarations that these must
 * get. With declarations of the other format, `import` and `require` would disagree about what they return.
 *
 * @type {Record<string, [module: string, moduleResolution: string, sources: string[], endings: string[]]>}
 */
const RESOLUTIONS = {
  node16: ['node16', 'node16', MIXED, ['.d.cts', '.d.ts']],
  nodenext: ['nodenext', 'nodenext', MIXED, ['.d.cts', '.d.ts']],
  bundler: ['esnext', 'bundler', ESM, ['.d.ts']],
  preserve: ['preserve', 'bundler', BOTH, ['.d.cts', '.d.ts']], // since TypeScript 5.4
  node10: ['commonjs', 'node', BOTH, ['.d.cts']], // TypeScript 4.9 knows it only as `node`
};

/**
 * The oldest and the newest version, and those around 5.4, where the compiler began to name types differently. Before
 * 4.9, `typesVersions` won over `exports`.
 *
 * @type {[version: string, resolutions: string[], flags: string[]][]}
 */
const VERSIONS = [
  ['4.9', ['node16', 'nodenext', 'node10'], []],
  ['5.0', ['node16', 'nodenext', 'bundler', 'node10'], []],
  ['5.3', ['nodenext', 'bundler'], []],
  ['5.4', ['nodenext', 'preserve'], []],
  ['5.9', ['nodenext', 'preserve'], []],
  // The flags allow file names next to a tsconfig.json, and node10.
  ['6.0', ['node16', 'nodenext', 'bundler', 'preserve', 'node10'], ['--ignoreConfig', '--ignoreDeprecations', '6.0']],
  ['7.0', ['node16', 'nodenext', 'bundler', 'preserve'], ['--ignoreConfig']],
];

const SETTINGS = '--strict --exactOptionalPropertyTypes --target es2022 --lib es2022 --pretty false --typeRoots none';

before(() => {
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built);
  for (const ending of ['mts', 'cts']) {
    copyFileSync(path.join(here, 'program.ts'), path.join(built, `program.${ending}`));
  }
});

describe('TypeScript', { concurrency: 2 }, () => {
  for (const [version, resolutions, flags] of VERSIONS) {
    const compiler = [installed(`typescript-${version}/bin/tsc`), ...SETTINGS.split(' '), ...flags];

    test(version, async (t) => {
      for (const name of resolutions) {
        await t.test(name, async () => {
          const [module, moduleResolution, sources, endings] = RESOLUTIONS[name] ?? assert.fail(name);
          const input = ['--skipLibCheck', '--module', module, '--moduleResolution', moduleResolution, '--listFiles'];
          const outDir = path.join('built', version, name);
          const output = ['--declaration', '--emitDeclarationOnly', '--rootDir', '.', '--outDir', outDir];
          const args = [...compiler, ...input, ...output, ...sources];
          const { stdout, stderr } = await attempt(process.execPath, args, { cwd: here });

          const wanted = markedErrors(sources);
          const found = Array.from(
            stdout.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (TS\d+): .*/gm),
            ([text, file = '', line = '', code = '']) => ({ at: `${file}:${line}`, code, text }),
          );
          const unexpected = found.filter(({ at, code }) => !wanted.get(at)?.includes(code)).map(({ text }) => text);
          const missing = [...wanted.keys()].filter((at) => !found.some((error) => error.at === at));
          assert.deepEqual({ unexpected, missing }, { unexpected: [], missing: [] }, stdout + stderr);

          const declarations = stdout.matchAll(/100ms-tokens\/dist\/((?:index|testing)\.d\.c?ts)\r?$/gm);
          const expected = ['index', 'testing'].flatMap((entry) => endings.map((ending) => entry + ending));
          assert.deepEqual(Array.from(declarations, ([, file]) => file).sort(), expected);
          assert.doesNotMatch(stdout, /@types\/node/);
        });
      }

      // Without --skipLibCheck, which would skip all declarations.
      await t.test('compiles the emitted declarations', async () => {
        const emitted = resolutions.flatMap((name) => {
          if (name === 'node10') return [];
          const folder = path.join('built', version, name);
          const files = readdirSync(path.join(here, folder), { recursive: true, encoding: 'utf8' });
          return files.filter((file) => /program\.d\.[cm]ts$/.test(file)).map((file) => path.join(folder, file));
        });
        assert.ok(emitted.length >= resolutions.filter((name) => name !== 'node10').length);
        const settings = ['--noEmit', '--module', 'nodenext', '--moduleResolution', 'nodenext'];
        await run(process.execPath, [...compiler, ...settings, ...emitted], { cwd: here });
      });
    });
  }
});

/** The codes that each marked line may report, by `file:line`. @param {string[]} sources */
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

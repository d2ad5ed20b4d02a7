/** The published types, in every TypeScript and module resolution that README.md names: all errors wanted, and no other. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

import { attempt, home, installed } from '../support/run.js';

const ESM = ['good.mts', 'bad.mts'];
const BOTH = [...ESM, 'good.cts', 'bad.cts'];

// Which files can be in such a project, and the ending of the declarations that they must get: those of the other
// module system would have `import` and `require` disagree about what they get.
const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16', sources: BOTH, declarations: ['.d.cts', '.d.ts'] },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext', sources: BOTH, declarations: ['.d.cts', '.d.ts'] },
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

// From 6.0 on the compiler takes no file names where it finds a tsconfig.json, as in the top folder, unless told to ignore it.
const VERSIONS = [
  // Before 4.9, `typesVersions` (for node10) came before `exports`, and an ES module got the CommonJS types of /testing.
  { version: '4.9', resolutions: ['node16', 'nodenext', 'node10'] },
  { version: '5.0', resolutions: ['node16', 'nodenext', 'bundler', 'node10'] },
  {
    version: '6.0',
    resolutions: ['node16', 'nodenext', 'bundler', 'bundler, CommonJS too', 'node10'],
    flags: ['--ignoreConfig', '--ignoreDeprecations', '6.0'], // the latter for node10
  },
  {
    version: '7.0', // without node10
    resolutions: ['node16', 'nodenext', 'bundler', 'bundler, CommonJS too'],
    flags: ['--ignoreConfig'],
  },
];

const STRICT = '--strict --exactOptionalPropertyTypes --skipLibCheck false --noEmit --target es2022 --lib es2022'.split(
  ' ',
);

describe('TypeScript', { concurrency: 2 }, () => {
  for (const { version, resolutions, flags = [] } of VERSIONS) {
    for (const name of resolutions) {
      test(`${version}, ${name}`, async () => {
        const { module, moduleResolution, sources, declarations } = RESOLUTIONS[name];
        const compiler = installed(`typescript-${version}/bin/tsc`);
        const settings = [...STRICT, '--types', 'node', '--module', module, '--moduleResolution', moduleResolution];
        const output = ['--pretty', 'false', '--listFiles'];
        const { stdout, stderr } = await attempt(
          process.execPath,
          [compiler, ...flags, ...settings, ...output, ...sources],
          { cwd: path.join(home, 'types') },
        );

        const wanted = markedErrors(sources);
        const found = reportedErrors(stdout);
        const unexpected = found.filter(({ at, code }) => !wanted.get(at)?.includes(code));
        const missing = [...wanted.keys()].filter((at) => !found.some((error) => error.at === at));
        assert.deepEqual({ unexpected, missing }, { unexpected: [], missing: [] }, stdout + stderr);
        const entries = ['index', 'testing'].flatMap((entry) => declarations.map((ending) => entry + ending));
        assert.deepEqual(usedEntries(stdout), entries);
      });
    }
  }
});

/** The marked lines, as `file:line`, and the codes that each may give. */
function markedErrors(sources) {
  const wanted = new Map();
  for (const file of sources) {
    for (const [index, line] of readFileSync(path.join(home, 'types', file), 'utf8')
      .split('\n')
      .entries()) {
      const codes = /; \/\/ (TS\d+(?: TS\d+)*)$/.exec(line)?.[1];
      if (codes !== undefined) wanted.set(`${file}:${index + 1}`, codes.split(' '));
    }
  }
  return wanted;
}

/** What the compiler found: in a file, or, without one, in its options. */
function reportedErrors(stdout) {
  const matches = stdout.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*)/gm);
  return Array.from(matches, ([, file, line, code, message]) => ({ at: `${file}:${line}`, code, message }));
}

/** The declaration files of the package's entries that the compiler read. */
function usedEntries(stdout) {
  const matches = stdout.matchAll(/100ms-tokens\/dist\/((?:index|testing)\.d\.c?ts)\r?$/gm);
  return Array.from(matches, ([, file]) => file).sort();
}

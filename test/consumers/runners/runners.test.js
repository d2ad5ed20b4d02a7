/** Test suites of users, each in its own process, in the runners and environments that they use. */

import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';

import { userProject, writeProgram } from '../support/project.js';
import { attempt, installed } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

const ALL = 8; // tests in spec.cjs
const FIXTURES = 2; // tests in spec.cjs without the main entry point

/**
 * For each runner: the module that test files import, how it fakes the clock, how its report shows the number of
 * passed and failed tests, and the runtime if it isn't this Node.js.
 *
 * @type {Record<string, { module?: string; setTime: string; report: RegExp[]; runtime?: string }>}
 */
const RUNNERS = {
  node: {
    module: 'node:test',
    setTime: "runner.mock.timers.reset(); runner.mock.timers.enable({ apis: ['Date'], now });",
    report: [/^# pass (\d+)$/m, /^# fail (\d+)$/m],
  },
  jest: {
    module: '@jest/globals',
    setTime: 'runner.jest.useFakeTimers({ now });',
    report: [/"numPassedTests":(\d+)/, /"numFailedTests":(\d+)/],
  },
  vitest: {
    module: 'vitest',
    setTime: 'runner.vi.setSystemTime(now);',
    report: [/Tests .*?(\d+) passed/, /Tests +(\d+(?= failed)|)/], // no number if none failed
  },
  bun: {
    module: 'bun:test',
    setTime: 'runner.setSystemTime(new Date(now));',
    report: [/ (\d+) pass$/m, / (\d+) fail$/m],
    runtime: 'Bun',
  },
  deno: { setTime: 'Date.now = () => now;', report: [/(\d+) passed/, /(\d+) failed/], runtime: 'Deno' },
};

const project = userProject('runners/spec.cjs');

const TAP = ['--test', '--test-reporter=tap'];
const JEST = [installed('jest/bin/jest.js'), '--ci', '--json', '--config', '{"transform":{}}'];
const JEST_ESM = ['--experimental-vm-modules', ...JEST];
const JSDOM = ['--env', installed('jest-environment-jsdom/build/index.js')];
/** @param {string[]} names */
const conditions = (...names) => ['--testEnvironmentOptions', JSON.stringify({ customExportConditions: names })];
const VITEST = [installed('vitest/vitest.mjs'), 'run'];
// Vite resolves inlined packages. Node.js resolves others.
const inlining = `export default { test: { server: { deps: { inline: ['100ms-tokens'] } } } };`;
const INLINED = ['--config', writeProgram(project, 'inlining.config.mjs', inlining)];
// The only permission is to read the project.
const DENO = ['test', '--no-prompt', '--cached-only', '--no-lock', '--no-check', '--allow-read=.'];

/**
 * The name of a suite says whether it has a DOM.
 *
 * @type {[name: string, runner: string, format: 'mjs' | 'cjs', args: string[], tests: number][]}
 */
const SUITES = [
  ['node:test, ESM', 'node', 'mjs', TAP, ALL],
  ['node:test, CommonJS', 'node', 'cjs', TAP, ALL],
  ['Bun test', 'bun', 'mjs', ['test'], ALL],
  ['Deno test', 'deno', 'mjs', DENO, ALL],
  ['Jest, CommonJS', 'jest', 'cjs', JEST, ALL],
  ['Jest, ESM', 'jest', 'mjs', JEST_ESM, ALL],
  ['Jest, CommonJS, jsdom', 'jest', 'cjs', [...JEST, ...JSDOM], ALL],
  ['Jest, ESM, jsdom, node condition', 'jest', 'mjs', [...JEST_ESM, ...JSDOM, ...conditions('node')], ALL],
  ['Jest, ESM, jsdom, fixtures', 'jest', 'mjs', [...JEST_ESM, ...JSDOM], FIXTURES],
  ['Jest, React Native, fixtures', 'jest', 'mjs', [...JEST_ESM, ...conditions('require', 'react-native')], FIXTURES],
  ['Vitest', 'vitest', 'mjs', VITEST, ALL],
  ['Vitest, jsdom, external', 'vitest', 'mjs', [...VITEST, '--environment=jsdom'], ALL],
  ['Vitest, jsdom, inlined', 'vitest', 'mjs', [...VITEST, '--environment=jsdom', ...INLINED], ALL],
  ['Vitest, happy-dom, inlined', 'vitest', 'mjs', [...VITEST, '--environment=happy-dom', ...INLINED], ALL],
];

describe('test runners', { concurrency: 2 }, () => {
  for (const [suite, runner, format, args, tests] of SUITES) {
    test(suite, async () => {
      const { module: ofRunner, setTime, report, runtime: other } = RUNNERS[runner] ?? assert.fail(runner);
      const main = tests === ALL ? { main: '100ms-tokens' } : {};
      const modules = { ...main, testing: '100ms-tokens/testing', spec: './spec.cjs', runner: ofRunner };
      const lines = Object.entries(modules).map(([name, module]) => {
        if (module === undefined) return `const ${name} = Deno;`;
        return format === 'mjs' ? `import * as ${name} from '${module}';` : `const ${name} = require('${module}');`;
      });
      lines.push(`const setTime = (now) => { ${setTime} };`);
      const options = [...Object.keys(main), 'testing', 'test: runner.test', 'setTime', `dom: ${/dom\b/.test(suite)}`];
      lines.push(`spec.defineTests({ ${options.join(', ')} });`);
      const file = `${suite.toLowerCase().replace(/\W+/g, '-')}.test.${format}`;
      writeProgram(project, file, lines.join('\n'));

      const { binary, env } = other === undefined ? { binary: process.execPath } : runtime(other);
      const how = { cwd: project, env: { ...env, NO_COLOR: '1' } };
      const { status, stdout, stderr } = await attempt(binary, [...args, file], how);
      const output = stdout + stderr; // Bun writes its report to standard error
      assert.equal(status, 0, output);
      assert.deepEqual(
        report.map((number) => Number(number.exec(output)?.[1])),
        [tests, 0],
        output,
      );
    });
  }
});

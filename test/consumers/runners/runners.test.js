/** Users' test suites, in the runners that they use: each runs as a process of its own, and all its tests pass. */

import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';

import { userProject, writeProgram } from '../support/project.js';
import { attempt, installed } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

const TESTS = 8; // in spec.cjs
const GUARD = /100ms-tokens makes tokens on a server and must not be part of a client app/;

const JSON_REPORT = [/"numPassedTests":(\d+)/, /"numFailedTests":(\d+)/];
const SUMMARY = [/Tests .*?(\d+) passed/, /Tests +(\d+(?= failed)|)/]; // failed ones are left out if there are none

/**
 * By runner: the module that a test file gets it from, how that fakes the clock, what its report says of the number of
 * tests that passed and failed, and what runs it, if not this Node.js.
 *
 * @type {Record<string, { module?: string; setTime: string; report: RegExp[]; runtime?: string }>}
 */
const RUNNERS = {
  node: {
    module: 'node:test',
    setTime: "runner.mock.timers.reset(); runner.mock.timers.enable({ apis: ['Date'], now });",
    report: [/^# pass (\d+)$/m, /^# fail (\d+)$/m],
  },
  jest: { module: '@jest/globals', setTime: 'runner.jest.useFakeTimers({ now });', report: JSON_REPORT },
  vitest: { module: 'vitest', setTime: 'runner.vi.setSystemTime(now);', report: SUMMARY },
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
// README.md's line for jsdom.
const NODE_CONDITION = ['--testEnvironmentOptions', '{"customExportConditions":["node"]}'];
const VITEST = [installed('vitest/vitest.mjs'), 'run'];
// With it the package is resolved by Vite; otherwise by Node.js.
const inlining = `export default { test: { server: { deps: { inline: ['100ms-tokens'] } } } };`;
const INLINED = ['--config', writeProgram(project, 'inlining.config.mjs', inlining)];
// No permission but to read the project.
const DENO = ['test', '--no-prompt', '--cached-only', '--no-lock', '--no-check', '--allow-read=.'];

/** @type {[name: string, runner: string, format: 'mjs' | 'cjs', args: string[]][]} with a DOM if the name says so */
const SUITES = [
  ['node:test, ESM', 'node', 'mjs', TAP],
  ['node:test, CommonJS', 'node', 'cjs', TAP],
  ['Bun test', 'bun', 'mjs', ['test']],
  ['Deno test', 'deno', 'mjs', DENO],
  ['Jest, CommonJS', 'jest', 'cjs', JEST],
  ['Jest, ESM', 'jest', 'mjs', JEST_ESM],
  ['Jest, CommonJS, jsdom', 'jest', 'cjs', [...JEST, ...JSDOM]],
  ['Jest, CommonJS, jsdom, node condition', 'jest', 'cjs', [...JEST, ...JSDOM, ...NODE_CONDITION]],
  ['Jest, ESM, jsdom, node condition', 'jest', 'mjs', [...JEST_ESM, ...JSDOM, ...NODE_CONDITION]],
  ['Vitest', 'vitest', 'mjs', VITEST],
  ['Vitest, jsdom, external', 'vitest', 'mjs', [...VITEST, '--environment=jsdom']],
  ['Vitest, jsdom, inlined', 'vitest', 'mjs', [...VITEST, '--environment=jsdom', ...INLINED]],
  ['Vitest, happy-dom, external', 'vitest', 'mjs', [...VITEST, '--environment=happy-dom']],
  ['Vitest, happy-dom, inlined', 'vitest', 'mjs', [...VITEST, '--environment=happy-dom', ...INLINED]],
];

/**
 * Writes the test file of a suite, and runs it.
 *
 * @param {(typeof SUITES)[0]} suite
 */
async function runSuite([suite, runner, format, args]) {
  const { module: ofRunner, setTime, report, runtime: other } = RUNNERS[runner] ?? assert.fail(runner);
  const modules = { hms: '100ms-tokens', testing: '100ms-tokens/testing', spec: './spec.cjs', runner: ofRunner };
  const lines = Object.entries(modules).map(([name, module]) => {
    if (module === undefined) return `const ${name} = Deno;`;
    return format === 'mjs' ? `import * as ${name} from '${module}';` : `const ${name} = require('${module}');`;
  });
  lines.push(`const setTime = (now) => { ${setTime} };`);
  lines.push(`spec.defineTests({ hms, testing, test: runner.test, setTime, dom: ${/dom\b/.test(suite)} });`);
  const file = `${suite.toLowerCase().replace(/\W+/g, '-')}.test.${format}`;
  writeProgram(project, file, lines.join('\n'));

  const { binary, env } = other === undefined ? { binary: process.execPath } : runtime(other);
  const { status, stdout, stderr } = await attempt(binary, [...args, file], {
    cwd: project,
    env: { ...env, NO_COLOR: '1' },
  });
  const output = stdout + stderr; // Bun writes its report on the latter
  return { status, output, counts: report.map((number) => Number(number.exec(output)?.[1])) };
}

describe('test runners', { concurrency: 2 }, () => {
  for (const suite of SUITES) {
    test(suite[0], async () => {
      const { status, output, counts } = await runSuite(suite);
      assert.equal(status, 0, output);
      assert.deepEqual(counts, [TESTS, 0], output);
    });
  }

  test('Jest, ESM, jsdom, without the node condition: the guard says what is wrong', async () => {
    const { status, output, counts } = await runSuite(['guarded, jsdom', 'jest', 'mjs', [...JEST_ESM, ...JSDOM]]);
    assert.equal(status, 1, output);
    assert.deepEqual(counts, [0, 0]);
    assert.match(output, GUARD);
  });
});

/** Users' test suites, in the runners that they use: each runs as a process of its own, and all its tests pass. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';

import { userProject } from '../support/project.js';
import { attempt, home, installed } from '../support/run.js';
import { runtime } from '../support/runtimes.js';

const TESTS = 7; // in runners/spec.cjs
const GUARD = /100ms-tokens makes tokens on a server and must not be part of a client app/;

const JEST = [installed('jest/bin/jest.js'), '--ci', '--json'];
const JEST_ESM = ['--experimental-vm-modules', ...JEST];
const JSDOM = ['--env', 'jsdom'];
const NODE_CONDITION = ['--testEnvironmentOptions', '{"customExportConditions":["node"]}']; // README.md's line for jsdom

const SUITES = [
  { name: 'Jest, CommonJS', cwd: 'jest-cjs', args: JEST, count: countOfJson },
  { name: 'Jest, ESM', cwd: 'jest-esm', args: JEST_ESM, count: countOfJson },
  { name: 'Jest, CommonJS, jsdom', cwd: 'jest-cjs', args: [...JEST, ...JSDOM], count: countOfJson },
  {
    name: 'Jest, CommonJS, jsdom, node condition',
    cwd: 'jest-cjs',
    args: [...JEST, ...JSDOM, ...NODE_CONDITION],
    count: countOfJson,
  },
  {
    name: 'Jest, ESM, jsdom, node condition',
    cwd: 'jest-esm',
    args: [...JEST_ESM, ...JSDOM, ...NODE_CONDITION],
    count: countOfJson,
  },
  {
    name: 'Vitest',
    cwd: 'vitest',
    args: [installed('vitest/vitest.mjs'), 'run', '--reporter=json'],
    count: countOfJson,
  },
  {
    name: 'node:test, ESM',
    cwd: 'node-test',
    args: ['--test', '--test-reporter=tap', 'tokens.test.mjs'],
    count: countOfTap,
  },
  {
    name: 'node:test, CommonJS',
    cwd: 'node-test',
    args: ['--test', '--test-reporter=tap', 'tokens.test.cjs'],
    count: countOfTap,
  },
];

/** Programs of their own, and what they write of tests that passed and failed. */
const OTHERS = [
  { name: 'Bun', folder: 'bun-test', args: ['test'], passed: / (\d+) pass$/m, failed: / (\d+) fail$/m },
  // No permission but to read the project.
  {
    name: 'Deno',
    folder: 'deno-test',
    args: ['test', '--no-prompt', '--cached-only', '--no-lock', '--no-check', '--allow-read=..', '.'],
    passed: /(\d+) passed/,
    failed: /(\d+) failed/,
  },
];

describe('test runners', { concurrency: 2 }, () => {
  for (const { name, cwd, args, count } of SUITES) {
    test(name, async () => {
      const { status, stdout, stderr } = await attempt(process.execPath, args, {
        cwd: path.join(home, 'runners', cwd),
      });
      assert.equal(status, 0, stdout + stderr);
      assert.deepEqual(count(stdout), { passed: TESTS, total: TESTS });
    });
  }

  for (const { name, folder, args, passed, failed } of OTHERS) {
    test(`${name} test`, async () => {
      const project = userProject('runners/spec.cjs', `runners/${folder}`);
      const { binary, env } = runtime(name);
      const options = { cwd: path.join(project, folder), env: { ...env(project), NO_COLOR: '1' } };
      const { status, stdout, stderr } = await attempt(binary, args, options);
      const output = stdout + stderr; // Bun writes its report on the latter
      assert.equal(status, 0, output);
      assert.deepEqual(
        [passed, failed].map((number) => Number(number.exec(output)?.[1])),
        [TESTS, 0],
        output,
      );
    });
  }

  test('Jest, ESM, jsdom, without the node condition: the guard says what is wrong', async () => {
    const { status, stdout, stderr } = await attempt(process.execPath, [...JEST_ESM, ...JSDOM], {
      cwd: path.join(home, 'runners/jest-esm'),
    });
    assert.equal(status, 1, stdout + stderr);
    assert.deepEqual(countOfJson(stdout), { passed: 0, total: 0 });
    assert.match(JSON.parse(stdout).testResults[0].message, GUARD);
  });
});

/**
 * What Jest and Vitest report with `--json`.
 *
 * @param {string} stdout
 */
function countOfJson(stdout) {
  const { numPassedTests, numTotalTests } = JSON.parse(stdout);
  return { passed: numPassedTests, total: numTotalTests };
}

/**
 * What the TAP reporter of `node --test` ends with.
 *
 * @param {string} stdout
 */
function countOfTap(stdout) {
  return { passed: Number(/^# pass (\d+)$/m.exec(stdout)?.[1]), total: Number(/^# tests (\d+)$/m.exec(stdout)?.[1]) };
}

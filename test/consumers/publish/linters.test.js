/** What the linters of published packages say of the tarball. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pack } from '../../support/tarball.js';
import { emptyFolder } from '../support/project.js';
import { installed, run } from '../support/run.js';

const tarball = pack(emptyFolder());

const LINTERS = [
  { name: 'publint --strict', args: [installed('publint/src/cli.js'), 'run', tarball, '--strict'], says: /All good!/ },
  {
    name: 'attw, node10 included', // --profile strict ignores no resolution
    args: [
      installed('@arethetypeswrong/cli/dist/index.js'),
      tarball,
      '--profile',
      'strict',
      '--no-color',
      '--format',
      'ascii',
    ],
    says: /No problems found/,
  },
];

for (const { name, args, says } of LINTERS) {
  test(name, async () => {
    assert.match(await run(process.execPath, args), says);
  });
}

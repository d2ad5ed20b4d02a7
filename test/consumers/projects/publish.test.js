/** What the linters of published packages say of the tarball. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { pack } from '../../support/tarball.js';
import { installed, node } from './support/run.js';

const scratch = mkdtempSync(path.join(tmpdir(), '100ms-tokens-'));
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});
const tarball = pack(scratch);

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
    const { status, stdout, stderr } = await node(args);
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, says);
  });
}

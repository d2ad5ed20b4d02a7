/** React Native: an app that imports the package by mistake, bundled by Metro as React Native configures it. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

import { runtime } from '../support/runtimes.js';
import { application } from './support/application.js';
import { GUARD, guardedFile } from './support/client.js';

const app = application('metro', { binary: runtime('Node.js 22').binary });

describe('React Native', () => {
  for (const platform of ['android', 'ios']) {
    test(`an app for ${platform} fails at its start with the words of the guard`, async () => {
      const out = `out/${platform}`;
      mkdirSync(path.join(app.folder, out), { recursive: true });
      const how = ['--platform', platform, '--dev', 'false', '--minify', 'true', '--out', `${out}/main.js`];
      await app.build(['node_modules/metro/src/cli.js', 'build', 'index.js', ...how]);

      const { status, output } = await app.run([guardedFile(path.join(app.folder, out))]);
      assert.equal(status, 1, output);
      assert.ok(output.includes(GUARD), output);
    });
  }
});

/** Runs the tests of the applications: `node run.js` all of them, `node run.js next wrangler` those that are named. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const all = readdirSync(folder).flatMap((file) =>
  file.endsWith('.test.js') ? [file.slice(0, -'.test.js'.length)] : [],
);
const named = process.argv.slice(2);

const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no application ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(2);
}

const files = (named.length > 0 ? named : all).map((name) => `${name}.test.js`);
// One after the other: a build takes all the cores there are.
const args = ['--test', '--test-concurrency=1', ...files];
process.exitCode = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' }).status ?? 1;

/** The demo: creates both tokens with the fake credentials, and shows what's in them. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** @param {string[]} args */
function run(...args) {
  return execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
}

for (const args of [
  ['management', '--demo', '--expires-in', '1h'],
  ['app', '--demo', '--room-id', '64f0c1a2b3d4e5f601234567', '--user-id', 'José', '--role', 'guest'],
]) {
  const token = run(...args).trim();
  console.log(`$ 100ms-tokens ${args.join(' ')}\n${token}\n`);
  console.log(`$ 100ms-tokens inspect --demo TOKEN\n${run('inspect', '--demo', token)}`);
}

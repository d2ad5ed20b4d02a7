/** The command line as a real process, from the built file; what it says is tested in commands.test.ts. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { verifyToken } from '../src/index.js';
import { testCredentials } from '../src/testing.js';

const file = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const env = { HMS_ACCESS_KEY: testCredentials.accessKey, HMS_SECRET: testCredentials.secret };

describe('the built file', () => {
  it('mints from the environment', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, 'management'], { env });
    expect(stderr).toBe('');
    expect(verifyToken(stdout.slice(0, -1), testCredentials.secret).type).toBe('management');
  });

  it.each([
    [['inspect', 'garbage'], 1],
    [['management', '--bogus'], 2],
    [['--help'], 0],
  ])('%j ends with %i', async (args, status) => {
    const child = spawn(process.execPath, [file, ...args], { env, stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([status, null]);
  });

  it('ends quietly when nobody reads its output', async () => {
    const child = spawn(process.execPath, [file, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    await once(child, 'close');
    expect(err).toBe('');
  });
});

describe('the executable', () => {
  const { argv, exitCode } = process;

  afterEach(() => {
    process.argv = argv;
    process.exitCode = exitCode;
    vi.restoreAllMocks();
  });

  it('gives the commands the process, and quits on a closed pipe alone', async () => {
    const on = vi.spyOn(process.stdout, 'on').mockReturnThis();
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    process.argv = ['node', 'cli.js', 'management', '--demo'];
    await import('../src/cli.js');
    expect(process.exitCode).toBe(0);
    expect(written).toHaveBeenCalledOnce();
    const calls = on.mock.calls as unknown as [event: string, listener: (error: Error) => void][];
    const listener = calls.find(([event]) => event === 'error')?.[1];
    listener?.(Object.assign(new Error('closed'), { code: 'EPIPE' }));
    expect(exit).toHaveBeenCalledOnce();
    const other = new Error('other');
    expect(() => listener?.(other)).toThrow(other);
  });
});

/** The command line as a real process, from the built file. Its output is tested in commands.test.ts. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { verifyToken } from '../../src/index.js';
import { testCredentials } from '../../src/testing.js';

const file = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const env = { HMS_ACCESS_KEY: testCredentials.accessKey, HMS_SECRET: testCredentials.secret };

type Output = 'pipe' | 'ignore' | number;

function start(args: string[], stdout: Output = 'pipe', stderr: Output = 'pipe') {
  return spawn(process.execPath, [file, ...args], { env, stdio: ['pipe', stdout, stderr] });
}

async function finished(child: ReturnType<typeof start>) {
  const read = async (stream: Readable | null) => (stream === null || stream.destroyed ? '' : text(stream));
  const [, out, err] = await Promise.all([once(child, 'close'), read(child.stdout), read(child.stderr)]);
  return { status: child.exitCode, out, err };
}

describe('the built file', () => {
  it('creates a token with the credentials of the environment', async () => {
    const { status, out, err } = await finished(start(['management']));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(verifyToken(out.slice(0, -1), testCredentials.secret).type).toBe('management');
  });

  it.each([
    ['stdout', ['--help'], 0],
    ['stderr', ['bogus'], 2],
  ] as const)('ends quietly if its %s is closed', async (name, args, status) => {
    const child = start([...args]);
    child[name]?.destroy();
    expect(await finished(child)).toEqual({ status, out: '', err: '' });
  });

  const full = '/dev/full'; // on Linux, as if the disk were full
  const message = '100ms-tokens: Error: ENOSPC: no space left on device, write\n';
  it.each(
    existsSync(full)
      ? ([
          [['management'], [full, 'pipe'], message],
          [['--help'], [full, 'pipe'], message],
          [['inspect', 'x'], [full, full], ''],
          [['bogus'], ['pipe', full], ''],
        ] as const)
      : [],
  )('%j with output to %j ends with 2, without a stack trace', async (args, outputs, err) => {
    const [stdout, stderr] = outputs.map((output) => (output === full ? openSync(full, 'w') : output));
    expect(await finished(start([...args], stdout, stderr))).toEqual({ status: 2, out: '', err });
  });
});

describe('the executable', () => {
  const stream = () => ({ on: vi.fn<(event: string, listener: (error: Error) => void) => void>(), write: vi.fn() });
  const failure = (code: string) => Object.assign(new Error(code), { code });
  const fail = (code: string) => () => {
    throw failure(code);
  };

  let fake: ReturnType<typeof fakeProcess>;
  function fakeProcess() {
    return {
      env: {},
      argv: ['node', 'cli.js', '--version'],
      stdin: Readable.from([]),
      stdout: stream(),
      stderr: stream(),
      exitCode: undefined as unknown,
      exit: vi.fn((status?: number) => {
        throw new Error(`exit ${String(status)}`);
      }),
    };
  }

  const start = () => import('../../src/cli/main.js');
  beforeEach(() => {
    vi.resetModules();
    vi.stubGlobal('VERSION', '1.2.3');
    fake = fakeProcess();
    vi.doMock('node:process', () => ({ default: fake }));
  });
  afterEach(() => {
    vi.doUnmock('node:process');
    vi.unstubAllGlobals();
  });

  it('passes on the process and the version', async () => {
    await start();
    expect(fake.stdout.write).toHaveBeenCalledExactlyOnceWith('1.2.3\n');
    expect(fake.exitCode).toBe(0);
    vi.resetModules();
    fake.argv = ['node', 'cli.js', 'inspect'];
    await start();
    expect(fake.stderr.write).toHaveBeenCalledOnce();
    expect(fake.exitCode).toBe(2);
  });

  it.each([
    ['ENOSPC', 2, ['100ms-tokens: Error: ENOSPC\n']],
    ['EPIPE', undefined, []],
  ])('ends on %s, whether it is thrown or emitted', async (code, status, output) => {
    fake.stdout.write.mockImplementation(fail(code));
    await expect(start()).rejects.toThrow(`exit ${String(status)}`);
    for (const { on } of [fake.stdout, fake.stderr]) {
      const [[event, listener] = []] = on.mock.calls;
      expect(event).toBe('error');
      expect(() => listener?.(failure(code))).toThrow(`exit ${String(status)}`);
    }
    expect(fake.stderr.write.mock.calls).toEqual([output, output, output].filter(([line]) => line !== undefined));
  });

  it('ends even if standard error is full, too', async () => {
    for (const { write } of [fake.stdout, fake.stderr]) write.mockImplementation(fail('ENOSPC'));
    await expect(start()).rejects.toThrow('exit 2');
  });
});

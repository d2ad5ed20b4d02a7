import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type Io, run } from '../../src/cli/commands.js';
import { verifyToken } from '../../src/index.js';
import { createTokenFixtures, testCredentials } from '../../src/testing.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, NOW, SECRET } from '../support/forge.js';
import { untyped } from '../support/untyped.js';

const credentials = { HMS_ACCESS_KEY: ACCESS_KEY, HMS_SECRET: SECRET };
const good = forge(HEADER, APP);
const ROOM = APP.room_id;
const APP_ARGS = ['app', '--room-id', ROOM, '--user-id', 'u', '--role', 'guest'];

/** Returns arguments of `app` with another value of one option. */
const appWith = (option: string, value: string) =>
  APP_ARGS.map((arg, index) => (APP_ARGS[index - 1] === option ? value : arg));

async function* input(...chunks: (Buffer | string)[]) {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

type Setting = Partial<Pick<Io, 'env' | 'stdin'>>;

async function cli(args: string[], { env = {}, stdin = input() }: Setting = {}) {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const status = await run(args, { env, stdin, stdout, stderr }, '1.2.3');
  return { status, out, err };
}

/** The outcome of a usage error whose message matches. */
const usageError = (problem: RegExp) => ({
  status: 2,
  out: '',
  err: expect.stringMatching(RegExp(`^100ms-tokens: ${problem.source}[^]*\nTry '100ms-tokens --help'\\.\n$`)) as string,
});

// The commands must use the environment that they are passed. The clock is fixed.
beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', 'access-key-of-the-process');
  vi.stubEnv('HMS_SECRET', 'secret-of-the-process');
  vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe('management and app', () => {
  it.each<[string[], object]>([
    [['management'], { type: 'management', exp: NOW + 86_400 }],
    [['--expires-in', '1h', 'management'], { type: 'management', exp: NOW + 3600 }],
    [APP_ARGS, { room_id: ROOM, user_id: 'u', role: 'guest', exp: NOW + 86_400 }],
    [['app', `--room-id=${ROOM}`, '--user-id=-1', '--role=a b', '--expires-in=90s'], { user_id: '-1', exp: NOW + 90 }],
    [['app', '--room-id', ROOM, '--user-id', '007', '--role=--help'], { user_id: '007', role: '--help' }],
    [['app', '--room-id', ROOM, '--user-id', 'help', '--role=-v'], { user_id: 'help', role: '-v' }],
  ])('%j prints a token and nothing else', async (args, claims) => {
    const { status, out, err } = await cli(args, { env: credentials });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(verifyToken(out.replace(/\n$/, ''), SECRET)).toMatchObject({ access_key: ACCESS_KEY, ...claims });
  });

  it('use the fake credentials only with --demo', async () => {
    const { out } = await cli(['management', '--demo'], { env: credentials });
    expect(verifyToken(out.trim(), testCredentials.secret).access_key).toBe(testCredentials.accessKey);
  });

  const needs = /app needs --room-id, --user-id and --role/;
  it.each<[string[], RegExp]>([
    [['management', SECRET], /management expects options only/],
    [[...APP_ARGS, SECRET], /app expects options only/],
    [['app'], needs],
    [APP_ARGS.slice(0, 5), needs],
    [['app', ...APP_ARGS.slice(3)], needs],
    [[...APP_ARGS.slice(0, 3), '--role=guest'], needs],
    [appWith('--room-id', 'abc-defg-hij'), /--room-id is a room code.*24 hex digits/],
    [appWith('--user-id', 'undefined'), /--user-id is the text of a missing value/],
    [appWith('--role', '${ROLE}'), /--role is a placeholder/],
  ])('reject %j', async (args, problem) => {
    expect(await cli(args, { env: credentials })).toEqual(usageError(problem));
  });

  it.each(['3600', 'soon', '', '1.5h', '1h ', '1w', '0s', '91d'])('reject a lifetime of %j', async (lifetime) => {
    for (const command of [['management'], APP_ARGS]) {
      const result = await cli([...command, `--expires-in=${lifetime}`], { env: credentials });
      expect(result).toEqual(usageError(/--expires-in must be .* 90d with a unit/));
    }
  });

  it.each<[object, RegExp]>([
    [{ HMS_ACCESS_KEY: undefined }, /HMS_ACCESS_KEY isn't set.*--env/],
    [{ HMS_SECRET: undefined }, /HMS_SECRET isn't set/],
    [{ HMS_SECRET: ' \n' }, /HMS_SECRET isn't set, or is blank/],
    [{ HMS_ACCESS_KEY: '<access_key>' }, /HMS_ACCESS_KEY is a placeholder/],
    [{ HMS_SECRET: `"${SECRET}"` }, /HMS_SECRET is in quotes/],
    [{ HMS_SECRET: '64f0c1a2b3d4e5f6fa4e0000' }, /HMS_SECRET is an access key; .* swapped/],
  ])('reject the credentials %j', async (change, problem) => {
    const env = { ...credentials, ...change };
    const others = problem.source.includes("isn't set") ? APP_ARGS : ['inspect', good];
    for (const args of [['management'], others]) expect(await cli(args, { env })).toEqual(usageError(problem));
  });

  it('create nothing if the clock is broken', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(NaN);
    expect(await cli(['management', '--demo'])).toEqual(usageError(/Date\.now\(\) must return milliseconds/));
  });

  it.each([new Error('a bug'), Object.assign(new Error('a bug'), { code: 'ENOENT' }), untyped({ code: 'ERR_PARSE' })])(
    "don't hide their own errors: %o",
    async (bug) => {
      vi.spyOn(Date, 'now').mockImplementation(() => {
        throw bug;
      });
      await expect(cli(['management', '--demo'])).rejects.toBe(bug);
    },
  );
});

describe('--env', () => {
  const folder = mkdtempSync(path.join(tmpdir(), '100ms-tokens-env-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content);
    return ['--env', path.join(folder, name)];
  };
  const text = `HMS_ACCESS_KEY=${ACCESS_KEY}\n# a comment\nHMS_SECRET='${SECRET}'\n`;

  it.each<[string, string | Buffer]>([
    ['UTF-8', text],
    ['a byte order mark', `\ufeff${text}`],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('reads credentials from a file in %s, for every command', async (name, content) => {
    const env = file(name, content);
    const { out } = await cli(['management', ...env]);
    expect(verifyToken(out.trim(), SECRET).access_key).toBe(ACCESS_KEY);
    expect(await cli([...APP_ARGS, ...env])).toMatchObject({ status: 0 });
    expect(await cli(['inspect', ...env, good])).toMatchObject({ status: 0 });
  });

  it("doesn't replace variables that are set", async () => {
    const env = { HMS_SECRET: 'another-secret' };
    const { out } = await cli(['management', ...file('.env', text)], { env });
    expect(verifyToken(out.trim(), 'another-secret').access_key).toBe(ACCESS_KEY);
  });

  it.each(['.', 'none'])("is a usage error if %s can't be read", async (name) => {
    for (const args of [['management'], ['management', '--demo'], APP_ARGS, ['inspect', good]])
      expect(await cli([...args, '--env', path.join(folder, name)])).toEqual(
        usageError(/--env names a file that can't be read/),
      );
  });
});

describe('arguments', () => {
  it.each([
    ['--help'],
    ['-h'],
    ['help'],
    ['-hv'],
    ['help', '--role=x', '--bogus'],
    ['x', '--bogus', '--role', '-v', '--help'],
  ])('print the help for %s %s', async (...args) => {
    expect(await cli(args)).toEqual({ status: 0, err: '', out: expect.stringMatching(/^Usage:\n/) as string });
  });

  it.each([['--version'], ['-v'], ['version'], ['-vh'], ['app', '--version'], ['--json=x', '--role', '--help', '-v']])(
    'print the version for %s %s',
    async (...args) => {
      expect(await cli(args)).toEqual({ status: 0, out: '1.2.3\n', err: '' });
    },
  );

  it.each([[[]], [['']], [['--demo']], [['--help=x', '--bogus']]])(
    'without a command print the help to standard error: %j',
    async (args) => {
      const { out: help } = await cli(['--help']);
      expect(await cli(args)).toEqual({ status: 2, out: '', err: help });
    },
  );

  const never = 'Credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from an option';
  const has = (command: string, options: string) =>
    RegExp(`${command} has the options ${options}, each at most once\\. ${never}`);
  const app = has('app', '--room-id, --user-id, --role, --expires-in, --env, --demo');
  const management = has('management', '--expires-in, --env, --demo');
  const inspect = has('inspect', '--json, --env, --demo');
  it.each<[string[], RegExp]>([
    [['app', '--role', '--version'], /Option '--role'/],
    [['app', '--user-id', '-1'], /Option '--user-id'.*\n.*\n.*'--user-id=-/],
    [['app', '--role'], /Option '--role <value>' argument missing/],
    [['inspect', '--json=x', good], /Option '--json' does not take an argument/],
    [['inspect', '--help=x'], inspect],
    [['management', '--bogus'], management],
    [['management', '-rhost'], management],
    [['management', '--role', 'host'], management],
    [['management', '--secret', 'x'], management],
    [['app', '--__proto__'], app],
    [['--c2VjcmV0LW9mLXRoZS1hcHA=', 'app'], app],
    [['app', '--\x1b[31m'], app],
    [['app', '--role', 'a', '--role=b'], app],
    [['mint'], RegExp(`unknown command; the commands are management, app and inspect\\. ${never}`)],
    [['--secret', 'c2VjcmV0LW9mLXRoZS1hcHA=', 'app'], RegExp(`unknown command; .* ${never}`)],
  ])('%j are rejected without quoting a value', async (args, problem) => {
    const result = await cli(args, { env: credentials });
    expect(result).toEqual(usageError(problem));
    expect(result.err).not.toContain('c2VjcmV0');
    expect(result.err).not.toContain('\x1b');
  });
});

describe('inspect', () => {
  const isValid = { status: 0, err: '', out: expect.stringContaining('  signature  valid\n') as string };
  const utf16 = Buffer.from(`\ufeff${good}\r\n`, 'utf16le');

  it.each<[string[], (Buffer | string)[]]>([
    [['inspect', good], []],
    [['inspect', `\n Bearer  ${good} `], []],
    [['inspect', 'bearer', good], []],
    [['inspect', `Authorization:Bearer ${good}`], []],
    [['inspect', 'authorization:  bearer', good], []],
    [['inspect', `{"success":true,"token":"${good}"}`], []],
    [['inspect'], [`{"token":\n"Bearer ${good}"}\n`]],
    [['inspect'], [' Bearer \t ', Buffer.from(`${good}\n`)]],
    [['inspect', '-'], [`\ufeff${good}`]],
    [['inspect'], [utf16.subarray(0, 7), utf16.subarray(7)]],
    [['inspect'], [utf16.subarray(2)]],
    [['inspect'], [Buffer.from(utf16).swap16()]],
    [['inspect'], [Buffer.from(utf16.subarray(2)).swap16()]],
    [['inspect'], [good, Buffer.alloc(1024 * 1024 - good.length, ' ')]],
  ])('%.60j takes the token out of the argument or standard input', async (args, chunks) => {
    const result = await cli(args, { env: credentials, stdin: input(...chunks) });
    expect(result).toEqual(isValid);
    const isWrapped = /bearer|token/i.test([...args, ...chunks].join());
    expect(result.out.includes('There was Bearer or JSON around the token')).toBe(isWrapped);
  });

  it('rejects input that is not text', async () => {
    const stdin = input(Buffer.from([0xff, 0x00, 0x80, 0xfe]));
    expect(await cli(['inspect'], { stdin })).toMatchObject({ status: 1 });
  });

  it.each([
    `${good}Bearer`,
    `Bearer Bearer ${good}`,
    `"${good}"`,
    `{"data":{"token":"${good}"}}`,
    `[{"token":"${good}"}]`,
  ])("doesn't guess: %.30s", async (text) => {
    expect(await cli(['inspect', text], { env: credentials })).toMatchObject({ status: 1 });
  });

  async function* endless() {
    for (;;) yield await Promise.resolve(Buffer.alloc(1024 * 1024));
  }
  const none = /the token is missing; pass it as an argument or on standard input/;
  const tooLong = /standard input is longer than 1 MiB/;
  it.each<[string[], AsyncIterable<Buffer | string>, RegExp]>([
    [['inspect'], input(), none],
    [['inspect', ''], input(good), none],
    [['inspect', 'Bearer'], input(good), none],
    [['inspect', '{"token":" "}'], input(good), none],
    [['inspect', good, good], input(), /inspect expects one token/],
    [['inspect'], input(good, Buffer.alloc(1024 * 1024 + 1 - good.length)), tooLong],
    [['inspect'], endless(), tooLong],
  ])('%.40j is a usage error', async (args, stdin, problem) => {
    expect(await cli(args, { stdin })).toEqual(usageError(problem));
  });

  it.each([
    ['expired', forge(HEADER, { ...APP, exp: NOW - 9, iat: NOW - 99, nbf: NOW - 99 }), /expired 9 seconds ago/],
    ['tampered', createTokenFixtures({ at: new Date(NOW * 1000) }).tamperedAppToken(), /not valid for this secret/],
    ['unsigned', `${base64url({ alg: 'none' })}.${base64url(APP)}.`, /It isn't signed/],
    ['malformed', 'x.y.z', /\n {2}- It isn't a token\. A token has three parts/],
    ['lacking claims', forge(HEADER, { ...APP, exp: undefined }), /\n {2}invalid {4}exp is missing\n/],
  ])('explains a token that is %s, and exits with 1', async (_name, token, text) => {
    const { status, out, err } = await cli(['inspect', token], { env: credentials });
    expect(out).toMatch(text);
    expect({ status, err }).toEqual({
      status: 1,
      err: expect.stringMatching(/^100ms-tokens: ERR_TOKEN_\w+: [^;]+\n$/) as string,
    });
    const json = await cli(['inspect', '--json', token], { env: credentials });
    expect(json).toMatchObject({ status, err });
    expect(json.out).toMatch(/^{\n {2}"valid": false,\n/);
  });

  it.each<Record<string, string>>([{}, { HMS_SECRET: ' ', HMS_ACCESS_KEY: '' }])(
    'exits with 1 if it has no secret: %j',
    async (env) => {
      const { status, out, err } = await cli(['inspect', good], { env });
      expect({ status, err }).toEqual({ status: 1, err: '100ms-tokens: not checked: HMS_SECRET is missing\n' });
      expect(out).toContain('  signature  not checked; set HMS_SECRET\n');
      const json = await cli(['inspect', '--json', good], { env });
      expect(JSON.parse(json.out)).toMatchObject({ valid: null, signature: 'unchecked' });
    },
  );

  it('uses the fake credentials only with --demo', async () => {
    const { out: token } = await cli(['management', '--demo']);
    expect(await cli(['inspect', '--demo', token], { env: credentials })).toEqual(isValid);
    const { status, out } = await cli(['inspect', '--demo', good], { env: credentials });
    expect(status).toBe(1);
    expect(out).toContain('Omit --demo');
  });
});

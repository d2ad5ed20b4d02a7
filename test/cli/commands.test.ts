import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { run } from '../../src/cli/commands.js';
import { verifyToken } from '../../src/index.js';
import { createTokenFixtures, testCredentials } from '../../src/testing.js';
import { ACCESS_KEY, APP, base64url, forge, HEADER, NOW, SECRET } from '../support/forge.js';

const credentials = { HMS_ACCESS_KEY: ACCESS_KEY, HMS_SECRET: SECRET };
const good = forge(HEADER, APP);
const APP_ARGS = ['app', '--room-id', 'r', '--user-id', 'u', '--role', 'guest'];

interface Setting {
  env?: Record<string, string>;
  stdin?: AsyncIterable<Buffer | string>;
  isTTY?: boolean;
}

async function* input(...chunks: (Buffer | string)[]) {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function cli(args: string[], { env = {}, stdin = input(), isTTY = false }: Setting = {}) {
  let out = '';
  let err = '';
  const stdout = { isTTY, write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const status = await run(args, { env, stdin, stdout, stderr }, '1.2.3');
  return { status, out, err };
}

const usageFault = (problem: string) => ({
  status: 2,
  out: '',
  err: `100ms-tokens: ${problem}\nTry '100ms-tokens --help'.\n`,
});

// The credentials of the environment are those handed in, and the clock stands still.
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
    [['management', '--expires-in', '1h'], { type: 'management', exp: NOW + 3600 }],
    [APP_ARGS, { room_id: 'r', user_id: 'u', role: 'guest', exp: NOW + 86_400 }],
    [['app', '--room-id=r', '--user-id=-1', '--role=a b', '--expires-in=90s'], { user_id: '-1', exp: NOW + 90 }],
  ])('%j prints a token and nothing else', async (args, claims) => {
    const { status, out, err } = await cli(args, { env: credentials });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(verifyToken(out.replace(/\n$/, ''), SECRET)).toMatchObject({ access_key: ACCESS_KEY, ...claims });
  });

  it('use the fake credentials for --demo alone', async () => {
    const { out } = await cli(['management', '--demo'], { env: credentials });
    expect(verifyToken(out.trim(), testCredentials.secret).access_key).toBe(testCredentials.accessKey);
  });

  const unit = '--expires-in must be digits and a unit, such as 30s, 15m, 24h or 90d; at most 90d';
  const range = '--expires-in must be at least 1s and at most 90d';
  it.each([
    [['management', 'x'], 'management takes options only'],
    [[...APP_ARGS, 'x'], 'app takes options only'],
    [['app'], 'app needs --room-id, --user-id and --role'],
    [['app', '--user-id', 'u', '--role', 'r'], 'app needs --room-id'],
    [['app', '--room-id', 'r', '--role', 'r'], 'app needs --user-id'],
    [['app', '--room-id', 'r', '--user-id', 'u'], 'app needs --role'],
    [
      ['management', '--expires-in', '3600'],
      '--expires-in needs a unit: write 3600s if you mean seconds, or use m, h or d',
    ],
    [['management', '--expires-in', '1234567890'], unit],
    [['management', '--expires-in', 'soon'], unit],
    [['management', '--expires-in='], unit],
    [['management', '--expires-in', '1.5h'], unit],
    [['management', '--expires-in', '1h '], unit],
    [['management', '--expires-in', '1w'], unit],
    [['management', '--expires-in', '0s'], range],
    [[...APP_ARGS, '--expires-in', '91d'], range],
    [['app', '--room-id', ' ', '--user-id', 'u', '--role', 'r'], '--room-id is blank; give the id of the room to join'],
    [
      ['app', '--room-id', '<room_id>', '--user-id', 'u', '--role', 'r'],
      '--room-id is still a placeholder; give the id of the room to join',
    ],
    [
      ['app', '--room-id', 'r', '--user-id=', '--role', 'r'],
      '--user-id is blank; give your own id of the user; any random one for an anonymous user',
    ],
    [
      ['app', '--room-id', 'r', '--user-id', 'u', '--role', '<role>'],
      "--role is still a placeholder; give the name of a role in the room's template",
    ],
  ])('%j is wrong usage: %s', async (args, problem) => {
    expect(await cli(args, { env: credentials })).toEqual(usageFault(problem));
  });

  const key = 'copy the app access key from the Developer section of the 100ms dashboard';
  const secret = 'copy the app secret from the Developer section of the 100ms dashboard';
  const white = 'has white space around it, often a line break from a file; trim it';
  it.each<[object, string]>([
    [{ HMS_ACCESS_KEY: undefined }, `HMS_ACCESS_KEY is not set; ${key}`],
    [{ HMS_ACCESS_KEY: '' }, `HMS_ACCESS_KEY is blank; ${key}`],
    [{ HMS_ACCESS_KEY: '<access_key>' }, `HMS_ACCESS_KEY is still a placeholder; ${key}`],
    [{ HMS_ACCESS_KEY: `${ACCESS_KEY}\n` }, `HMS_ACCESS_KEY ${white}`],
    [{ HMS_SECRET: undefined }, `HMS_SECRET is not set; ${secret}`],
    [{ HMS_SECRET: ' ' }, `HMS_SECRET is blank; ${secret}`],
    [{ HMS_SECRET: '<app_secret>' }, `HMS_SECRET is still a placeholder; ${secret}`],
    [{ HMS_SECRET: ` ${SECRET}` }, `HMS_SECRET ${white}`],
  ])('refuse the credentials %j: %s', async (change, problem) => {
    const env = { ...credentials, ...change };
    for (const args of [['management'], APP_ARGS]) expect(await cli(args, { env })).toEqual(usageFault(problem));
  });

  it('mint nothing by a clock that gives no time', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(NaN);
    expect(await cli(['management', '--demo'])).toMatchObject({ status: 2, out: '' });
  });

  it('hide no fault of their own', async () => {
    const bug = new Error('a bug');
    vi.spyOn(Date, 'now').mockImplementation(() => {
      throw bug;
    });
    await expect(cli(['management', '--demo'])).rejects.toBe(bug);
  });
});

describe('help and version', () => {
  it('are printed where they are asked for', async () => {
    const help = { status: 0, err: '', out: expect.stringMatching(/^Usage:\n[^]*cannot be written\.\n$/) as string };
    expect(await cli(['app', '--help'])).toEqual(help);
    expect(await cli(['-v'])).toEqual({ status: 0, err: '', out: '1.2.3\n' });
  });

  it.each([[[]], [['--demo']]])('help is wrong usage for %j', async (args) => {
    const { out: help } = await cli(['--help']);
    expect(await cli(args)).toEqual({ status: 2, out: '', err: help });
  });
});

describe('inspect', () => {
  const isGood = { status: 0, err: '', out: expect.stringContaining('  signature  valid\n') as string };

  it.each<[string[], (Buffer | string)[]]>([
    [['inspect', good], []],
    [['inspect', `\n Bearer  ${good} `], []],
    [['inspect', 'bearer', good], []],
    [['inspect'], [' Bearer \t ', Buffer.from(`${good}\n`)]],
    [['inspect'], ['\ufeff', good]], // PowerShell's byte order mark
    [['inspect'], [good, Buffer.alloc(1024 * 1024 - good.length, ' ')]],
  ])('%j takes the token of the argument or of standard input', async (args, chunks) => {
    expect(await cli(args, { env: credentials, stdin: input(...chunks) })).toEqual(isGood);
  });

  it('takes Bearer off in front of the token alone', async () => {
    expect(await cli(['inspect', `${good}Bearer`], { env: credentials })).toMatchObject({ status: 1 });
  });

  async function* unreadable() {
    yield await Promise.reject<string>(new Error('EISDIR'));
  }
  const none = 'there is no token; pass it as an argument or on standard input';
  const several = 'inspect takes one token; put it in quotes if it has white space in it';
  const tooLong = 'the input is over 1 MiB; no token is that long';
  it.each<[string[], AsyncIterable<Buffer | string>, string]>([
    [['inspect'], input(), none],
    [['inspect', ''], input(good), none],
    [['inspect', 'Bearer'], input(good), none],
    [['inspect', 'Bearer x bearer', good], input(), several],
    [['inspect', 'x'.repeat(1024 * 1024 + 1)], input(), tooLong],
    [['inspect'], input(good, Buffer.alloc(1024 * 1024 + 1 - good.length)), tooLong],
    [['inspect'], unreadable(), 'standard input cannot be read; pass the token as an argument'],
  ])('%.40j is wrong usage', async (args, stdin, problem) => {
    expect(await cli(args, { stdin })).toEqual(usageFault(problem));
  });

  it('stops reading what is too long', async () => {
    let read = 0;
    async function* endless() {
      for (; ; read++) yield await Promise.resolve(Buffer.alloc(1024 * 1024));
    }
    expect(await cli(['inspect'], { stdin: endless() })).toEqual(usageFault(tooLong));
    expect(read).toBe(1);
  });

  it.each([
    ['HMS_SECRET', '<app_secret>', /^100ms-tokens: HMS_SECRET is still a placeholder; /],
    ['HMS_ACCESS_KEY', ' key', /^100ms-tokens: HMS_ACCESS_KEY has white space around it, /],
  ])('refuses a %s of %j', async (name, value, message) => {
    const { status, out, err } = await cli(['inspect', good], { env: { ...credentials, [name]: value } });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
  });

  it.each([
    ['expired', forge(HEADER, { ...APP, exp: NOW - 9 }), 1, /expired 9 s ago/],
    ['tampered', createTokenFixtures({ at: new Date(NOW * 1000) }).tamperedAppToken(), 1, /not made with HMS_SECRET/],
    ['unsigned', `${base64url({ alg: 'none' })}.${base64url(APP)}.`, 1, /\n {2}algorithm {2}/],
    ['garbage', 'x.y.z', 1, /\n {2}form {7}the token/],
    ['lacking claims', forge(HEADER, { ...APP, exp: undefined }), 1, /\n {2}claims {5}exp/],
    ['hostile', forge(HEADER, { ...APP, role: '\x1b[31m\x9b\u202e' }), 0, /"\\u001b\[31m\\u009b\\u202e"/],
    [
      'huge in time',
      forge(HEADER, JSON.stringify({ ...APP, nbf: NOW + 60 }).replace(/(?<="iat":)\d+/, '1e400')),
      1,
      /starts in 1 min/,
    ],
    [
      'foreign',
      forge(HEADER, { ...APP, access_key: 'other' }),
      0,
      /its access_key is not HMS_ACCESS_KEY; copy access key and secret from the same app of the dashboard\n/,
    ],
  ])('tells of a token that is %s', async (_name, token, status, text) => {
    const result = await cli(['inspect', token], { env: credentials });
    expect(result.out).toMatch(text);
    expect(result.status).toBe(status);
    expect(result.err).toMatch(status === 0 ? /^$/ : /^100ms-tokens: ERR_TOKEN_[A-Z_]+: .+\n$/);
    expect(result.out).not.toContain('\x1b');
    expect(result.out + result.err).not.toContain(SECRET);
    const json = await cli(['inspect', '--json', token], { env: credentials });
    expect(json.status).toBe(status);
    expect(JSON.parse(json.out)).toMatchObject({ valid: status === 0 });
  });

  it.each<Record<string, string>>([{}, { HMS_SECRET: ' ', HMS_ACCESS_KEY: '' }])(
    'checks no signature with %j',
    async (env) => {
      const { status, out } = await cli(['inspect', forge(HEADER, APP, 'other')], { env });
      expect(status).toBe(0);
      expect(out).toContain('  signature  not checked; set HMS_SECRET to check it\n');
      const json = await cli(['inspect', '--json', good], { env });
      expect(JSON.parse(json.out)).toMatchObject({ valid: null, signature: 'unchecked' });
    },
  );

  it('--demo does not blame what it does not read', async () => {
    const { out: token } = await cli(['management', '--demo']);
    expect((await cli(['inspect', '--demo', token], { env: credentials })).out).toContain('  signature  valid\n');
    const { status, out } = await cli(['inspect', '--demo', good], { env: credentials });
    expect(status).toBe(1);
    expect(out).toContain('  signature  not made with the fake secret of --demo\n');
    expect(out).toContain(
      'its access_key is not the fake access key of --demo; leave --demo out to check it with your own\n',
    );
    expect(out).not.toContain('HMS_');
  });

  it('has colour on a terminal alone, and never with NO_COLOR', async () => {
    const isColoured = async (setting: Setting) => (await cli(['inspect', good], setting)).out.includes('\x1b[');
    expect(await isColoured({ isTTY: true })).toBe(true);
    expect(await isColoured({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(await isColoured({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await isColoured({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
    expect(await isColoured({ isTTY: false })).toBe(false);
  });
});

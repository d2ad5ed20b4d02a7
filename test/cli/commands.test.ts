import { createHmac } from 'node:crypto';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { run } from '../src/commands.js';
import { decodeToken, signToken, verifyToken } from '../src/index.js';
import { createTokenFixtures, testCredentials } from '../src/testing.js';

const { accessKey, secret } = testCredentials;
const credentials = { HMS_ACCESS_KEY: accessKey, HMS_SECRET: secret };
const fixtures = createTokenFixtures();
const good = fixtures.appToken();

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
  const status = await run(args, { env, stdin, stdout, stderr: { write: (text: string) => (err += text) } });
  return { status, out, err };
}

beforeEach(() => {
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

const usageOf = (problem: string) => `100ms-tokens: ${problem}\nTry '100ms-tokens --help'.\n`;

describe('management and app', () => {
  it('print a token and nothing else', async () => {
    const management = await cli(['management', '--expires-in', '1h'], { env: credentials });
    expect(management).toMatchObject({ status: 0, err: '' });
    const claims = verifyToken(management.out.replace(/\n$/, ''), secret);
    expect(claims).toMatchObject({ type: 'management', exp: claims.nbf + 3600 });
    const app = await cli(['app', '--room-id', 'r', '--user-id=-1', '--role', 'host', '--demo']);
    expect(app).toMatchObject({ status: 0, err: '' });
    expect(verifyToken(app.out.replace(/\n$/, ''), secret)).toMatchObject({
      room_id: 'r',
      user_id: '-1',
      role: 'host',
    });
  });

  it.each([
    [[], {}, /^Usage/],
    [['--demo'], {}, /^Usage/],
    [['mint'], {}, /command is one of/],
    [['management', 'x'], credentials, /argument too many/],
    [['inspect', 'x', 'y'], credentials, /argument too many/],
    [['management', '--role', 'host'], credentials, /takes no --role/],
    [['management', '--json'], credentials, /takes no --json/],
    [['management', '--expires-in', '3600'], credentials, /not a duration/],
    [['management', '--expires-in'], credentials, /argument missing/],
    [['management', '--bogus'], credentials, /Unknown option/],
    [['management', '--secret', 'x'], credentials, /never from the command line/],
    [['management'], {}, /accessKey is missing/],
    [['management'], { HMS_ACCESS_KEY: 'k', HMS_SECRET: '<app_secret>' }, /secret is still the placeholder;/],
    [['app', '--user-id', 'u', '--role', 'r'], credentials, /app needs --room-id/],
    [['app', '--room-id', 'r', '--role', 'r'], credentials, /app needs/],
    [['app', '--room-id', 'r', '--user-id', 'u'], credentials, /app needs/],
    [['app', '--room-id', ' ', '--user-id', 'u', '--role', 'r'], credentials, /roomId is blank/],
    [['inspect'], credentials, /there is no token/],
    [['inspect', ''], credentials, /there is no token/],
    [['inspect', 'Bearer '], credentials, /there is no token/],
    [['inspect', good], { HMS_SECRET: '<app_secret>' }, /placeholder/],
  ])('%j is wrong usage: status 2, on standard error alone', async (args, env, message) => {
    const { status, out, err } = await cli(args, { env });
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  it.each([
    [['mint'], usageOf('the command is one of management, app, inspect')],
    [['management', '--role', 'host'], usageOf('management takes no --role')],
    [['app', '--demo', '--role', 'host'], usageOf('app needs --room-id, --user-id and --role')],
    [['inspect', ' Bearer '], usageOf('there is no token; pass it as an argument or on standard input')],
    [['management', '--bogus'], usageOf("Unknown option '--bogus'")],
    [
      ['management', '--app-secret=x'],
      usageOf('credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from the command line'),
    ],
    [['management', '--bogus', 'x--secret'], usageOf("Unknown option '--bogus'")],
    [['management', '--bogus', '--!secret'], usageOf("Unknown option '--bogus'")],
    [
      ['management', '--demo', '--expires-in', '1'],
      "100ms-tokens: expiresIn is not a duration; pass whole seconds, '15m', '24h' or such, at most '90d'\n",
    ],
  ])('%j says %j', async (args, err) => {
    expect(await cli(args)).toEqual({ status: 2, out: '', err });
  });

  it.each(['management', 'app'])('%s takes --demo and --expires-in', async (name) => {
    const more = name === 'app' ? ['--room-id', 'r', '--user-id', 'u', '--role', 'guest'] : [];
    expect(await cli([name, '--demo', '--expires-in', '1h', ...more])).toMatchObject({ status: 0, err: '' });
  });

  it.each([['--help'], ['-h'], ['app', '--help'], ['nonsense', '--help', '--bogus'], ['inspect', 'x', '-h']])(
    'help: %s %s',
    async (...args) => {
      expect(await cli(args)).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Usage:') as string });
    },
  );

  it.each([['--version'], ['-v'], ['app', '--version']])('version: %s %s', async (...args) => {
    expect(await cli(args)).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });

  it('help behind -- is an operand', async () => {
    expect((await cli(['inspect', '--', '--help'])).status).toBe(1);
    expect((await cli(['inspect', '--', '--help', 'x'])).status).toBe(2);
  });
});

describe('inspect', () => {
  it('reads standard input, with white space and Bearer around the token', async () => {
    const stdin = input(' Bearer \t ', Buffer.from(`${good}\n`));
    expect(await cli(['inspect'], { env: credentials, stdin })).toMatchObject({ status: 0, err: '' });
  });

  it('takes Bearer off in front of the token alone', async () => {
    expect(await cli(['inspect', `${good}Bearer`], { env: credentials })).toMatchObject({ status: 1 });
  });

  it('takes --demo, and has no hint on a token that is of the fake credentials on purpose', async () => {
    const { status, out, err } = await cli(['inspect', '--demo', good]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).not.toContain('Hints');
  });

  it('says so when standard input cannot be read', async () => {
    const broken = (async function* () {
      yield await Promise.reject<string>(new Error('EISDIR'));
    })();
    const err = usageOf('standard input cannot be read; pass the token as an argument');
    expect(await cli(['inspect'], { stdin: broken })).toEqual({ status: 2, out: '', err });
  });

  const now = Math.floor(Date.now() / 1000);

  /** A token with a claim of so many nested arrays, written by hand: JSON.stringify cannot. */
  function deep(levels: number): string {
    return sealed(
      `{"x":${'['.repeat(levels)}${']'.repeat(levels)},${JSON.stringify(decodeToken(good).claims).slice(1)}`,
    );
  }

  function hugeTime(): string {
    return sealed(`{"type":"app","iat":1e400,"nbf":${String(now + 3600)},"exp":${String(now + 9999)}}`);
  }

  function sealed(json: string): string {
    const [header = ''] = good.split('.');
    const signingInput = `${header}.${Buffer.from(json).toString('base64url')}`;
    return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
  }

  const forge = (claims: object, key = secret) => signToken({ ...decodeToken(good).claims, ...claims }, key);
  it.each([
    ['good', good, 0, /holds[^]*active, expires in 23 h 59 min/],
    ['management', fixtures.managementToken(), 0, /must not reach a client/],
    ['expired', fixtures.expiredAppToken(), 1, /expired 1 h /],
    ['early', fixtures.notYetActiveAppToken(), 1, /not active yet, starts in (1 h|59 min)/],
    ['tampered', fixtures.tamperedAppToken(), 1, /does not hold/],
    ['unsigned', fixtures.unsignedAppToken(), 1, /algorithm +alg is not HS256/],
    ['garbage', 'x.y.z', 1, /form +the token header/],
    ['in quotes', `"${good}"`, 1, /quotes or white space/],
    ['base64', forge({}, Buffer.from(secret, 'base64').toString('latin1')), 1, /does not hold/],
    ['milliseconds', forge({ iat: now * 1000, nbf: now * 1000, exp: now * 1000 }), 1, /in milliseconds/],
    ['too long', forge({ exp: now + 8_000_000 }), 0, /over 90 days/],
    ['no exp', forge({ exp: undefined, nbf: 'x', iat: true }), 1, /claims +iat/],
    ['fraction', forge({ exp: now + 0.5 + 90_061 }), 0, /expires in 1 d 1 h/],
    ['just expired', forge({ iat: now - 9, nbf: now - 9, exp: now - 1 }), 1, /expired [1-9] s ago/],
    ['no date', forge({ exp: 1e300 }), 0, /active/],
    [
      'hostile',
      forge({ role: '\x1b[31m\x7f\x9b\u202e\u{e0001}', x: 'a'.repeat(500) }),
      0,
      /\\u007f\\u009b\\u202e\\udb40\\udc01[^]*… \(502 characters\)/,
    ],
    ['far off', hugeTime(), 1, /not active yet, starts in (1 h|59 min)/],
    ['deep', deep(100_001), 0, /x +"\(nested too deep\)"/],
    ['just deep enough', deep(100), 0, /x +\[\[\[/],
    ['a little too deep', deep(101), 0, /nested too deep/],
    ['foreign', forge({ access_key: 'other' }), 0, /another 100ms app/],
  ])('tells of a token that is %s', async (_name, token, status, text) => {
    const result = await cli(['inspect', token], { env: credentials });
    expect(result.out).toMatch(text);
    expect(result.status).toBe(status);
    expect(result.err).toMatch(status === 0 ? /^$/ : /^100ms-tokens: ERR_TOKEN_[A-Z_]+: /);
    expect(result.out).not.toContain('\x1b');
    expect(result.out + result.err).not.toContain(secret);
    const json = await cli(['inspect', '--json', token], { env: credentials });
    expect(json.status).toBe(status);
    expect(JSON.parse(json.out)).toMatchObject({ valid: status === 0 });
  });

  it.each([
    ['base64-decoded', createHint(Buffer.from('c2VjcmV0LW9mLXRoZS1hcHA=', 'base64').toString('latin1'))],
    ['line end', createHint('c2VjcmV0LW9mLXRoZS1hcHA=\n', true)],
    ['quotes', createHint('"c2VjcmV0LW9mLXRoZS1hcHA="')],
    ['fake credentials', createHint(secret)],
  ])('finds the secret that was meant: %s', async (hint, token) => {
    const { out } = await cli(['inspect', await token], { env: { HMS_SECRET: 'c2VjcmV0LW9mLXRoZS1hcHA=' } });
    expect(out).toContain(hint);
  });

  async function createHint(key: string, raw = false): Promise<string> {
    const { createSecretKey } = await import('node:crypto');
    return signToken(decodeToken(good).claims, raw ? createSecretKey(key, 'utf8') : createSecretKey(Buffer.from(key)));
  }

  it.each([{}, { HMS_SECRET: ' ', HMS_ACCESS_KEY: '' }])('does not check the signature with %j', async (env) => {
    const result = await cli(['inspect', fixtures.tamperedAppToken()], { env });
    expect(result).toMatchObject({ status: 0, out: expect.stringContaining('not checked') as string });
    const json = await cli(['inspect', '--json', good], { env });
    expect(JSON.parse(json.out)).toMatchObject({ valid: null, signature: 'unchecked' });
  });

  it('finds a payload that is not client-safe', async () => {
    const payload = (text: string) => Buffer.from(text).toString('base64url');
    for (const claims of ['{"a":"é"}', '{"a":"??????"}']) {
      const { out } = await cli(['inspect', `${payload('{"alg":"HS256"}')}.${payload(claims)}.`]);
      expect(out).toContain('not client-safe');
    }
  });

  it('has colour on a terminal alone, and never with NO_COLOR', async () => {
    expect((await cli(['inspect', good], { isTTY: true })).out).toContain('\x1b[');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }] as Record<string, string>[]) {
      expect((await cli(['inspect', good], { isTTY: true, env })).out).not.toContain('\x1b[');
    }
  });
});

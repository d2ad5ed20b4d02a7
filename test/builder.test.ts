import { createSecretKey } from 'node:crypto';
import vm from 'node:vm';
import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTokenBuilder, signToken, type TokenBuilderConfig, TokenError, verifyToken } from '../src/index.js';
import { faultOf } from './support/fault.js';

const accessKey = 'fake-access-key';
const secret = 'fake-secret-6ba7b810-9dad-11d1';
const start = 1_750_000_000;
const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };

function setClock(seconds: number): void {
  vi.setSystemTime(Math.round(seconds * 1000));
}

function build(config: unknown): unknown {
  return Reflect.apply(createTokenBuilder, undefined, [config]);
}

function claimsOf(token: string) {
  return verifyToken(token, secret, { currentDate: new Date(start * 1000), clockTolerance: '90d' });
}

beforeEach(() => {
  vi.useFakeTimers({ now: start * 1000 });
  vi.stubEnv('HMS_ACCESS_KEY', undefined);
  vi.stubEnv('HMS_SECRET', undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('credentials', () => {
  it('come from the config, or else from the environment at the time the builder is made', () => {
    vi.stubEnv('HMS_ACCESS_KEY', 'key-of-environment');
    vi.stubEnv('HMS_SECRET', secret);
    const fromEnvironment = createTokenBuilder();
    const mixed = createTokenBuilder({ accessKey, secret: undefined });
    vi.stubEnv('HMS_ACCESS_KEY', 'changed');
    vi.stubEnv('HMS_SECRET', 'changed');
    expect(claimsOf(fromEnvironment.generateManagementToken()).access_key).toBe('key-of-environment');
    expect(claimsOf(mixed.generateManagementToken()).access_key).toBe(accessKey);
  });

  it('leave the environment alone when both are given', () => {
    const { env } = process;
    const denied = vi.fn(() => {
      throw new Error('denied');
    });
    process.env = new Proxy({}, { get: denied, has: denied });
    try {
      expect(createTokenBuilder({ accessKey, secret }).generateManagementToken()).toContain('.');
      expect(denied).not.toHaveBeenCalled();
    } finally {
      process.env = env;
    }
  });

  it('are missing, and nothing worse, where there is no process', () => {
    vi.stubGlobal('process', undefined);
    try {
      expect(createTokenBuilder({ accessKey, secret }).generateManagementToken()).toContain('.');
      expect(faultOf(() => build({ accessKey }))).toMatchObject({ code: 'ERR_INVALID_CONFIG', field: 'secret' });
      expect(faultOf(() => build({ secret }))).toMatchObject({ code: 'ERR_INVALID_CONFIG', field: 'accessKey' });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  const faults: [string, unknown][] = [
    ['missing', undefined],
    ['empty', ''],
    ['blank', ' \t'],
    ['null', null],
    ['a number', 1],
    ['a boxed string', new String('x')],
    ['a placeholder', '<app_secret>'],
    ['with a line end', 'abc\n'],
    ['with a blank before', ' abc'],
    ['with a byte order mark', '\ufeffabc'],
    ['a key', createSecretKey('x', 'utf8')],
  ];

  it.each(faults)('%s: accessKey and secret are at fault', (_name, value) => {
    expect(faultOf(() => build({ accessKey: value, secret }))).toMatchObject({
      code: 'ERR_INVALID_CONFIG',
      field: 'accessKey',
    });
    expect(faultOf(() => build({ accessKey, secret: value }))).toMatchObject({
      code: 'ERR_INVALID_CONFIG',
      field: 'secret',
    });
  });

  it('name the variable to set when they are missing', () => {
    expect(faultOf(() => build({ secret })).message).toContain('HMS_ACCESS_KEY');
    expect(faultOf(() => build({ accessKey })).message).toContain('HMS_SECRET');
  });

  it.each(['', ' ', '<app_secret>', 'abc\n'])('%j in the environment is a fault, too', (value) => {
    vi.stubEnv('HMS_ACCESS_KEY', accessKey);
    vi.stubEnv('HMS_SECRET', value);
    expect(faultOf(() => build(undefined))).toMatchObject({ code: 'ERR_INVALID_CONFIG', field: 'secret' });
  });

  it('given empty do not fall back on the environment', () => {
    vi.stubEnv('HMS_ACCESS_KEY', accessKey);
    vi.stubEnv('HMS_SECRET', secret);
    expect(faultOf(() => build({ secret: '' })).message).toContain('secret is blank');
    expect(faultOf(() => build({ accessKey: '' })).message).toContain('accessKey is blank');
  });
});

describe('the config', () => {
  it.each([
    ['expiresIn', '3600'],
    ['expiresIn', 0],
    ['expiresIn', null],
    ['expiresIn', '91d'],
    ['clockSkew', -1],
    ['clockSkew', null],
    ['clockSkew', '91d'],
    ['refreshBefore', '5'],
    ['refreshBefore', 1.5],
    ['refreshBefore', '91d'],
    ['acessKey', 'typo'],
    ['expires_in', '1h'],
  ])('%s: %j is refused', (field, value) => {
    expect(faultOf(() => build({ accessKey, secret, [field]: value }))).toMatchObject({
      code: 'ERR_INVALID_CONFIG',
      field,
    });
  });

  it.each([null, 'config', [], 1, () => ({}), new Map()])('is no %s', (config) => {
    expect(faultOf(() => build(config))).toMatchObject({ code: 'ERR_INVALID_CONFIG', field: 'config' });
  });

  it('takes nought for clockSkew and refreshBefore, 90 days for all, and undefined as not given', () => {
    for (const config of [
      { clockSkew: 0, refreshBefore: 0 },
      { clockSkew: '90d', refreshBefore: '90d', expiresIn: '90d' },
      { clockSkew: undefined, refreshBefore: undefined, expiresIn: undefined, unknown: undefined },
    ]) {
      expect(build({ accessKey, secret, ...config })).toBeTypeOf('object');
    }
  });
});

describe('generateManagementToken and generateAppToken', () => {
  const tokens = createTokenBuilder({ accessKey, secret });

  it('mint with the documented defaults, a new random jti each time, at the time of the call', () => {
    setClock(start + 0.999);
    const { jti: first, ...claims } = claimsOf(tokens.generateManagementToken());
    expect(claims).toEqual({
      access_key: accessKey,
      type: 'management',
      version: 2,
      iat: start,
      nbf: start,
      exp: start + 86_400,
    });
    setClock(start + 60);
    const { jti: second, ...appClaims } = claimsOf(tokens.generateAppToken(room));
    expect(appClaims).toEqual({
      ...claims,
      type: 'app',
      room_id: 'room-1',
      user_id: 'user-1',
      role: 'guest',
      iat: start + 60,
      nbf: start + 60,
      exp: start + 86_460,
    });
    for (const jti of [first, second]) {
      expect(jti).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(first).not.toBe(second);
    expect(tokens.generateAppToken(room)).not.toBe(tokens.generateAppToken(room));
  });

  it('take every option, and leave the objects as they were', () => {
    const options = Object.freeze({
      issuedAt: start - 60,
      notBefore: new Date(start * 1000),
      expiresIn: '1h',
      jti: 'j',
    });
    const expected = { iat: start - 60, nbf: start, exp: start + 3600, jti: 'j' };
    expect(claimsOf(tokens.generateManagementToken(options))).toMatchObject(expected);
    expect(claimsOf(tokens.generateAppToken(Object.freeze({ ...options, ...room })))).toMatchObject(expected);
  });

  it('do not take nought for not given', () => {
    const claims = { iat: 0, nbf: 0, exp: 1 };
    const token = tokens.generateManagementToken({ issuedAt: 0, notBefore: 0, expiresIn: 1 });
    expect(verifyToken(token, secret, { currentDate: new Date(0) })).toMatchObject(claims);
  });

  it('take undefined as not given', () => {
    const none = { issuedAt: undefined, notBefore: undefined, expiresIn: undefined, jti: undefined };
    const expected = { iat: start, nbf: start, exp: start + 86_400 };
    expect(claimsOf(tokens.generateManagementToken(none))).toMatchObject(expected);
    expect(claimsOf(tokens.generateManagementToken(undefined))).toMatchObject(expected);
    expect(claimsOf(tokens.generateAppToken({ ...room, ...none }))).toMatchObject(expected);
  });

  it('backdate iat and nbf by clockSkew, but not what is given', () => {
    const skewed = createTokenBuilder({ accessKey, secret, clockSkew: '30s', expiresIn: '1h' });
    expect(claimsOf(skewed.generateAppToken(room))).toMatchObject({
      iat: start - 30,
      nbf: start - 30,
      exp: start + 3570,
    });
    expect(claimsOf(skewed.generateManagementToken({ issuedAt: start }))).toMatchObject({ iat: start, nbf: start });
    expect(claimsOf(skewed.generateManagementToken({ notBefore: start }))).toMatchObject({
      iat: start - 30,
      nbf: start,
    });
  });

  it.each([
    ['null', null, 'options'],
    ['a string', '1h', 'options'],
    ['a Date', new Date(0), 'options'],
    ['a misspelt key', { expiresin: '1h' }, 'expiresin'],
    ['a key of an app token', { roomId: 'room-1' }, 'roomId'],
    ['a null option', { jti: null }, 'jti'],
    ['a blank jti', { jti: ' ' }, 'jti'],
    ['milliseconds', { issuedAt: start * 1000 }, 'issuedAt'],
    ['a unitless string', { expiresIn: '3600' }, 'expiresIn'],
    ['nbf before 1970', { notBefore: -1 }, 'notBefore'],
  ])('refuse %s', (_name, options, field) => {
    const expected = { code: 'ERR_INVALID_ARGUMENT', field };
    const forApp = field === 'options' ? 'params' : field;
    expect(faultOf(() => Reflect.apply(tokens.generateManagementToken, undefined, [options]))).toMatchObject(expected);
    const params = field === 'options' ? options : Object.assign({}, room, options);
    if (field === 'roomId') return;
    expect(faultOf(() => Reflect.apply(tokens.generateAppToken, undefined, [params]))).toMatchObject({
      ...expected,
      field: forApp,
    });
  });

  it.each(['roomId', 'userId', 'role'])('refuse an app token without %s', (field) => {
    for (const value of [undefined, null, '', ' ', 7, '<room_id>']) {
      expect(
        faultOf(() => Reflect.apply(tokens.generateAppToken, undefined, [{ ...room, [field]: value }])),
      ).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field });
    }
    expect(faultOf(() => Reflect.apply(tokens.generateAppToken, undefined, []))).toMatchObject({ field: 'params' });
  });

  it('refuse a key of the claims instead of the parameters', () => {
    expect(faultOf(() => Reflect.apply(tokens.generateAppToken, undefined, [{ ...room, accessKey }]))).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      field: 'accessKey',
    });
  });

  it('take a Date of another realm', () => {
    const issuedAt = vm.runInNewContext(`new Date(${String(start * 1000)})`) as Date;
    expect(claimsOf(tokens.generateManagementToken({ issuedAt })).iat).toBe(start);
  });

  it('need no this', () => {
    const { generateAppToken, generateManagementToken, getManagementToken, verifyAppToken } = tokens;
    expect(verifyAppToken(generateAppToken(room)).role).toBe('guest');
    expect(claimsOf(generateManagementToken()).type).toBe('management');
    expect(claimsOf(getManagementToken()).type).toBe('management');
  });
});

describe('getManagementToken', () => {
  /** How many seconds after the first call a second one, at that time, gives another token. */
  function isRenewed(config: TokenBuilderConfig, after: number): boolean {
    setClock(start);
    const tokens = createTokenBuilder({ accessKey, secret, ...config });
    const first = tokens.getManagementToken();
    setClock(start + after);
    return tokens.getManagementToken() !== first;
  }

  it.each<[TokenBuilderConfig, number]>([
    [{}, 86_400 - 300],
    [{ expiresIn: '1h' }, 3300],
    [{ expiresIn: '1h', refreshBefore: '10m' }, 3000],
    [{ expiresIn: '1h', refreshBefore: 0 }, 3600],
    [{ expiresIn: '1h', clockSkew: '1m' }, 3240],
    [{ expiresIn: 301 }, 1],
  ])('with %j is renewed from second %i on', (config, second) => {
    expect(isRenewed(config, second - 0.001)).toBe(false);
    expect(isRenewed(config, second)).toBe(true);
    expect(isRenewed(config, second + 100_000)).toBe(true);
  });

  it.each<TokenBuilderConfig>([
    { expiresIn: '5m' },
    { expiresIn: '1m' },
    { refreshBefore: '24h' },
    { clockSkew: '24h' },
  ])('with %j is a new one at each call', (config) => {
    expect(isRenewed(config, 0)).toBe(true);
  });

  it('is renewed when the clock is set back before its iat, and kept when it is not', () => {
    expect(isRenewed({}, -0.001)).toBe(true);
    expect(isRenewed({}, -3600)).toBe(true);
    expect(isRenewed({ clockSkew: 60 }, -60)).toBe(false);
    expect(isRenewed({ clockSkew: 60 }, -60.001)).toBe(true);
  });

  it('keeps the renewed one in turn', () => {
    const tokens = createTokenBuilder({ accessKey, secret, expiresIn: '1h' });
    tokens.getManagementToken();
    setClock(start + 3300);
    const renewed = tokens.getManagementToken();
    expect(claimsOf(renewed)).toMatchObject({ iat: start + 3300, exp: start + 6900 });
    setClock(start + 6599.999);
    expect(tokens.getManagementToken()).toBe(renewed);
  });

  it('is one per builder, and not what generateManagementToken made', () => {
    const one = createTokenBuilder({ accessKey, secret });
    const two = createTokenBuilder({ accessKey, secret });
    const generated = one.generateManagementToken();
    expect(one.getManagementToken()).toBe(one.getManagementToken());
    expect(one.getManagementToken()).not.toBe(generated);
    expect(one.getManagementToken()).not.toBe(two.getManagementToken());
  });
});

describe('verifyManagementToken and verifyAppToken', () => {
  const tokens = createTokenBuilder({ accessKey, secret });

  it('take their own type and this access key only', () => {
    const app = tokens.generateAppToken(room);
    const management = tokens.generateManagementToken();
    expect(tokens.verifyAppToken(app).user_id).toBe('user-1');
    expect(tokens.verifyManagementToken(management).type).toBe('management');
    expect(faultOf(() => tokens.verifyAppToken(management))).toMatchObject({ code: 'ERR_TOKEN_CLAIMS', field: 'type' });
    expect(faultOf(() => tokens.verifyManagementToken(app))).toMatchObject({ code: 'ERR_TOKEN_CLAIMS', field: 'type' });
    const other = createTokenBuilder({ accessKey: 'other', secret });
    expect(faultOf(() => other.verifyAppToken(app))).toMatchObject({ code: 'ERR_TOKEN_CLAIMS', field: 'access_key' });
  });
});

describe('the secret', () => {
  const tokens = createTokenBuilder({ accessKey, secret });
  tokens.getManagementToken();

  it('shows up in nothing that prints a builder', () => {
    const outputs = [
      inspect(tokens, { showHidden: true, depth: Infinity, getters: true }),
      inspect({ ...tokens }, { showHidden: true }),
      JSON.stringify(tokens),
      ...Object.values(tokens).map((method: unknown) => String(method) + inspect(method, { showHidden: true })),
    ];
    for (const output of outputs) expect(output).not.toContain(secret);
  });

  it('shows up in no error, its stack included, wherever it was passed by mistake', () => {
    const mint = (options: unknown): unknown => Reflect.apply(tokens.generateManagementToken, undefined, [options]);
    const acts: (() => unknown)[] = [
      () => build({ accessKey, secret: `${secret} ` }),
      () => build({ accessKey, secret: `<${secret}>` }),
      () => build({ accessKey: ` ${secret}`, secret }),
      () => build({ accessKey, secret, expiresIn: secret }),
      () => build(secret),
      () => build({ accessKey, secret, [secret]: 1 }),
      () => mint(secret),
      () => mint({ expiresIn: secret }),
      () => mint({ issuedAt: secret }),
      () => mint({ jti: [secret] }),
      () => verifyToken(secret, accessKey),
      () => verifyToken(signToken({}, secret), 'another-secret'),
      (): unknown => Reflect.apply(verifyToken, undefined, [signToken({}, secret), secret, secret]),
      () => tokens.verifyAppToken('a.b.c', { clockTolerance: Reflect.get({ secret }, 'secret') as '1s' }),
    ];
    for (const act of acts) {
      const error = faultOf(act);
      expect(error).toBeInstanceOf(TokenError);
      const output = `${inspect(error, { showHidden: true, depth: Infinity })}${JSON.stringify(error)}${String(error.stack)}`;
      expect(output).not.toContain(secret);
    }
  });
});

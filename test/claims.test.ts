import { describe, expect, it } from 'vitest';

import { appClaims, managementClaims } from '../src/index.js';
import { faultOf } from './support/fault.js';
import { samples } from './support/vectors.js';

const common = { accessKey: 'access-key', issuedAt: 1_750_000_000, jti: 'jti-1' } as const;
const app = { ...common, roomId: 'room-1', userId: 'user-1', role: 'guest' } as const;

/** Calls either function with what its types would refuse. */
function claimsOf(input: unknown, kind: 'app' | 'management' = 'app'): unknown {
  return Reflect.apply(kind === 'app' ? appClaims : managementClaims, undefined, [input]);
}

describe('the claim sets', () => {
  it('have the documented members in the documented order', () => {
    expect(JSON.stringify(managementClaims(common))).toBe(
      '{"access_key":"access-key","type":"management","version":2,' +
        '"iat":1750000000,"nbf":1750000000,"exp":1750086400,"jti":"jti-1"}',
    );
    expect(JSON.stringify(appClaims(app))).toBe(
      '{"access_key":"access-key","room_id":"room-1","user_id":"user-1","role":"guest","type":"app","version":2,' +
        '"iat":1750000000,"nbf":1750000000,"exp":1750086400,"jti":"jti-1"}',
    );
  });

  it.each([
    ['numbers', { issuedAt: 1000, notBefore: 2000, expiresIn: 60 }, [1000, 2000, 2060]],
    ['dates', { issuedAt: new Date(1_000_999), notBefore: new Date(2_000_999), expiresIn: '1m' }, [1000, 2000, 2060]],
    ['nbf before iat', { issuedAt: 1000, notBefore: 500, expiresIn: '1h' }, [1000, 500, 4100]],
    ['the start of 1970', { issuedAt: 0, notBefore: 0, expiresIn: 1 }, [0, 0, 1]],
    ['90 days', { issuedAt: 1000, expiresIn: '90d' }, [1000, 1000, 7_777_000]],
    ['undefined options', { issuedAt: 1000, notBefore: undefined, expiresIn: undefined }, [1000, 1000, 87_400]],
  ] as const)('take times as %s', (_name, times, [iat, nbf, exp]) => {
    expect(managementClaims({ ...common, ...times })).toMatchObject({ iat, nbf, exp });
    expect(appClaims({ ...app, ...times })).toMatchObject({ iat, nbf, exp });
  });

  it('are the same for the same input, which stays as it was', () => {
    const frozen = Object.freeze({ ...app, issuedAt: Object.freeze(new Date(1_750_000_000_000)) });
    const before = structuredClone(frozen);
    expect(appClaims(frozen)).toEqual(appClaims(frozen));
    expect(frozen).toEqual(before);
  });

  it('take an input without a prototype, and one that inherits', () => {
    expect(claimsOf({ __proto__: null, ...app })).toEqual(appClaims(app));
    expect(claimsOf(Object.create(app))).toEqual(appClaims(app));
  });

  it('read each member of the input once, so that no getter can change it after the check', () => {
    const reads = new Map<string, number>();
    const input: Record<string, unknown> = {};
    for (const [key, value] of Object.entries({ ...app, notBefore: 1, expiresIn: 1 })) {
      const get = () => {
        reads.set(key, (reads.get(key) ?? 0) + 1);
        return value;
      };
      Object.defineProperty(input, key, { enumerable: true, get });
    }
    claimsOf(input);
    expect([...reads.values()]).toEqual(Array(8).fill(1));
  });

  it('of every sample can be made with the public functions', () => {
    for (const { claims, accessKey } of samples) {
      const { iat, nbf, exp, jti } = claims;
      const input = { accessKey, issuedAt: iat, notBefore: nbf, expiresIn: exp - nbf, jti };
      const made =
        claims.type === 'management'
          ? managementClaims(input)
          : appClaims({ ...input, roomId: claims.room_id, userId: claims.user_id, role: claims.role });
      expect(made).toEqual(claims);
    }
  });
});

describe('bad input', () => {
  const blanks = ['', ' ', '\t\n', '\u00a0'];
  const notStrings: unknown[] = [null, 1, true, {}, ['x'], Symbol('x'), 1n, new String('x')];

  it.each(['roomId', 'userId', 'role', 'jti'])('%s: missing, blank, a placeholder or no string', (field) => {
    const messages = (values: unknown[]) =>
      values.map((value) => {
        const fault = faultOf(() => claimsOf({ ...app, [field]: value }));
        expect(fault).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field });
        return fault.message;
      });
    for (const message of messages([undefined])) expect(message).toContain(`${field} is missing; pass`);
    for (const message of messages(blanks)) expect(message).toContain(`${field} is blank; pass`);
    for (const message of messages(notStrings)) expect(message).toContain('not a string; pass');
    for (const placeholder of ['<room_id>', '<role>', '<ROOM_ID>', '<your room-id>', '<x>']) {
      expect(messages([placeholder, ` ${placeholder}\n`])).toEqual([
        expect.stringContaining(`${field} is still the placeholder ${placeholder}; pass`),
        expect.stringContaining(`${field} is still the placeholder ${placeholder}; pass`),
      ]);
    }
  });

  it.each(['<', '<>', '<?>', '< room>', '<1>', '<a><b>', 'x<room_id>', '<room_id>x', `<${'a'.repeat(62)}>`, ' u '])(
    'takes the user id %j, which is no placeholder',
    (userId) => {
      expect(appClaims({ ...app, userId }).user_id).toBe(userId);
    },
  );

  it('tells what to do about an anonymous user', () => {
    expect(faultOf(() => claimsOf({ ...app, userId: undefined })).message).toMatch(/anonymous.*random string/);
  });

  it.each<unknown>([undefined, ...blanks, ...notStrings, '<app_access_key>', ' key', 'key\n'])(
    'accessKey %s is a fault of the configuration',
    (accessKey) => {
      for (const kind of ['app', 'management'] as const) {
        const input = kind === 'app' ? app : common;
        expect(faultOf(() => claimsOf({ ...input, accessKey }, kind))).toMatchObject({
          code: 'ERR_INVALID_CONFIG',
          field: 'accessKey',
        });
      }
    },
  );

  it.each([
    ['issuedAt', undefined],
    ['issuedAt', null],
    ['issuedAt', 1_750_000_000_000],
    ['notBefore', null],
    ['notBefore', new Date(NaN)],
    ['notBefore', -1],
    ['expiresIn', null],
    ['expiresIn', '3600'],
    ['expiresIn', 0],
    ['expiresIn', 7_776_001],
  ])('%s: %s', (field, value) => {
    for (const kind of ['app', 'management'] as const) {
      const input = kind === 'app' ? app : common;
      expect(faultOf(() => claimsOf({ ...input, [field]: value }, kind))).toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        field,
      });
    }
  });

  it.each(['expiresin', 'room_id', 'toString', '__proto__'])('an unknown key %s', (key) => {
    const input = Object.defineProperty({ ...app }, key, { value: '1h', enumerable: true });
    const fault = faultOf(() => claimsOf(input));
    expect(fault).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: key });
    expect(fault.message).toContain(`${key} is unknown`);
    expect(fault.message).toContain('expiresIn');
  });

  it('is not an unknown key that is undefined', () => {
    expect(claimsOf({ ...app, expiresin: undefined })).toEqual(appClaims(app));
  });

  it('is a room in a management token', () => {
    expect(faultOf(() => claimsOf({ ...common, roomId: 'room-1' }, 'management'))).toMatchObject({ field: 'roomId' });
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'input'],
    ['an array', [app]],
    ['a function', () => app],
    ['a Map', new Map(Object.entries(app))],
    ['a Date', new Date(0)],
    ['a promise', Promise.resolve(app)],
  ])('is %s', (_name, input) => {
    for (const kind of ['app', 'management'] as const) {
      expect(faultOf(() => claimsOf(input, kind))).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', field: 'input' });
    }
  });
});

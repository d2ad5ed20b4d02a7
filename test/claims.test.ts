import { describe, expect, it } from 'vitest';

import { appClaims, managementClaims } from '../src/index.js';
import { samples } from './support/vectors.js';

const common = { accessKey: 'access-key', issuedAt: 1_750_000_000, jti: 'jti-1' } as const;
const app = { ...common, roomId: 'room-1', userId: 'user-1', role: 'guest' } as const;

describe('managementClaims and appClaims', () => {
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

  it('give the same for the same input, which stays as it was', () => {
    const frozen = Object.freeze({
      ...app,
      issuedAt: Object.freeze(new Date(1_750_000_000_000)),
      notBefore: 1,
      expiresIn: '1m',
    });
    const before = structuredClone(frozen);
    expect(appClaims(frozen)).toEqual({ ...appClaims(app), nbf: 1, exp: 61 });
    expect(frozen).toEqual(before);
  });

  it('can make those of every sample', () => {
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

import { Buffer } from 'node:buffer';

import { describe, expect, it } from 'vitest';

import type { Known } from '../../src/cli/hints.js';
import { inspectToken } from '../../src/cli/inspect.js';
import { testCredentials } from '../../src/testing.js';
import { ACCESS_KEY, APP, base64url, type Content, forge, HEADER, MANAGEMENT, NOW, SECRET } from '../support/forge.js';

const names = { accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET', advice: 'copy both' };
const credentials = { accessKey: ACCESS_KEY, secret: SECRET, names };
const hintsOf = (token: string, known: Known = credentials) => inspectToken(token, known, NOW).hints;
const good = forge(HEADER, APP);

describe('hints on claims', () => {
  const otherApp = 'it belongs to another 100ms app: its access_key is not HMS_ACCESS_KEY; copy both';
  const management = 'it is a management token, for the REST API: keep it on the server, and give clients an app token';
  const foreign = 'it is not a 100ms token, which would have an access_key and a type; check which token you copied';
  const noVersion = 'it has no version, which is easily forgotten by hand; add version: 2';
  const noNbf = 'it has no nbf, which is easily forgotten by hand; add it, the same as iat';
  const noUser =
    "it has no user_id, which 100ms's own SDK allows but this package does not; add one to be sure who joins";
  const milliseconds = (which: string) =>
    `its times (${which}) look like milliseconds; JWT times are seconds: Math.floor(Date.now() / 1000)`;
  const tooLong = 'it lives longer than 90 days, the most that 100ms takes; make it with a shorter lifetime';
  const expired = 'it has expired; make a new one each time a user joins';
  const early =
    'it is not active yet: the clock of the server that made it may be ahead (set it, or raise clockSkew), or it was given a later notBefore';
  const noRoomId = 'its room_id is not 24 hex digits, as those of 100ms are; is it the room code, or a name?';
  const misnamed = (name: string, claim: string) =>
    `it has ${name} where it should have ${claim}; claims are written with underscores`;
  const space = (name: string) => `its ${name} has white space around it; trim it`;
  const unsafe =
    'the 100ms web client misreads its payload, or cannot read it at all; tokens made with this package are safe';

  it.each<[object, string[]]>([
    [{}, []],
    [{ access_key: undefined }, [otherApp]],
    [MANAGEMENT, [management]],
    [{ version: undefined }, [noVersion]],
    [{ nbf: undefined }, [noNbf]],
    [{ nbf: undefined, version: undefined, user_id: undefined }, [noVersion, noNbf, noUser]],
    [{ user_id: '' }, []],
    [{ room_id: 'abc-defg-hij' }, [noRoomId]],
    [{ room_id: `${APP.room_id}0` }, [noRoomId]],
    [{ room_id: 7 }, []],
    [{ room_id: `${APP.room_id}\n`, role: ' guest' }, [space('room_id'), space('role')]],
    [{ user_id: 'ann ' }, [space('user_id')]],
    [{ ...MANAGEMENT, room_id: 'x ' }, [management]],
    [{ access_key: undefined, accessKey: 'x' }, [misnamed('accessKey', 'access_key')]],
    [{ room_id: undefined, roomId: 'y', userId: 'z' }, [misnamed('roomId', 'room_id')]],
    [{ user_id: undefined, userId: 'z', version: undefined }, [misnamed('userId', 'user_id')]],
    [{ accessKey: 'x', roomId: 'y', userId: 'z', role: 'guest ' }, [space('role')]], // extra claims do no harm
    [{ access_key: undefined, type: undefined, nbf: undefined }, [foreign]],
    [{ ...MANAGEMENT, user_id: undefined, version: undefined, nbf: undefined }, [management, noVersion, noNbf]],
    [{ type: undefined, version: undefined, nbf: undefined, user_id: undefined }, []],
    [{ iat: NOW * 1000, nbf: NOW * 1000, exp: NOW * 1000 }, [milliseconds('iat, nbf, exp')]],
    [{ exp: 253_402_300_800 }, [milliseconds('exp')]],
    [{ exp: 253_402_300_799 }, [tooLong]],
    [{ exp: NOW + 7_776_000 }, []],
    [{ exp: NOW + 7_776_001 }, [tooLong]],
    [{ exp: '1e99' }, []],
    [{ iat: NOW - 9_999_999 }, []],
    [{ iat: NOW - 9_999_999, nbf: undefined }, [noNbf, tooLong]],
    [{ iat: undefined, nbf: undefined }, [noNbf]],
    [{ exp: NOW }, [expired]],
    [
      { ...MANAGEMENT, exp: NOW },
      [management, 'it has expired; make a new one, or use getManagementToken, which renews it in time'],
    ],
    [{ nbf: NOW + 1 }, [early]],
    [{ user_id: 'José' }, [unsafe]],
    [{ user_id: '\x80' }, [unsafe]],
    [{ user_id: '>>>' }, [unsafe]],
    [{ user_id: '???' }, [unsafe]],
  ])('of %j', (change, hints) => {
    expect(hintsOf(forge(HEADER, { ...APP, ...change }))).toEqual(hints);
  });

  it('take a number that is too large for one to be no time, and not milliseconds', () => {
    const claims = JSON.stringify({ ...APP, exp: 0 }).replace('"exp":0', '"exp":1e400');
    expect(hintsOf(forge(HEADER, claims))).toEqual([]);
  });

  it('say nothing of the access key where none is known, and by what name it is', () => {
    const token = forge(HEADER, { ...APP, access_key: 'other' });
    expect(hintsOf(token, { secret: SECRET, names })).toEqual([]);
    expect(hintsOf(token, { ...credentials, names: { ...names, accessKey: 'this key' } })).toEqual([
      'it belongs to another 100ms app: its access_key is not this key; copy both',
    ]);
  });

  it('look at the payload alone for what is not client-safe', () => {
    const tokens = [...Array(50).keys()].map((jti) => forge(HEADER, { ...APP, jti: String(jti) }));
    expect(tokens.some((token) => /[-_]/.test(token))).toBe(true);
    for (const token of tokens) expect(hintsOf(token)).toEqual([]);
    expect(hintsOf(`${base64url({ alg: 'HS256', kid: '>>>???' })}.${base64url(APP)}.`, { names })).toEqual([]);
  });
});

describe('hints on the signature', () => {
  const secret = 'c2VjcmV0LW9mLXRoZS1hcHA=';
  const lineEnd = 'it was signed with a line break after the secret; trim what you read from the file';

  it.each([
    [
      Buffer.from(secret, 'base64').toString(),
      'it was signed with the base64-decoded secret; use the secret as the dashboard shows it, as text',
    ],
    [`${secret}\n`, lineEnd],
    [`${secret}\r\n`, lineEnd],
    [`"${secret}"`, 'it was signed with quotes around the secret; take them out of the .env file'],
    [
      testCredentials.secret,
      'it was signed with the fake credentials of --demo and the test fixtures; sign it with your own',
    ],
    ['other', 'it was signed with another secret than HMS_SECRET, or changed afterwards; copy both'],
  ])('find the secret that was meant: %j', (key, hint) => {
    const token = forge(HEADER, APP, key);
    expect(hintsOf(token, { ...credentials, secret })).toEqual([hint]);
    expect(hintsOf(token, { names })).toEqual([]);
  });

  it('leave it at the access key for a token of another app', () => {
    const token = forge(HEADER, { ...APP, access_key: 'other' }, 'other');
    expect(hintsOf(token)).toEqual([expect.stringMatching(/^it belongs to another 100ms app/)]);
    expect(hintsOf(token, { secret, names })).toEqual([expect.stringMatching(/^it was signed with another secret/)]);
  });

  it.each([
    [good.slice(0, -3), '40'],
    [`${good}xyz`, '46'],
    [good.slice(0, -2), '41'], // no base64url
  ])('see that it is not whole: %s', (token, length) => {
    const hint = `its signature has ${length} characters where 43 belong; copy the token whole, and nothing else with it`;
    expect(hintsOf(token)).toEqual([hint]);
  });

  it.each([
    ['none', ''],
    ['HS512', 'A'.repeat(86)],
  ])('blame the algorithm %s, and not the length that comes of it', (alg, signature) => {
    expect(hintsOf(`${base64url({ alg })}.${base64url(APP)}.${signature}`)).toEqual([
      'it is signed with another algorithm; take the algorithm option out of the call that signs it',
    ]);
  });
});

describe('hints on what is no token', () => {
  it.each<[Content & string, string[]]>([
    ['xundefined', ['it has 1 of 3 parts; copy the token whole, and nothing else with it']],
    ['x.y.z.w', ['it has 4 of 3 parts; copy the token whole, and nothing else with it']],
    [good.slice(1), ['it does not begin with eyJ, as tokens do; copy the token whole']],
    ['undefined', ['it is the text undefined; look for where your code reads the token, and whether it awaits it']],
    ...['null', 'NaN', '[object Object]', '[object Promise]'].map((text): [string, string[]] => [
      text,
      [expect.stringContaining(text) as string],
    ]),
    ['undefined x', ['it has white space in it; pass the token alone']],
    [`"${good}"`, ['it has quotes in it; pass the token alone, without them']],
    [`'${good}`, ['it has quotes in it; pass the token alone, without them']],
    [`{"token":\n"x"}`, ['it is several lines; a token is one, so join them, or pass one token alone']],
    ['x\ry', ['it is several lines; a token is one, so join them, or pass one token alone']],
    [`${good} x`, ['it has white space in it; pass the token alone']],
  ])('%j', (text, hints) => {
    expect(hintsOf(text)).toEqual(hints);
  });
});

/** Every function with options, so that a rule is tested once, as a table over all of them. */

import vm from 'node:vm';

import { afterEach, beforeEach, vi } from 'vitest';

import * as lib from '../../src/index.js';
import { createTokenFixtures, type TokenFixtures } from '../../src/testing.js';
import { ACCESS_KEY, APP, at, date, forge, HEADER, MANAGEMENT, NOW, SECRET, without } from './forge.js';
import { untyped } from './untyped.js';

export interface Row {
  /** The function. */
  name: string;
  /** The options object, as messages call it. Empty if it isn't one. */
  object: string;
  /** A valid value for every option. */
  given: object;
  /** Calls the function, and returns something that can be compared. */
  call: (given: never) => unknown;
  /** The code of invalid options. */
  code: lib.TokenErrorCode;
}

export const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
export const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };
const times = { issuedAt: date(NOW - 60), notBefore: at, expiresIn: '1h', jti: 'id' };
// From another realm, like every Date in Jest.
const currentDate = vm.runInNewContext(`new Date(${String((NOW + 1800) * 1000)})`) as Date;
const verification = { currentDate, clockTolerance: '30s' };
const tokens = lib.createTokenBuilder(credentials);
const app = forge(HEADER, APP);
const management = forge(HEADER, MANAGEMENT);

/** Returns a token, or only the claims other than `jti` if that is random. */
function read(token: string): unknown {
  const { jti, ...claims } = lib.decodeToken(token).claims;
  return jti === times.jti ? token : claims;
}

const row = (name: string, object: string, given: object, call: Row['call']): Row => ({
  ...{ name, object, given, call },
  code: name.startsWith('createTokenBuilder') ? 'ERR_INVALID_CONFIG' : 'ERR_INVALID_ARGUMENT',
});

/** The functions with an options object. Call them with the clock at `at`. */
export const functions: readonly Row[] = [
  row('createTokenBuilder', 'config', { ...credentials, expiresIn: '1h', clockSkew: '1m' }, (config) => {
    const { generateManagementToken, generateAppToken } = lib.createTokenBuilder(config);
    return [generateManagementToken({ jti: times.jti }), read(generateAppToken(room))];
  }),
  row('generateManagementToken', 'options', times, (options) => read(tokens.generateManagementToken(options))),
  row('generateAppToken', 'params', { ...room, ...times }, (params) => read(tokens.generateAppToken(params))),
  row('managementClaims', 'input', { accessKey: ACCESS_KEY, ...times }, (input) => lib.managementClaims(input)),
  row('appClaims', 'input', { accessKey: ACCESS_KEY, ...room, ...times }, (input) => lib.appClaims(input)),
  row('verifyManagementToken', 'options', verification, (options) => tokens.verifyManagementToken(management, options)),
  row('verifyAppToken', 'options', verification, (options) => tokens.verifyAppToken(app, options)),
  row('verifyToken', 'options', verification, (options) => lib.verifyToken(app, SECRET, options)),
  row('createTokenFixtures', 'config', { ...credentials, at }, (config) =>
    Object.values(createTokenFixtures(config)).map((create: () => string) => create()),
  ),
  ...(Object.keys(createTokenFixtures()) as (keyof TokenFixtures)[]).map((name) => {
    const create = (given: never) => createTokenFixtures({ at })[name](given);
    const isApp = name.toLowerCase().endsWith('apptoken');
    return row(`fixtures.${name}`, isApp ? 'params' : 'options', isApp ? { ...room, ...times } : times, create);
  }),
];

/** Options, and credentials that aren't options. */
const places: readonly Row[] = [
  ...functions,
  row('signToken', '', { secret: SECRET }, ({ secret }) => lib.signToken(APP, secret)),
  row('verifyToken', '', { secret: SECRET }, ({ secret }) =>
    lib.verifyToken(forge(HEADER, APP, typeof secret === 'string' ? secret : SECRET), secret, { currentDate: at }),
  ),
  ...[['accessKey', 'HMS_ACCESS_KEY'] as const, ['secret', 'HMS_SECRET'] as const].map(([field, variable]) =>
    row(`createTokenBuilder with ${variable}`, '', { [field]: credentials[field] }, (given) => {
      vi.stubEnv(variable, given[field]);
      return lib.createTokenBuilder(untyped(without(credentials, field))).getManagementToken();
    }),
  ),
];

/** Returns every place where one of these options can be set, for a table. */
export function fields(...names: string[]) {
  return places.flatMap((place) =>
    names
      .filter((field) => field in place.given)
      .map((field) => ({
        ...{ ...place, field },
        set: (value: unknown) => place.call(untyped({ ...place.given, [field]: value })),
      })),
  );
}

/** Sets the clock to `at` in every test of a file, and undoes what else a test replaces. */
export function useFakeClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: at });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
}

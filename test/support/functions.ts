/** Every function that takes options, so that a rule is tested once, as a table over all of them. */

import vm from 'node:vm';

import { vi } from 'vitest';

import {
  appClaims,
  createTokenBuilder,
  decodeToken,
  managementClaims,
  signToken,
  type TokenErrorCode,
  verifyToken,
} from '../../src/index.js';
import { createTokenFixtures } from '../../src/testing.js';
import { ACCESS_KEY, APP, at, forge, HEADER, MANAGEMENT, SECRET, without } from './forge.js';
import { untyped } from './untyped.js';

export interface Row {
  /** The function. */
  name: string;
  /** The options object, as messages call it. Undefined if the parameters are positional. */
  object?: string;
  /** The code of invalid options. */
  code: TokenErrorCode;
  /** A valid value for every option. */
  given: object;
  /** Calls the function, and returns something that can be compared. */
  call: (given: never) => unknown;
}

export const credentials = { accessKey: ACCESS_KEY, secret: SECRET };
export const room = { roomId: 'room-1', userId: 'user-1', role: 'guest' };
const minutes = (count: number) => new Date(at.getTime() + count * 60_000);
const times = { issuedAt: minutes(-2), notBefore: minutes(-1), expiresIn: '1h', jti: 'id' };
// From another realm, like every Date in Jest.
const verification = { currentDate: vm.runInNewContext(`new Date(${String(+minutes(30))})`), clockTolerance: '30s' };
const code = 'ERR_INVALID_ARGUMENT';
const tokens = createTokenBuilder(credentials);
const app = forge(HEADER, APP);
const management = forge(HEADER, MANAGEMENT);

/** Returns a token, or only the claims other than `jti` if that is random. */
function read(token: string): unknown {
  const { jti, ...claims } = decodeToken(token).claims;
  return jti === times.jti ? token : claims;
}

/** The functions with an options object. Call them with the clock at `at`. */
export const functions: readonly Row[] = [
  {
    name: 'createTokenBuilder',
    object: 'config',
    code: 'ERR_INVALID_CONFIG',
    given: { ...credentials, expiresIn: '1h', clockSkew: '1m' },
    call(config) {
      const { generateManagementToken, generateAppToken } = createTokenBuilder(config);
      return [generateManagementToken({ jti: times.jti }), read(generateAppToken(room))];
    },
  },
  {
    name: 'generateManagementToken',
    object: 'options',
    code,
    given: times,
    call: (options) => read(tokens.generateManagementToken(options)),
  },
  {
    name: 'generateAppToken',
    object: 'params',
    code,
    given: { ...room, ...times },
    call: (params) => read(tokens.generateAppToken(params)),
  },
  {
    name: 'managementClaims',
    object: 'input',
    code,
    given: { accessKey: ACCESS_KEY, ...times },
    call: (input) => managementClaims(input),
  },
  {
    name: 'appClaims',
    object: 'input',
    code,
    given: { accessKey: ACCESS_KEY, ...room, ...times },
    call: (input) => appClaims(input),
  },
  {
    name: 'verifyManagementToken',
    object: 'options',
    code,
    given: verification,
    call: (options) => tokens.verifyManagementToken(management, options),
  },
  {
    name: 'verifyAppToken',
    object: 'options',
    code,
    given: verification,
    call: (options) => tokens.verifyAppToken(app, options),
  },
  {
    name: 'verifyToken',
    object: 'options',
    code,
    given: verification,
    call: (options) => verifyToken(app, SECRET, options),
  },
  {
    name: 'createTokenFixtures',
    object: 'config',
    code,
    given: { ...credentials, at },
    call: (config) => Object.values(createTokenFixtures(config)).map((create: () => string) => create()),
  },
  ...fixtureNames().map((name): Row => ({
    name: `fixtures.${name}`,
    object: name.endsWith('ppToken') ? 'params' : 'options',
    code,
    given: name.endsWith('ppToken') ? { ...room, ...times } : times,
    call: (options) => createTokenFixtures({ at })[name](options),
  })),
];

/** The same, and the places that take a credential only. */
export const places: readonly Row[] = [
  ...functions,
  { name: 'signToken', code, given: { secret: SECRET }, call: ({ secret }) => signToken(APP, secret) },
  {
    name: 'verifyToken',
    code,
    given: { secret: SECRET },
    call: ({ secret }) =>
      verifyToken(forge(HEADER, APP, typeof secret === 'string' ? secret : SECRET), secret, { currentDate: at }),
  },
  ...Object.entries({ accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET' }).map(([field, variable]): Row => ({
    name: `createTokenBuilder with ${variable}`,
    code: 'ERR_INVALID_CONFIG',
    given: { [field]: credentials[field as keyof typeof credentials] },
    call(given) {
      vi.stubEnv(variable, given[field]);
      return createTokenBuilder(untyped(without(credentials, field))).getManagementToken();
    },
  })),
];

function fixtureNames() {
  return Object.keys(createTokenFixtures()) as (keyof ReturnType<typeof createTokenFixtures>)[];
}

export interface Field extends Row {
  field: string;
  /** Calls the function with one option changed. */
  set: (value: unknown) => unknown;
}

/** Every place where one of these fields is an option, for a table. */
export function fields(...names: string[]): Field[] {
  return places.flatMap((row) =>
    names
      .filter((field) => field in row.given)
      .map((field) => ({
        ...row,
        field,
        set: (value: unknown) => row.call(untyped({ ...row.given, [field]: value })),
      })),
  );
}

/** The commands of the command line: arguments and environment in, text and an exit status out. */

import type { Buffer } from 'node:buffer';

import { createTokenBuilder, type TokenBuilder } from '../builder.js';
import { testCredentials } from '../test-credentials.js';
import type { Duration } from '../time.js';
import { type CommandLine, listed, readArguments, UsageError } from './arguments.js';
import type { Known } from './hints.js';
import { inspectToken } from './inspect.js';
import { inWordsTyped } from './refusal.js';
import { coloured, formatInspection, plain, printableJson } from './report.js';
import { readToken } from './token.js';

/** What the commands need of the process. */
export interface Io {
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Buffer | string>;
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown };
}

const HELP = `Usage:
  100ms-tokens management [--expires-in 1h]
  100ms-tokens app --room-id ID --user-id ID --role ROLE [--expires-in 1h]
  100ms-tokens inspect [--json] [TOKEN]

Commands:
  management   print a new management token, for the REST API; keep it on the server
  app          print a new app token, with which a client joins a room
  inspect      tell what a token says and whether it is good; without TOKEN, it is read from standard input

Options:
  --room-id ID            the room to join
  --user-id ID            your own id of the user
  --role ROLE             a role in the room's template
  --expires-in DURATION   lifetime, such as 30s, 15m, 24h or 90d (default: 24h)
  --json                  print the report of inspect for a program
  --demo                  use fake credentials
  -h, --help              print this
  -v, --version           print the version

Credentials come from the environment alone: HMS_ACCESS_KEY and HMS_SECRET.
A value that starts with a dash is written with an equals sign: --user-id=-1

Exit status: 0; 1 for a token that inspect finds invalid; 2 for wrong usage or credentials;
74 if the output cannot be written.
`;

type Values = CommandLine['values'];

/** Runs a command line (without `node` and the script) and returns its exit status. */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const { command, operands, values } = readArguments(args);
    switch (command) {
      case 'help':
        return print(io, HELP);
      case 'version':
        return print(io, `${version}\n`);
      case 'management':
        return print(io, `${management(values, operands, io)}\n`);
      case 'app':
        return print(io, `${app(values, operands, io)}\n`);
      case 'inspect':
        return await inspect(values, operands, io);
      case undefined:
        io.stderr.write(HELP);
        return 2;
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`100ms-tokens: ${error.message}\nTry '100ms-tokens --help'.\n`);
    return 2;
  }
}

function management(values: Values, operands: string[], io: Io): string {
  takesOptionsOnly('management', operands);
  const options = lifetime(values);
  return inWordsTyped(values, io.env, () => builder(values, io).generateManagementToken(options));
}

function app(values: Values, operands: string[], io: Io): string {
  takesOptionsOnly('app', operands);
  const { 'room-id': roomId, 'user-id': userId, role } = values;
  if (roomId === undefined || userId === undefined || role === undefined) {
    const missing = (['room-id', 'user-id', 'role'] as const).filter((name) => values[name] === undefined);
    throw new UsageError(`app needs ${listed(missing.map((name) => `--${name}`))}`);
  }
  const params = { roomId, userId, role, ...lifetime(values) };
  return inWordsTyped(values, io.env, () => builder(values, io).generateAppToken(params));
}

async function inspect(values: Values, operands: string[], io: Io): Promise<number> {
  const token = await readToken(operands, io);
  const known = credentials(values, io);
  const now = Date.now() / 1000;
  const inspection = inWordsTyped(values, io.env, () => inspectToken(token, known, now));
  const paint = io.stdout.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb' ? coloured : plain;
  const report =
    values.json === undefined
      ? formatInspection(inspection, known.names.secret, now, paint)
      : `${printableJson(inspection, 2)}\n`;
  print(io, report);
  if (inspection.error === null) return 0;
  io.stderr.write(`100ms-tokens: ${inspection.error.code}: ${inspection.error.message}\n`);
  return 1;
}

function takesOptionsOnly(command: string, operands: string[]): void {
  if (operands.length > 0) throw new UsageError(`${command} takes options only`);
}

const ENVIRONMENT: Known['names'] = {
  accessKey: 'HMS_ACCESS_KEY',
  secret: 'HMS_SECRET',
  advice: 'copy access key and secret from the same app of the dashboard',
};
const DEMO: Known['names'] = {
  accessKey: 'the fake access key of --demo',
  secret: 'the fake secret of --demo',
  advice: 'leave --demo out to check it with your own',
};

/** Blank ones are as good as none: `inspect` does without. */
function credentials({ demo }: Values, { env }: Io): Known {
  if (demo !== undefined) return { ...testCredentials, names: DEMO };
  const variable = (name: string) => (env[name]?.trim() === '' ? undefined : env[name]);
  return { accessKey: variable('HMS_ACCESS_KEY'), secret: variable('HMS_SECRET'), names: ENVIRONMENT };
}

function builder(values: Values, io: Io): TokenBuilder {
  const { accessKey = '', secret = '' } = credentials(values, io);
  return createTokenBuilder({ accessKey, secret });
}

function lifetime({ 'expires-in': expiresIn }: Values): { expiresIn?: Duration } {
  if (expiresIn === undefined) return {};
  if (isDuration(expiresIn)) return { expiresIn };
  throw new UsageError(
    /^\d{1,9}$/.test(expiresIn)
      ? `--expires-in needs a unit: write ${expiresIn}s if you mean seconds, or use m, h or d`
      : '--expires-in must be digits and a unit, such as 30s, 15m, 24h or 90d; at most 90d',
  );
}

function isDuration(text: string): text is `${number}${'s' | 'm' | 'h' | 'd'}` {
  return /^\d+[smhd]$/.test(text);
}

function print(io: Io, text: string): 0 {
  io.stdout.write(text);
  return 0;
}

/** The commands of the command line: arguments and environment in, text and an exit status out. */

import { Buffer } from 'node:buffer';

import { createTokenBuilder, type TokenBuilder } from '../builder.js';
import { TokenError } from '../errors.js';
import { testCredentials } from '../test-credentials.js';
import type { Duration } from '../time.js';
import { type CommandLine, listed, readArguments, UsageError } from './arguments.js';
import type { Known } from './hints.js';
import { inspectToken } from './inspect.js';
import { coloured, formatInspection, plain, printableJson } from './report.js';

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
  return typed(values, io, () => builder(values, io).generateManagementToken(options));
}

function app(values: Values, operands: string[], io: Io): string {
  takesOptionsOnly('app', operands);
  const { 'room-id': roomId, 'user-id': userId, role } = values;
  if (roomId === undefined || userId === undefined || role === undefined) {
    const missing = (['room-id', 'user-id', 'role'] as const).filter((name) => values[name] === undefined);
    throw new UsageError(`app needs ${listed(missing.map((name) => `--${name}`))}`);
  }
  const params = { roomId, userId, role, ...lifetime(values) };
  return typed(values, io, () => builder(values, io).generateAppToken(params));
}

async function inspect(values: Values, operands: string[], io: Io): Promise<number> {
  const token = await readToken(operands, io);
  const known = credentials(values, io);
  const now = Date.now() / 1000;
  const inspection = typed(values, io, () => inspectToken(token, known, now));
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

// ---- credentials and values ----

const ENVIRONMENT = { accessKey: 'HMS_ACCESS_KEY', secret: 'HMS_SECRET' };
const DEMO = { accessKey: 'the fake access key of --demo', secret: 'the fake secret of --demo' };

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
      ? `--expires-in needs a unit: write ${expiresIn}s`
      : '--expires-in must be digits and a unit, such as 30s, 15m, 24h or 90d; at most 90d',
  );
}

function isDuration(text: string): text is `${number}${'s' | 'm' | 'h' | 'd'}` {
  return /^\d+[smhd]$/.test(text);
}

const DASHBOARD = 'from the Developer section of the 100ms dashboard';

/** Runs `act`, and says what the library refuses in the words that were typed. */
function typed<Result>(values: Values, { env }: Io, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.field === 'expiresIn') throw new UsageError('--expires-in must be at least 1s and at most 90d');
    const words = new Map<string | undefined, [name: string, value: string | undefined, advice: string]>([
      ['accessKey', ['HMS_ACCESS_KEY', env.HMS_ACCESS_KEY, `copy the app access key ${DASHBOARD}`]],
      ['secret', ['HMS_SECRET', env.HMS_SECRET, `copy the app secret ${DASHBOARD}`]],
      ['roomId', ['--room-id', values['room-id'], 'give the id of the room to join']],
      [
        'userId',
        ['--user-id', values['user-id'], 'give your own id of the user; any random one for an anonymous user'],
      ],
      ['role', ['--role', values.role, "give the name of a role in the room's template"]],
    ]).get(error.field);
    throw new UsageError(words === undefined ? error.message : `${words[0]} ${fault(words[1], words[2])}`);
  }
}

/** What is wrong with a value that the library refuses: the only reasons it has for a string. */
function fault(value: string | undefined, advice: string): string {
  if (value === undefined) return `is not set; ${advice}`;
  if (value.trim() === '') return `is blank; ${advice}`;
  if (value.trim() !== value) return 'has white space around it, often a line break from a file; trim it';
  return `is still a placeholder; ${advice}`;
}

// ---- the token to inspect ----

/** In bytes. Servers take headers of 8 to 16 KiB, so no token is nearly as long, and any amount of it is soon read. */
const LONGEST_INPUT = 1024 * 1024;

async function readToken(operands: string[], io: Io): Promise<string> {
  const words = operands.length > 1 && /^bearer$/i.test(operands[0] ?? '') ? operands.slice(1) : operands;
  if (words.length > 1) throw new UsageError('inspect takes one token; put it in quotes if it has white space in it');
  const text = words.length === 0 ? await readAll(io) : await joined(words);
  const token = text.trim().replace(/^bearer(\s+|$)/i, '');
  if (token === '') throw new UsageError('there is no token; pass it as an argument or on standard input');
  return token;
}

async function readAll(io: Io): Promise<string> {
  try {
    return await joined(io.stdin);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('standard input cannot be read; pass the token as an argument');
  }
}

/** Stops reading as soon as it is too much. */
async function joined(input: AsyncIterable<Buffer | string> | Iterable<string>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_INPUT) throw new UsageError('the input is over 1 MiB; no token is that long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function print(io: Io, text: string): 0 {
  io.stdout.write(text);
  return 0;
}

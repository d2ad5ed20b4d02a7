/** Parses the command line and runs its commands: arguments and environment in, text and an exit status out. */

import { parseArgs, parseEnv } from 'node:util';

import { createTokenBuilder, type TokenBuilder } from '../builder.js';
import { checkCredential, type Credential } from '../credentials.js';
import { TokenError } from '../errors.js';
import { testCredentials } from '../test-credentials.js';
import { currentTime, type Duration } from '../time.js';
import { inspectToken } from './inspect.js';
import { type Input, readTextFile, readToken, UsageError } from './read.js';
import { formatInspection, printableJson } from './report.js';
import type { Known } from './signature.js';

/** The parts of the process that the commands use. */
export interface Io {
  env: Record<string, string | undefined>;
  stdin: Input;
  stdout: { write: (text: string) => unknown };
  stderr: { write: (text: string) => unknown };
}

const CREDENTIALS = 'Credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from an option';
const HELP = `Usage:
  100ms-tokens management [--expires-in 1h]
      print a new management token, for the REST API; keep it on your server
  100ms-tokens app --room-id ID --user-id ID --role ROLE [--expires-in 1h]
      print a new app token, which lets a client join a room
  100ms-tokens inspect [--json] [TOKEN]
      explain a token, from standard input if TOKEN is omitted or -

Options:
  --room-id ID            the room to join: 24 hex digits, not a room code
  --user-id ID            your own user ID (--user-id=ID if it starts with -)
  --role ROLE             a role in the room's template
  --expires-in DURATION   lifetime, such as 30s, 15m, 24h or 90d (default: 24h)
  --json                  print the report of inspect as JSON
  --env FILE              read variables that aren't set from a .env file
  --demo                  use built-in fake credentials
  -h, --help; -v, --version

${CREDENTIALS}.
Exit status: 0 for success; 1 if inspect finds the token invalid or couldn't check
its signature; 2 for anything else, such as wrong usage or missing credentials.`;

// prettier-ignore
const OPTIONS = {
  'room-id': { type: 'string' }, 'user-id': { type: 'string' }, role: { type: 'string' },
  'expires-in': { type: 'string' }, env: { type: 'string' }, json: { type: 'boolean' }, demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' },
} as const;

/** The options of each command. */
const COMMANDS = new Map([
  ['management', ['expires-in', 'env', 'demo']],
  ['app', ['room-id', 'user-id', 'role', 'expires-in', 'env', 'demo']],
  ['inspect', ['json', 'env', 'demo']],
]);

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Runs a command line (without `node` and the script) and returns its exit status. */
export async function run(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const { command, operands, values } = parse([...args]);
    const expiresIn = values['expires-in'] as Duration | undefined; // the builder checks it
    if (command === 'management') return print(io, builder(values, io).generateManagementToken({ expiresIn }));
    if (command === 'app') return print(io, builder(values, io).generateAppToken({ ...room(values), expiresIn }));
    if (command === 'inspect') return await inspect(values, operands, io);
    if (command === 'help') return print(io, HELP);
    if (command === 'version') return print(io, version);
    if (command !== '')
      throw new UsageError(`unknown command; the commands are management, app and inspect. ${CREDENTIALS}`);
    io.stderr.write(`${HELP}\n`);
  } catch (error) {
    io.stderr.write(`100ms-tokens: ${inFlagWords(error)}\nTry '100ms-tokens --help'.\n`);
  }
  return 2;
}

function parse(args: string[]): { command: string; operands: string[]; values: Values } {
  const config = { args, options: OPTIONS, allowPositionals: true } as const;
  const { tokens, positionals } = parseArgs({ ...config, strict: false, tokens: true });
  const options = tokens.filter((token) => token.kind === 'option');
  // An option's value is part of its token, so it can't be mistaken for --help.
  const asked = options.find(({ index }) => /^(?:--help|--version|-[hv]+)$/.test(String(args[index])));
  const [command = '', ...operands] = asked === undefined ? positionals : [asked.name];
  const known = COMMANDS.get(command);
  if (known === undefined) return { command, operands, values: {} };
  // The message doesn't quote an option, because it may be a secret or a control sequence.
  const names = options.map(({ name }) => name);
  if (names.some((name, index) => !known.includes(name) || names.indexOf(name) < index))
    throw new UsageError(`${command} has the options --${known.join(', --')}, each at most once. ${CREDENTIALS}`);
  if (command !== 'inspect' && operands.length > 0) throw new UsageError(`${command} expects options only`);
  return { command, operands, values: parseArgs(config).values }; // strictly now, for its messages
}

/** Returns the message for a user's mistake. The library's messages start with an option of the API. */
function inFlagWords(error: unknown): string {
  if (error instanceof TokenError) {
    const option = String(error.field).replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    return Object.hasOwn(OPTIONS, option) ? error.message.replace(String(error.field), `--${option}`) : error.message;
  }
  const isParseError = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE');
  if (error instanceof UsageError || isParseError) return error.message;
  throw error;
}

function room({ 'room-id': roomId, 'user-id': userId, role }: Values) {
  if (roomId !== undefined && userId !== undefined && role !== undefined) return { roomId, userId, role };
  throw new UsageError('app needs --room-id, --user-id and --role');
}

/** Returns the credentials that are set. A blank variable counts as not set. */
function credentials({ demo, env: file }: Values, { env }: Io): Known {
  const variables: Io['env'] = file === undefined ? env : { ...parseEnv(readTextFile(file, '--env')), ...env };
  if (demo === true) return testCredentials;
  const read = (field: Credential, name: string) => {
    const value = variables[name];
    return value === undefined || value.trim() === '' ? undefined : checkCredential(value, field, name);
  };
  return { accessKey: read('accessKey', 'HMS_ACCESS_KEY'), secret: read('secret', 'HMS_SECRET') };
}

function builder(values: Values, io: Io): TokenBuilder {
  const { accessKey, secret } = credentials(values, io);
  if (accessKey !== undefined && secret !== undefined) return createTokenBuilder({ accessKey, secret });
  const name = accessKey === undefined ? 'HMS_ACCESS_KEY' : 'HMS_SECRET';
  throw new UsageError(`${name} isn't set, or is blank; set it, or name a .env file with --env`);
}

async function inspect(values: Values, operands: string[], io: Io): Promise<number> {
  const known = credentials(values, io);
  const { token, isWrapped } = await readToken(operands, io);
  const now = currentTime();
  const inspection = inspectToken(token, known, now);
  if (isWrapped) inspection.hints.push('There was Bearer or JSON around the token. Clients need only the token.');
  print(io, values.json === true ? printableJson(inspection, 2) : formatInspection(inspection, now));
  if (inspection.valid === true) return 0;
  const { code, message } = inspection.error ?? { code: 'not checked', message: 'HMS_SECRET is missing' };
  io.stderr.write(`100ms-tokens: ${code}: ${message}\n`);
  return 1;
}

function print({ stdout }: Io, text: string): 0 {
  stdout.write(`${text}\n`);
  return 0;
}

/** The commands of the command line: arguments and environment in, text and an exit status out. */

import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { createTokenBuilder, type TokenBuilder } from './builder.js';
import { assertTokenError } from './errors.js';
import { inspectToken } from './inspect.js';
import { coloured, formatInspection, plain, printableJson } from './report.js';
import { testCredentials } from './testing.js';
import { durationSeconds } from './time.js';

/** What the commands need of the process; `process` is one. */
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
  inspect      tell what a token says and whether it is good; without TOKEN, of standard input

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

Exit status: 0, 1 for a token that inspect finds invalid, 2 for wrong usage or credentials.
`;

const OPTIONS = {
  'room-id': { type: 'string' },
  'user-id': { type: 'string' },
  role: { type: 'string' },
  'expires-in': { type: 'string' },
  json: { type: 'boolean' },
  demo: { type: 'boolean' },
} as const;

interface Values {
  'room-id'?: string;
  'user-id'?: string;
  role?: string;
  'expires-in'?: string;
  json?: boolean;
  demo?: boolean;
}

interface Command {
  takes: readonly (keyof Values)[];
  /** How many arguments it takes beside its options. */
  operands: 0 | 1;
  /** Writes its result, and returns the exit status. */
  run(values: Values, io: Io, operand: string | undefined): number | Promise<number>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['management', { takes: ['demo', 'expires-in'], operands: 0, run: management }],
  ['app', { takes: ['demo', 'expires-in', 'room-id', 'user-id', 'role'], operands: 0, run: app }],
  ['inspect', { takes: ['demo', 'json'], operands: 1, run: inspect }],
]);

/** The command line was used wrongly; the message says how. */
class UsageError extends Error {}

/** Runs a command line (without `node` and the script) and returns its exit status. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const words = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (words.includes('--help') || words.includes('-h')) return print(io, HELP);
  if (words.includes('--version') || words.includes('-v')) return print(io, `${version()}\n`);
  try {
    const { values, positionals } = parse(args);
    const [name, operand, ...surplus] = positionals;
    if (name === undefined) {
      io.stderr.write(HELP);
      return 2;
    }
    const command = COMMANDS.get(name);
    if (command === undefined) throw new UsageError(`the command is one of ${[...COMMANDS.keys()].join(', ')}`);
    const operands = operand === undefined ? 0 : 1 + surplus.length;
    if (operands > command.operands) throw new UsageError(`${name} has an argument too many`);
    for (const option of Object.keys(values)) {
      if (!command.takes.some((taken) => taken === option)) throw new UsageError(`${name} takes no --${option}`);
    }
    return await command.run(values, io, operand);
  } catch (error) {
    const usage = error instanceof UsageError;
    if (!usage) assertTokenError(error);
    io.stderr.write(`100ms-tokens: ${error.message}\n`);
    if (usage) io.stderr.write("Try '100ms-tokens --help'.\n");
    return 2;
  }
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [problem] = String(error).replace(/.*?: /, '').split('. To specify');
    throw new UsageError(
      args.some((arg) => /^--[\w-]*(secret|access)/i.test(arg))
        ? 'credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from the command line'
        : problem,
    );
  }
}

function management(values: Values, io: Io): number {
  return print(io, `${builder(values, io).generateManagementToken(lifetime(values))}\n`);
}

function app(values: Values, io: Io): number {
  const { 'room-id': roomId, 'user-id': userId, role } = values;
  if (roomId === undefined || userId === undefined || role === undefined) {
    throw new UsageError('app needs --room-id, --user-id and --role');
  }
  const token = builder(values, io).generateAppToken({ roomId, userId, role, ...lifetime(values) });
  return print(io, `${token}\n`);
}

async function inspect(values: Values, io: Io, operand: string | undefined): Promise<number> {
  const token = tokenIn(operand ?? (await readAll(io.stdin)));
  const now = Date.now() / 1000;
  const { accessKey, secret } = credentials(values, io);
  const inspection = inspectToken(token, { accessKey: unlessBlank(accessKey), secret: unlessBlank(secret) }, now);
  const paint = io.stdout.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb' ? coloured : plain;
  print(io, values.json === true ? `${printableJson(inspection, 2)}\n` : formatInspection(inspection, now, paint));
  if (inspection.error === null) return 0;
  io.stderr.write(`100ms-tokens: ${inspection.error.code}: ${inspection.error.message}\n`);
  return 1;
}

function tokenIn(input: string): string {
  const token = input.trim().replace(/^bearer(\s+|$)/i, '');
  if (token === '') throw new UsageError('there is no token; pass it as an argument or on standard input');
  return token;
}

function credentials({ demo }: Values, { env }: Io): { accessKey: string | undefined; secret: string | undefined } {
  return demo === true ? testCredentials : { accessKey: env.HMS_ACCESS_KEY, secret: env.HMS_SECRET };
}

function builder(values: Values, io: Io): TokenBuilder {
  return createTokenBuilder(credentials(values, io));
}

function lifetime({ 'expires-in': expiresIn }: Values): { expiresIn?: number } {
  return expiresIn === undefined ? {} : { expiresIn: durationSeconds(expiresIn, 'expiresIn') };
}

function unlessBlank(text: string | undefined): string | undefined {
  return text?.trim() === '' ? undefined : text;
}

async function readAll(stdin: Io['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  } catch {
    throw new UsageError('standard input cannot be read; pass the token as an argument');
  }
  return Buffer.concat(chunks).toString();
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}

function print(io: Io, text: string): 0 {
  io.stdout.write(text);
  return 0;
}

/** What was typed: the command, its operands and its options, or what is wrong with them. */

import { parseArgs } from 'node:util';

/** The command line was used wrongly; the message says how, in the words that were typed. */
export class UsageError extends Error {}

const OPTIONS = {
  'room-id': { type: 'string' },
  'user-id': { type: 'string' },
  role: { type: 'string' },
  'expires-in': { type: 'string' },
  json: { type: 'boolean' },
  demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export type Option = keyof typeof OPTIONS;

/** The options of each command, beside `--help` and `--version`. */
const COMMANDS = {
  management: ['expires-in', 'demo'],
  app: ['room-id', 'user-id', 'role', 'expires-in', 'demo'],
  inspect: ['json', 'demo'],
} as const satisfies Record<string, readonly Option[]>;

export type Command = keyof typeof COMMANDS;

export interface CommandLine {
  /** Nothing if there is none. */
  command: Command | 'help' | 'version' | undefined;
  /** What stands behind the command and is no option. */
  operands: string[];
  /** The options given; one that takes no value has an empty one. */
  values: Partial<Record<Option, string>>;
}

/** Reads a command line (without `node` and the script), or throws a {@link UsageError}. */
export function readArguments(args: readonly string[]): CommandLine {
  // Not strict: its messages could only be cut up to say more, and here an option's value is never taken for an option.
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals = tokens.filter((token) => token.kind === 'positional').map(({ value }) => value);
  const options = tokens
    .filter((token) => token.kind === 'option')
    .map((token) => ({ ...token, typed: token.rawName.startsWith('--') ? token.rawName : String(args[token.index]) }));

  for (const option of options) {
    if (!isKnown(option) || option.value !== undefined) continue;
    if (option.name === 'help' || option.name === 'version') return { command: option.name, operands: [], values: {} };
  }
  const values: CommandLine['values'] = {};
  for (const option of options) {
    if (!isKnown(option)) throw new UsageError(unknownOption(option.typed));
    const { name, value, inlineValue } = option;
    values[name] = readValue(name, value, inlineValue === true, Object.hasOwn(values, name));
  }

  const [command, ...operands] = positionals;
  if (command === undefined) return { command, operands, values };
  if (!isCommand(command)) throw new UsageError(unknownCommand(command));
  const takes: readonly string[] = COMMANDS[command];
  const surplus = Object.keys(values).find((name) => !takes.includes(name));
  if (surplus !== undefined) throw new UsageError(`${command} takes no --${surplus}`);
  return { command, operands, values };
}

/** Letters behind one dash are options each, and an option only where all of them are. */
function isKnown<Typed extends { name: string; typed: string }>(option: Typed): option is Typed & { name: Option } {
  return Object.hasOwn(OPTIONS, option.name) && /^(--.*|-[hv]+)$/s.test(option.typed);
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}

function readValue(name: Option, value: string | undefined, isInline: boolean, isRepeated: boolean): string {
  if (isRepeated) throw new UsageError(`--${name} is given twice; give it once`);
  if (OPTIONS[name].type === 'boolean') {
    if (value !== undefined) throw new UsageError(`--${name} takes no value`);
    return '';
  }
  if (value === undefined) throw new UsageError(`--${name} needs a value`);
  if (value.startsWith('-') && !isInline) {
    throw new UsageError(`--${name} needs a value; a value that starts with a dash is written --${name}=-v`);
  }
  return value;
}

/** Quotes what looks like the name of an option, and nothing that may be a secret or a control sequence. */
function unknownOption(typed: string): string {
  if (/secret|access|key/i.test(typed)) {
    return 'credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from the command line';
  }
  const name = /^--?[a-z][a-z_-]{0,20}$/i.test(typed) ? ` ${typed}` : '';
  const meant = closest(typed, Object.keys(OPTIONS));
  return `unknown option${name}${meant === undefined ? '' : `; did you mean --${meant}?`}`;
}

function unknownCommand(typed: string): string {
  const commands = Object.keys(COMMANDS);
  const meant = closest(typed, commands);
  return `unknown command; ${meant === undefined ? `the commands are ${listed(commands)}` : `did you mean ${meant}?`}`;
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

/** The name that was meant: one that begins alike, or differs in one place by two letters at most. */
function closest(typed: string, names: readonly string[]): string | undefined {
  const letters = (name: string) => name.toLowerCase().replace(/[-_]/g, '');
  return names.find((name) => isNear(letters(typed), letters(name)));
}

function isNear(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let before = 0;
  while (before < shorter && one[before] === other[before]) before++;
  let behind = 0;
  while (behind < shorter - before && one.at(-1 - behind) === other.at(-1 - behind)) behind++;
  return before > 3 || Math.max(one.length, other.length) - before - behind <= 2;
}

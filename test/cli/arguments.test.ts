import { describe, expect, it } from 'vitest';

import { readArguments, UsageError } from '../../src/cli/arguments.js';

describe('readArguments', () => {
  it.each<[string[], object]>([
    [[], { command: undefined }],
    [['--demo'], { command: undefined, values: { demo: '' } }],
    [['management', '--expires-in', '1h'], { command: 'management', values: { 'expires-in': '1h' } }],
    [['--demo', 'inspect', '--json', 'x'], { command: 'inspect', operands: ['x'], values: { demo: '', json: '' } }],
    [['app', '--user-id=-v', '--role=--help'], { command: 'app', values: { 'user-id': '-v', role: '--help' } }],
    [['app', '--user-id', 'app', '--role='], { command: 'app', values: { 'user-id': 'app', role: '' } }],
    [['inspect', '--', '--help', '-v'], { command: 'inspect', operands: ['--help', '-v'] }],
    [['inspect', '-'], { command: 'inspect', operands: ['-'] }],

    ...[['--help'], ['-h'], ['-hv'], ['app', '--help'], ['nonsense', '--bogus', '--role', '-v', '--help']].map(
      (args): [string[], object] => [args, { command: 'help' }],
    ),
    ...[['--version'], ['-v'], ['-vh'], ['app', '--version'], ['--json=x', '--role', '--help', '-v']].map(
      (args): [string[], object] => [args, { command: 'version' }],
    ),
  ])('reads %j', (args, expected) => {
    expect(readArguments(args)).toEqual({ operands: [], values: {}, ...expected });
  });

  const dash = (name: string) => `${name} needs a value; a value that starts with a dash is written ${name}=-v`;
  const credentials = 'credentials come from HMS_ACCESS_KEY and HMS_SECRET, never from the command line';

  it.each([
    // The value of an option is never an option
    [['app', '--user-id', '-v'], dash('--user-id')],
    [['app', '--user-id', '--help'], dash('--user-id')],
    [['app', '--role', '--version'], dash('--role')],
    [['app', '--room-id', '--user-id', 'u'], dash('--room-id')],
    [['app', '--role', '--', 'x'], dash('--role')],
    [['app', '--role', '-'], dash('--role')],
    [['app', '--role'], '--role needs a value'],
    [['inspect', '--json=x'], '--json takes no value'],
    [['--help='], '--help takes no value'],
    [['app', '--role', 'a', '--role=b'], '--role is given twice; give it once'],
    [['inspect', '--json', '--json'], '--json is given twice; give it once'],

    // Unknown options: what was meant, and nothing quoted that may be a secret
    [['management', '--bogus'], 'unknown option --bogus'],
    [['management', '--bogus=x'], 'unknown option --bogus'],
    [['app', '--roomId', 'x'], 'unknown option --roomId; did you mean --room-id?'],
    [['app', '--USER_ID=x'], 'unknown option --USER_ID; did you mean --user-id?'],
    [['app', '--user', 'x'], 'unknown option --user; did you mean --user-id?'],
    [['app', '--rol', 'x'], 'unknown option --rol; did you mean --role?'],
    [['management', '--exipres-in', '1h'], 'unknown option --exipres-in; did you mean --expires-in?'],
    [['management', '--expiry', '1h'], 'unknown option --expiry; did you mean --expires-in?'],
    [['inspect', '-json'], 'unknown option -json; did you mean --json?'],
    [['-version'], 'unknown option -version; did you mean --version?'],
    [['-rhost'], 'unknown option -rhost'],
    [['-h-v'], 'unknown option -h-v'],
    [['-x'], 'unknown option -x'],
    [['--toString'], 'unknown option --toString'],
    [['--__proto__'], 'unknown option'],
    [['--\x1b[31m'], 'unknown option'],
    [['-é😀'], 'unknown option'],
    [['--c2VjcmV0LW9m-LXRoZShcHA='], 'unknown option'],
    [['--abcdefghijklmnopqrstuvw'], 'unknown option'],
    [['management', '--secret', 'x'], credentials],
    [['management', '--app-secret=x'], credentials],
    [['management', '--access_key', 'x'], credentials],
    [['management', '-key=x'], credentials],
    [['management', '--bogus', 'x--secret'], 'unknown option --bogus'],

    // Commands
    [['mint'], 'unknown command; the commands are management, app and inspect'],
    [['mangement'], 'unknown command; did you mean management?'],
    [['INSPECT'], 'unknown command; did you mean inspect?'],
    [['appapp'], 'unknown command; the commands are management, app and inspect'],
    [['toString'], 'unknown command; the commands are management, app and inspect'],
    [['management', '--role', 'host'], 'management takes no --role'],
    [['management', '--json'], 'management takes no --json'],
    [['inspect', '--expires-in=1h'], 'inspect takes no --expires-in'],
  ])('refuses %j: %s', (args, message) => {
    expect(() => readArguments(args)).toThrow(new UsageError(message));
  });
});

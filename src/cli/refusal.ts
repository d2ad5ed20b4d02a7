/** What the library refuses, said in the words of the command line. */

import { TokenError } from '../errors.js';
import { type CommandLine, UsageError } from './arguments.js';

const DASHBOARD = 'from the Developer section of the 100ms dashboard';

/** Runs `act`, and says what the library refuses in the words that were typed. */
export function inWordsTyped<Result>(
  values: CommandLine['values'],
  env: Record<string, string | undefined>,
  act: () => Result,
): Result {
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

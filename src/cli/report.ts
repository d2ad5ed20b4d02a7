/** The report of `100ms-tokens inspect` as text for a person. */

import type { JsonObject } from '../jwt.js';
import type { Inspection } from './inspect.js';
import { displayWidth, padded, shortened } from './width.js';

// ECMA-48 "select graphic rendition".
const SGR = { bold: '1', bad: '31', good: '32', unsure: '33' } as const;

type Tone = keyof typeof SGR;

/** Gives a text the look of a tone, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

export const plain: Paint = (_tone, text) => text;
export const coloured: Paint = (tone, text) => `\x1b[${SGR[tone]}m${text}\x1b[0m`;

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['alg', 'algorithm of the signature'],
  ['typ', 'type of token'],
  ['access_key', 'the 100ms app it belongs to'],
  ['room_id', 'the room to join'],
  ['user_id', 'your own id of the user'],
  ['role', 'role in the room'],
  ['type', 'which of the two 100ms tokens'],
  ['version', 'version of the format'],
  ['iat', 'issued'],
  ['nbf', 'valid from'],
  ['exp', 'expires'],
  ['jti', 'id of this token'],
]);

type VerdictLine = [tone: Tone, name: string, text: string];

// The faults that no line of their own tells.
const FAULTS: ReadonlyMap<string | undefined, string> = new Map([
  ['ERR_TOKEN_MALFORMED', 'form'],
  ['ERR_TOKEN_ALGORITHM', 'algorithm'],
  ['ERR_TOKEN_CLAIMS', 'claims'],
]);

const UNITS = [
  ['year', 31_556_952], // the mean of 400 years
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** In columns of a terminal. */
const LONGEST_VALUE = 120;

/** Writes the report on a token as of `now`, in seconds since 1970. `secretName` tells what it was checked against. */
export function formatInspection(inspection: Inspection, secretName: string, now: number, paint: Paint): string {
  const { header, claims, hints } = inspection;
  const sections: [title: string, lines: string[]][] = [
    ['Header', header === null ? [] : table(header, () => '')],
    ['Claims', claims === null ? [] : table(claims, (name, value) => timeText(inspection, name, value, now))],
    [
      'Verdict',
      verdict(inspection, secretName, now).map(([tone, name, text]) => `${name.padEnd(9)}  ${paint(tone, text)}`),
    ],
    ['Hints', hints.map((hint) => `- ${hint}`)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${paint('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
}

/** JSON in which nothing moves the cursor, changes colours or turns the text of a terminal around. */
export function printableJson(value: unknown, indent?: number): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(/[\x7f-\x9f\p{Cf}\u2028\u2029]/gu, (text) =>
    [...Array(text.length).keys()].map((index) => escape(text.charAt(index))).join(''),
  );
}

/** "in 23 h 59 min", "2 days ago", "just now": the two largest units that are not nought. */
export function timeFromNow(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds));
  if (rest === 0) return seconds > 0 ? 'in less than 1 s' : 'just now';
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${String(count)} ${unit}${count > 1 && size >= 86_400 ? 's' : ''}`);
    rest %= size;
  }
  const text = parts.slice(0, 2).join(' ');
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

function table(part: JsonObject, more: (name: string, value: unknown) => string): string[] {
  const rows = Object.entries(part).map(([name, value]) => {
    const meaning = `${MEANINGS.get(name) ?? ''} ${more(name, value)}`;
    return [shorten(printableJson(name).slice(1, -1)), shorten(printableJson(value)), meaning] as const;
  });
  const widest = (column: 0 | 1) => rows.reduce((width, row) => Math.max(width, displayWidth(row[column])), 0);
  const widths = [widest(0), widest(1)] as const;
  return rows.map(([name, value, meaning]) =>
    `${padded(name, widths[0])}  ${padded(value, widths[1])}  ${meaning}`.trimEnd(),
  );
}

function shorten(text: string): string {
  const short = shortened(text, LONGEST_VALUE);
  return short === text ? text : `${short}… (${String(Array.from(text).length)} characters)`;
}

function timeText({ times }: Inspection, name: string, value: unknown, now: number): string {
  if (typeof value !== 'number' || (name !== 'iat' && name !== 'nbf' && name !== 'exp')) return '';
  const date = times[name]?.replace('T', ' ').replace(/(\.000)?Z/, ' UTC');
  // A "+" is before years of five digits and more: no time that anybody meant.
  return date === undefined || date.startsWith('+') ? '' : `${date} (${timeFromNow(value - now)})`;
}

function verdict({ error, signature, status, claims }: Inspection, secretName: string, now: number): VerdictLine[] {
  const lines: VerdictLine[] = [];
  const fault = FAULTS.get(error?.code);
  if (error !== null && fault !== undefined) lines.push(['bad', fault, error.message]);
  if (claims === null) return lines;
  if (signature === 'valid') lines.push(['good', 'signature', 'valid']);
  if (signature === 'invalid') lines.push(['bad', 'signature', `not made with ${secretName}`]);
  if (signature === 'unchecked') lines.push(['unsure', 'signature', 'not checked; set HMS_SECRET to check it']);
  const until = (...times: unknown[]) =>
    timeFromNow(Math.max(...times.filter((time) => typeof time === 'number' && time < Infinity).map(Number)) - now);
  if (status === 'active') lines.push(['good', 'time', `active, expires ${until(claims.exp)}`]);
  if (status === 'expired') lines.push(['bad', 'time', `expired ${until(claims.exp)}`]);
  if (status === 'not yet active')
    lines.push(['bad', 'time', `not yet active, starts ${until(claims.iat, claims.nbf)}`]);
  return lines;
}

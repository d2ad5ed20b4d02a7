/** The report of `100ms-tokens inspect` as text for a person. */

import type { Inspection } from './inspect.js';
import type { JsonObject } from './jwt.js';

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
  ['access_key', 'the 100ms app that it is of'],
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

const SIGNATURES: Readonly<Record<Inspection['signature'], VerdictLine>> = {
  valid: ['good', 'signature', 'holds'],
  invalid: ['bad', 'signature', 'does not hold'],
  unchecked: ['unsure', 'signature', 'not checked; set HMS_SECRET to check it'],
};

// The faults that no line of their own tells.
const FAULTS: ReadonlyMap<string | undefined, string> = new Map([
  ['ERR_TOKEN_MALFORMED', 'form'],
  ['ERR_TOKEN_ALGORITHM', 'algorithm'],
  ['ERR_TOKEN_CLAIMS', 'claims'],
]);

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

const LONGEST_VALUE = 120;

/** Writes the report on a token as of `now`, in seconds since 1970. */
export function formatInspection(inspection: Inspection, now: number, paint: Paint): string {
  const { header, claims, hints } = inspection;
  const sections: [title: string, lines: string[]][] = [
    ['Header', header === null ? [] : table(header, () => '')],
    ['Claims', claims === null ? [] : table(claims, (name, value) => timeText(inspection, name, value, now))],
    ['Verdict', verdict(inspection, now).map(([tone, name, text]) => `${name.padEnd(9)}  ${paint(tone, text)}`)],
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

/** "23 h 59 min", "1 min 30 s": the two largest units that are not nought. */
export function durationText(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    if (rest >= size) parts.push(`${String(Math.floor(rest / size))} ${unit}`);
    rest %= size;
  }
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ');
}

function table(part: JsonObject, more: (name: string, value: unknown) => string): string[] {
  const rows = Object.entries(part).map(([name, value]) => {
    const meaning = `${MEANINGS.get(name) ?? ''} ${more(name, value)}`;
    return [shorten(printableJson(name).slice(1, -1)), shorten(printableJson(value)), meaning] as const;
  });
  const width = (column: 0 | 1) => rows.reduce((widest, row) => Math.max(widest, row[column].length), 0);
  const widths = [width(0), width(1)] as const;
  return rows.map(([name, value, meaning]) =>
    `${name.padEnd(widths[0])}  ${value.padEnd(widths[1])}  ${meaning}`.trimEnd(),
  );
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}… (${String(text.length)} characters)`;
}

function timeText({ times }: Inspection, name: string, value: unknown, now: number): string {
  if (typeof value !== 'number' || (name !== 'iat' && name !== 'nbf' && name !== 'exp')) return '';
  const date = times[name]?.replace('T', ' ').replace('.000Z', ' UTC');
  const left = value - now;
  return date === undefined ? '' : `${date} (${left > 0 ? `in ${durationText(left)}` : `${durationText(left)} ago`})`;
}

function verdict({ error, signature, status, secondsLeft, claims }: Inspection, now: number): VerdictLine[] {
  const lines: VerdictLine[] = [];
  const fault = FAULTS.get(error?.code);
  if (error !== null && fault !== undefined) lines.push(['bad', fault, error.message]);
  if (claims === null) return lines;
  lines.push(SIGNATURES[signature]);
  if (secondsLeft === null) return lines;
  const { iat, nbf } = claims;
  const start = Math.max(...[iat, nbf].map((time) => (typeof time === 'number' && time < Infinity ? time : 0)));
  if (status === 'active') lines.push(['good', 'time', `active, expires in ${durationText(secondsLeft)}`]);
  if (status === 'expired') lines.push(['bad', 'time', `expired ${durationText(secondsLeft)} ago`]);
  if (status === 'not yet active')
    lines.push(['bad', 'time', `not active yet, starts in ${durationText(start - now)}`]);
  return lines;
}

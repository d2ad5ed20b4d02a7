/** Formats an inspection for a terminal. Nothing that comes from a token can move the cursor or imitate a row. */

import type { JsonObject } from '../jwt.js';
import { INVISIBLE, numberOr } from './hints.js';
import { type Inspection, isoDate } from './inspect.js';

// prettier-ignore
const MEANINGS = new Map(Object.entries({
  alg: 'signature algorithm', typ: 'token type', access_key: 'the 100ms app', room_id: 'the room to join',
  user_id: 'your own ID for the user', role: 'role in the room', type: 'kind of 100ms token', version: 'token format',
  iat: 'issued', nbf: 'valid from', exp: 'expires', jti: 'ID of this token',
}));
const UNITS = Object.entries({ year: 31_556_952, day: 86_400, h: 3600, min: 60, s: 1 }); // the mean year, in seconds

/** Formats an inspection at `now`, a Unix timestamp in seconds. */
export function formatInspection(inspection: Inspection, now: number): string {
  const sections: [title: string, lines: string[]][] = [
    ['Header', rows(inspection.header ?? {}, now)],
    ['Claims', rows(inspection.claims ?? {}, now)],
    ['Verdict', verdict(inspection, now)],
    ['Hints', inspection.hints.map((hint) => `- ${hint}`)],
  ];
  const filled = sections.filter(([, lines]) => lines.length > 0);
  return filled.map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`).join('\n');
}

/** Returns JSON in which every invisible character is escaped. */
export function printableJson(value: unknown, indent?: number): string {
  return escaped(JSON.stringify(value, null, indent), NOT_PRINTABLE);
}

const NOT_PRINTABLE = new RegExp(`(?!\n)(?:${INVISIBLE.source})`, 'gu');

function escaped(json: string, pattern: RegExp): string {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return json.replace(pattern, (character) => character.split('').map(escape).join(''));
}

/** Returns the two largest units, such as "in 23 h 59 min", or an empty string for more than 10 years. */
export function timeFromNow(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds));
  if (!(rest < 315_569_520)) return '';
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count === 0 ? [] : `${String(count)} ${unit}${count > 1 && size >= 86_400 ? 's' : ''}`;
  });
  const text = parts.slice(0, 2).join(' ') || 'less than 1 s';
  return seconds > 0 ? `in ${text}` : `${text} ago`;
}

/** Formats each name, meaning and value. The value is last, so that nothing has to be aligned after it. */
function rows(part: JsonObject, now: number): string[] {
  const table = Object.entries(part).map(([name, value]): [name: string, meaning: string, value: string] => [
    /^[\w.-]+$/.test(name) ? shortened(name, 40) : shortened(escaped(JSON.stringify(name), /[^ -~]/g), 40),
    MEANINGS.get(name) ?? '',
    shortened(printableJson(value), 120) + (/^(?:iat|nbf|exp)$/.test(name) ? timeText(value, now) : ''),
  ]);
  const widest = (column: 0 | 1) => Math.max(...table.map((row) => row[column].length));
  return table.map(([name, meaning, value]) => `${name.padEnd(widest(0))}  ${meaning.padEnd(widest(1))}  ${value}`);
}

function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters.slice(0, length).join('')}… (${String(characters.length)} characters)`;
}

/** Returns ", 2026-01-01 00:00:00 UTC (1 min ago)", or an empty string if it isn't a time. */
function timeText(time: unknown, now: number): string {
  const [date, age] = [dateText(time), timeFromNow(numberOr(time, NaN) - now)];
  return `${date && `, ${date}`}${age && ` (${age})`}`;
}

const dateText = (time: unknown) => (isoDate(time) ?? '').replace('T', ' ').replace(/(\.000)?Z/, ' UTC');
const SIGNATURES = { valid: 'valid', invalid: 'not valid for this secret', unchecked: 'not checked; set HMS_SECRET' };
const STATUSES = { active: 'active, expires', expired: 'expired', 'not yet active': 'not active yet, starts' };

function verdict({ error, signature, status, claims }: Inspection, now: number): string[] {
  const when = (time: number) => timeFromNow(time - now) || dateText(time) || 'on an invalid date';
  const start = Math.max(numberOr(claims?.iat, 0), numberOr(claims?.nbf, 0));
  const lines = error === null ? [] : [`invalid    ${error.message.replace(/;.*/, '')}`];
  if (claims !== null) lines.push(`signature  ${SIGNATURES[signature]}`);
  const change = status === 'not yet active' ? start : numberOr(claims?.exp, NaN);
  if (status !== null) lines.push(`time       ${STATUSES[status]} ${when(change)}`);
  return lines;
}

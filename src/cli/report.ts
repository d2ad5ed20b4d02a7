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
const UNITS = { year: 31_556_952, day: 86_400, hour: 3600, minute: 60, second: 1 }; // the mean year, in seconds
const NOT_PRINTABLE = new RegExp(`(?!\n)(?:${INVISIBLE.source})`, 'gu');
const DURATION = new Intl.RelativeTimeFormat('en');

/** Formats an inspection at `now`, a Unix timestamp in seconds. */
export function formatInspection(inspection: Inspection, now: number): string {
  const { header, claims, hints } = inspection;
  const sections: [title: string, lines: string[]][] = [
    ['Header', rows(header ?? {}, now)],
    ['Claims', rows(claims ?? {}, now)],
    ['Verdict', verdict(inspection, now)],
    ['Hints', hints.map((hint) => `- ${hint}`)],
  ];
  const filled = sections.filter(([, lines]) => lines.length > 0);
  return filled.map(([title, lines]) => [title, ...lines].join('\n  ')).join('\n\n');
}

/** Returns JSON in which every character that matches is escaped. */
export function printableJson(value: unknown, indent?: number, pattern = NOT_PRINTABLE): string {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(pattern, (character) => character.split('').map(escape).join(''));
}

/** Returns a text such as "in 1.5 hours", rounded toward 0, or an empty string for more than 10 years. */
export function timeFromNow(seconds: number): string {
  const units = Object.entries(UNITS) as [keyof typeof UNITS, number][];
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return Math.abs(seconds) < 315_569_520 ? DURATION.format(Math.trunc((10 * seconds) / size) / 10, unit) : '';
}

/** Formats each name, meaning and value. The value is last, so that nothing has to be aligned after it. */
function rows(part: JsonObject, now: number): string[] {
  const table = Object.entries(part).map(([name, value]): [name: string, meaning: string, value: string] => [
    shortened(/^[\w.-]+$/.test(name) ? name : printableJson(name, undefined, /[^ -~]/g), 40),
    MEANINGS.get(name) ?? '',
    shortened(printableJson(value), 120) + (['iat', 'nbf', 'exp'].includes(name) ? timeText(value, now) : ''),
  ]);
  const widest = (column: 0 | 1) => Math.max(...table.map((row) => row[column].length));
  return table.map(([name, meaning, value]) => `${name.padEnd(widest(0))}  ${meaning.padEnd(widest(1))}  ${value}`);
}

function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters.slice(0, length).join('')}… (${String(characters.length)} characters)`;
}

/** Returns ", 2026-01-01 00:00:00 UTC (1 minute ago)", or an empty string if it isn't a time. */
function timeText(time: unknown, now: number): string {
  const [date, age] = [dateText(time), timeFromNow(numberOr(time, NaN) - now)];
  return `${date && `, ${date}`}${age && ` (${age})`}`;
}

const dateText = (time: unknown) => (isoDate(time) ?? '').replace('T', ' ').replace(/(\.000)?Z/, ' UTC');
const SIGNATURES = { valid: 'valid', invalid: 'not valid for this secret', unchecked: 'not checked; set HMS_SECRET' };
const STATUSES = { active: 'active, expires', expired: 'expired', 'not yet active': 'not active yet, starts' };

function verdict({ error, signature, status, claims }: Inspection, now: number): string[] {
  const { iat, nbf, exp } = claims ?? {};
  const lines = error === null ? [] : [`invalid    ${error.message}`];
  if (claims !== null) lines.push(`signature  ${SIGNATURES[signature]}`);
  if (status === null) return lines;
  const start = Math.max(numberOr(iat, 0), numberOr(nbf, 0));
  const change = status === 'not yet active' ? start : numberOr(exp, NaN);
  return [
    ...lines,
    `time       ${STATUSES[status]} ${timeFromNow(change - now) || dateText(change) || 'on an invalid date'}`,
  ];
}

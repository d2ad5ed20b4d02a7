/** Reads what a user passes in, a token or a .env file, and unwraps the token. */

import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';

import { ownMember } from '../input.js';
import { parseObject } from '../jwt.js';
import { attempt } from './attempt.js';

/** The command line was used incorrectly. The message explains the correct usage and never quotes a value. */
export class UsageError extends Error {}

export type Input = AsyncIterable<Buffer | string>;

const MAX_INPUT = 1024 * 1024; // in bytes; a token has at most 65,536 characters

/** Reads the token from the operands, or from standard input if there are none or the operand is `-`. */
export async function readToken(operands: string[], io: { stdin: Input }) {
  const argument = operands.length === 0 ? '-' : operands.join(' '); // such as: Bearer TOKEN
  const text = argument === '-' ? decode(await readAll(io)) : argument;
  const token = unwrap(text);
  if (token === '') throw new UsageError('the token is missing; pass it as an argument or on standard input');
  if (operands.length > 1 && token.includes(' '))
    throw new UsageError('inspect expects one token; put it in quotes if it contains spaces');
  return { token, isWrapped: token !== text.trim() };
}

/** Removes anything that can't be part of the token: `Bearer`, whitespace around it, and the JSON of a token endpoint. */
function unwrap(text: string): string {
  const token = text.trim().replace(/^(?:authorization:\s*)?bearer(?:\s+|$)/i, '');
  const object = attempt(() => parseObject(token));
  const member = ownMember(object, 'token'); // an error has none
  return typeof member === 'string' ? unwrap(member) : token;
}

/** Throws once the input is too long for a token. */
async function readAll({ stdin }: { stdin: Input }): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of stdin) {
    bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
    if (bytes.length > MAX_INPUT) throw new UsageError("standard input is longer than 1 MiB, so it isn't a token");
  }
  return bytes;
}

export function readTextFile(file: string, option: string): string {
  try {
    return decode(readFileSync(file));
  } catch {
    throw new UsageError(`${option} names a file that can't be read`);
  }
}

/** Decodes UTF-8 or, as Windows PowerShell writes it, UTF-16. Removes a byte order mark. */
function decode(bytes: Buffer): string {
  const isLittleEndian = bytes[0] === 0xff || bytes[1] === 0; // a byte order mark, or ASCII without one
  const isBigEndian = bytes[0] === 0xfe || bytes[0] === 0;
  return new TextDecoder(isLittleEndian ? 'utf-16le' : isBigEndian ? 'utf-16be' : 'utf-8').decode(bytes);
}

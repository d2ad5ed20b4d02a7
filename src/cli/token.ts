/** The token to inspect, from wherever it comes. */

import { Buffer } from 'node:buffer';

import { UsageError } from './arguments.js';

type Input = AsyncIterable<Buffer | string>;

/** In bytes. Servers take headers of 8 to 16 KiB, so no token is nearly as long, and any amount of it is soon read. */
const LONGEST_INPUT = 1024 * 1024;

/** Reads the token of the operands or, without any, of standard input. `Bearer` and white space around it are taken off. */
export async function readToken(operands: string[], io: { stdin: Input }): Promise<string> {
  const words = operands.length > 1 && /^bearer$/i.test(String(operands[0])) ? operands.slice(1) : operands;
  if (words.length > 1) throw new UsageError('inspect takes one token; put it in quotes if it has white space in it');
  const text = words.length === 0 ? await readAll(io) : await joined(words);
  const token = text.trim().replace(/^bearer(\s+|$)/i, '');
  if (token === '') throw new UsageError('there is no token; pass it as an argument or on standard input');
  return token;
}

async function readAll(io: { stdin: Input }): Promise<string> {
  try {
    return await joined(io.stdin);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('standard input cannot be read; pass the token as an argument');
  }
}

/** Stops reading as soon as it is too much. */
async function joined(input: Input | string[]): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_INPUT) throw new UsageError('the input is over 1 MiB; no token is that long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

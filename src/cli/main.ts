#!/usr/bin/env node
/** The executable: hands in the process and the version, and ends where the output cannot be written. */

import process from 'node:process';

import { run } from './commands.js';

/** Written in by the build, so that nobody has to find package.json. */
declare const VERSION: string;

const EX_IOERR = 74; // of sysexits.h

/** Nobody reading on (`| head`) is no fault; a full disk is one, and no bug that would need a stack trace. */
function giveUp({ code }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit();
  try {
    process.stderr.write(`100ms-tokens: the output cannot be written (${String(code)})\n`);
  } catch {
    // Nor can this.
  }
  process.exit(EX_IOERR);
}

/** `write` of a file throws or tells later, by an event; which of them is up to the version of Node.js. */
function output(stream: NodeJS.WriteStream) {
  stream.on('error', giveUp);
  return {
    isTTY: stream.isTTY,
    write(text: string): void {
      try {
        stream.write(text);
      } catch (error) {
        giveUp(error as NodeJS.ErrnoException);
      }
    },
  };
}

const io = {
  env: process.env,
  // Opened by those alone who read it.
  get stdin() {
    return process.stdin;
  },
  stdout: output(process.stdout),
  stderr: output(process.stderr),
};
process.exitCode = await run(process.argv.slice(2), io, VERSION);

#!/usr/bin/env node
/** Runs the command line: connects it to the process, and handles output that can't be written. */

import process from 'node:process';

import { run } from './commands.js';

/** Replaced by the build, so that nothing has to find package.json. */
declare const VERSION: string;

/** Ends the process. A closed pipe (`| head`) isn't an error. A full disk is, but it doesn't need a stack trace. */
function giveUp(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit();
  try {
    process.stderr.write(`100ms-tokens: ${String(error)}\n`);
  } catch {
    // Standard error can't be written either.
  }
  process.exit(2);
}

/** Writing to a file throws or emits an event, depending on the version of Node.js. */
function output(stream: NodeJS.WriteStream) {
  stream.on('error', giveUp);
  return { isTTY: stream.isTTY, write: (text: string) => stream.write(text) };
}

const io = {
  env: process.env,
  // A getter, because reading the property opens standard input.
  get stdin() {
    return process.stdin;
  },
  stdout: output(process.stdout),
  stderr: output(process.stderr),
};
process.exitCode = await run(process.argv.slice(2), io, VERSION).catch(giveUp);

#!/usr/bin/env node
/** Runs the command line: connects it to the process, and handles output that can't be written. */

import process from 'node:process';

import { run } from './commands.js';

/** Replaced at build time, so the command doesn't have to find package.json. */
declare const VERSION: string;

/** Ends the process without a stack trace. A closed pipe (`| head`) isn't an error; a full disk is. */
function giveUp(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit();
  try {
    process.stderr.write(`100ms-tokens: ${String(error)}\n`);
  } catch {
    // Standard error can't be written either.
  }
  process.exit(2);
}

// A failed file write throws or emits an event, depending on the Node.js version.
process.stdout.on('error', giveUp);
process.stderr.on('error', giveUp);
process.exitCode = await run(process.argv.slice(2), process, VERSION).catch(giveUp);

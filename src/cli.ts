#!/usr/bin/env node
/** The executable: gives the commands the process, and ends quietly when nobody reads on. */

import process from 'node:process';

import { run } from './commands.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await run(process.argv.slice(2), process);

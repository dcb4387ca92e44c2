#!/usr/bin/env node
/**
 * The program. Guarantees that a reader that goes away (`podtwin models | head`) ends it quietly, that output which cannot
 * be written is not taken for success, and that the exit status is the command's.
 */
import { EXIT } from '../base/errors.js';
import { main } from './main.js';
import { Output } from './output.js';
import { tellError } from './tell-error.js';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.on('exit', () => (process.exitCode = EXIT.runFailed));
    if (stream === process.stdout)
      process.stderr.write(`error[cannot-write]: standard output cannot be written: ${error.message}\n`);
  });

const output = new Output(process.stdout, process.stderr, process.env);
// Node's own exit status for these would read as a failed check.
process.on('uncaughtException', (error) => process.exit(tellError(error, output)));

process.exitCode = await main(process.argv.slice(2), output);

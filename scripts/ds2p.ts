#!/usr/bin/env node
/** The command line: data on stdout, everything else on stderr, exit codes of exit.ts. */

import { settleColourVariables } from './colour-variables.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, as in "ds2p list | head", is no error.
  if (error.code === 'EPIPE') process.exit(0);
  const reason = error.code === 'ENOSPC' ? 'the disk is full (ENOSPC)' : error.message;
  console.error(`ds2p: stdout cannot be written: ${reason}.`);
  process.exit(1);
});

// What is said to a terminal that is gone is lost, and nothing else.
process.stderr.on('error', () => {});

const [first, ...rest] = process.argv.slice(2);
if (first === '--complete') {
  // Somebody is typing: the program is not loaded for that.
  const { completionText } = await import('./completion/candidates.js');
  const { cachedTable } = await import('./completion/cached-table.js');
  const table = await cachedTable();
  // Without any word, as the build calls it, only the table is made.
  if (rest.length > 0) process.stdout.write(completionText(table, rest));
} else {
  settleColourVariables();
  const { main } = await import('./main.js');
  // Not awaited: of a file of the user's that is never loaded, Node would say that this file is not.
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}

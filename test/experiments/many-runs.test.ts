import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runColumns } from '../../results/columns.js';

const RUNS = 100_000;
/** Megabytes of heap: less than the journal, and far less than its rows would take as objects. */
const HEAP_MB = 40;

t.test(`a journal of ${RUNS} runs is continued within ${HEAP_MB} MB of heap`, async (t) => {
  t.setTimeout(240_000);
  const folder = join(t.testdir(), 'many');
  const program = fileURLToPath(new URL('./many-runs.js', import.meta.url));
  const answer = execFileSync(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, program, folder, String(RUNS)],
    { encoding: 'utf8', maxBuffer: 1 << 20 },
  );
  const { missing, rows, journalBytes } = JSON.parse(answer);
  t.strictSame(missing, [RUNS - 1]);
  t.equal(rows, RUNS - 1);
  t.ok(journalBytes > HEAP_MB * 1e6, `${journalBytes} bytes of journal`);
  // Rows stand in the order of runs, whatever that of the journal.
  const names = runColumns().map(({ name }) => name);
  const place = (name: string) => names.indexOf(name) - names.length;
  let line = -1;
  let ordered = true;
  for await (const text of createInterface({ input: createReadStream(join(folder, 'runs.csv')) })) {
    // Cells behind the parameters are numbers without commas.
    if (line >= 0) ordered &&= text.split(',').at(place('seed')) === String(1 + (line % 10));
    line++;
  }
  t.ok(ordered);
});

/** A program for a test: a sweep of many finished runs is opened, and its final files are written. */
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { planRuns } from '../../experiments/harness/expand.js';
import { currentHeader, headerLineOf, resultLine } from '../../experiments/harness/journal-format.js';
import { ResultsFolder } from '../../experiments/harness/results-folder.js';
import { RunKeys } from '../../experiments/harness/run-keys.js';
import { METRICS, TIMING } from '../../scripts/benchmark/null-worker.js';

const [folder, count] = process.argv.slice(2);
const REPLICATIONS = 10;
const configurations = Number(count) / REPLICATIONS;
const { runs } = planRuns(
  {
    name: 'many',
    title: 'Many',
    question: 'Do they fit?',
    section: '-',
    presets: ['as-published'],
    axes: { 'slo.tMax': Array.from({ length: configurations }, (_, i) => 0.01 + i * 1e-5) },
    replications: REPLICATIONS,
    duration: 10,
  },
  { seed: 1 },
);
mkdirSync(folder, { recursive: true });
const journal = join(folder, 'journal.jsonl');
const file = openSync(journal, 'w');
writeSync(file, headerLineOf(currentHeader()));
const keys = new RunKeys(runs, {});
// The last run is missing, and the others stand in a disorder that runs of a sweep never come to.
for (let i = 0; i < runs.length; i++) {
  const index = (i * 7919) % runs.length;
  if (index !== runs.length - 1)
    writeSync(file, resultLine({ key: keys.keyOf(index), metrics: { ...METRICS }, timing: TIMING }));
}
closeSync(file);
const opened = ResultsFolder.open(folder, runs, { keys: {}, started: new Date() });
const missing = [...opened.missing()].map(({ index }) => index);
const { rows } = opened.writeResults({});
opened.close();
console.log(JSON.stringify({ missing, rows, journalBytes: statSync(journal).size }));

/**
 * `npm run bench:harness`: the seconds a run that the harness itself costs (key, dispatch, journal, final files),
 * and how long it takes to go on from many finished runs. The least of several repetitions is told, since others may
 * use the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../../experiments/experiment.js';
import { runCampaign } from '../../experiments/harness/campaign.js';
import { planRuns, type RunList } from '../../experiments/harness/expand.js';
import { JOURNAL_FILE, Journal } from '../../experiments/harness/journal.js';
import { resultLine } from '../../experiments/harness/journal-format.js';
import { runPool } from '../../experiments/harness/pool.js';
import { ResultsFolder } from '../../experiments/harness/results-folder.js';
import { RunKeys } from '../../experiments/harness/run-keys.js';
import { numberText, textTable } from '../terminal.js';
import { METRICS, TIMING } from './null-worker.js';

const REPETITIONS = 3;
/** Runs of one repetition, and of the sweep that is gone on with. */
const RUNS = 10_000;
const FINISHED_RUNS = 100_000;
const REPLICATIONS = 10;
const WORKER = new URL('./null-worker.js', import.meta.url);
const silent = { write: () => true };

const experimentOf = (runs: number): Experiment => ({
  name: 'benchmark',
  title: 'Benchmark',
  question: 'What does the harness cost?',
  section: '-',
  presets: ['as-published'],
  axes: { 'slo.tMax': Array.from({ length: runs / REPLICATIONS }, (_, i) => 0.01 + i * 1e-5) },
  replications: REPLICATIONS,
  duration: 1,
});

const plan = (runs: number) => planRuns(experimentOf(runs), { seed: 1 });

/** Seconds on the clock of the quickest repetition. */
async function quickest(action: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPETITIONS; i++) {
    const start = performance.now();
    await action();
    least = Math.min(least, (performance.now() - start) / 1000);
  }
  return least;
}

const folder = mkdtempSync(join(tmpdir(), 'ds2p-benchmark-'));
let folders = 0;
const newFolder = () => join(folder, String(folders++));

/** Appends a result a run to a new journal, in the order and synced as in a sweep. */
function fillJournal(path: string, runs: RunList): void {
  const keys = new RunKeys(runs, {});
  const { journal } = Journal.open(path, () => {});
  for (const index of keys.order)
    journal.append(resultLine({ key: keys.keyOf(index), metrics: { ...METRICS }, timing: TIMING }));
  journal.close();
}

async function costs(): Promise<readonly (readonly string[])[]> {
  const study = plan(RUNS);
  const { runs } = study;
  const list = [...runs];
  const key = await quickest(() => new RunKeys(plan(RUNS).runs, {}));
  const dispatch = await quickest(() =>
    runPool(list, { threads: 1, cost: 0, worker: WORKER, onOutcome: () => {} }),
  );
  const starting = await quickest(() =>
    runPool(list.slice(0, 1), { threads: 1, cost: 0, worker: WORKER, onOutcome: () => {} }),
  );
  const journal = await quickest(() => fillJournal(join(folder, `${folders++}.jsonl`), runs));
  const sweep = await quickest(() =>
    runCampaign([study], { out: newFolder(), threads: 1, worker: WORKER, progress: silent }),
  );
  const row = (what: string, seconds: number) => [what, numberText((1e6 * seconds) / RUNS, 3)];
  return [
    row('expansion and key', key),
    row('dispatch to a worker and back', dispatch - starting),
    row('journal (with its keys)', journal),
    row('all of a sweep, its final files included', sweep - starting),
  ];
}

async function resuming(): Promise<readonly (readonly string[])[]> {
  const study = plan(FINISHED_RUNS);
  const folderOf = join(folder, 'resumed', 'benchmark');
  ResultsFolder.open(folderOf, study.runs, { keys: {}, started: new Date() }).close();
  rmSync(join(folderOf, JOURNAL_FILE));
  fillJournal(join(folderOf, JOURNAL_FILE), study.runs);
  const open = await quickest(() => {
    const opened = ResultsFolder.open(folderOf, plan(FINISHED_RUNS).runs, { keys: {}, started: new Date() });
    opened.close();
  });
  const whole = await quickest(() =>
    runCampaign([plan(FINISHED_RUNS)], {
      out: join(folder, 'resumed'),
      threads: 1,
      worker: WORKER,
      progress: silent,
    }),
  );
  const { heapUsed, rss } = process.memoryUsage();
  return [
    ['until the first missing run is known', `${numberText(open, 3)} s`],
    ['until the final files are written anew', `${numberText(whole, 3)} s`],
    [
      'memory of the process (heap, resident)',
      `${Math.round(heapUsed / 1e6)} MB, ${Math.round(rss / 1e6)} MB`,
    ],
  ];
}

try {
  console.log(textTable(['the harness itself, one thread', 'us a run'], await costs()));
  console.log(`\n${textTable([`going on from ${FINISHED_RUNS} finished runs`, ''], await resuming())}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

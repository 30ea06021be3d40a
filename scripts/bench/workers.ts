/** One worker thread against two that do the same runs: CPU time a request must not grow. */
import { median, min } from 'simple-statistics';
import type { Experiment } from '../../experiments/experiment.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { runPool } from '../../experiments/harness/pool.js';
import type { Measured } from './measure.js';

const BATCH: Experiment = {
  name: 'bench',
  title: 'Runs for a benchmark of worker threads',
  question: 'What does a second worker cost?',
  section: '-',
  presets: ['as-published'],
  fixed: { 'policy.migration': 'greedy', 'slo.tMax': 0.1 },
  replications: 120,
  duration: 3600,
};

/** CPU time in ns a request: of the runs alone, and of the whole process with the start of its workers. */
async function once(
  threads: number,
  signal: AbortSignal,
): Promise<{ readonly runsNs: number; readonly wholeNs: number }> {
  let requests = 0;
  let seconds = 0;
  const before = process.cpuUsage();
  const runs = expandExperiment(BATCH, { seed: 1 });
  await runPool(runs, {
    threads,
    cost: runs.reduce((sum, { cost }) => sum + cost, 0),
    stop: signal,
    onOutcome: (_run, outcome) => {
      if ('error' in outcome) throw new Error(outcome.error);
      requests += outcome.metrics.arrivals;
      seconds += outcome.timing.cpuS;
    },
  });
  const { user, system } = process.cpuUsage(before);
  return { runsNs: (1e9 * seconds) / requests, wholeNs: (1000 * (user + system)) / requests };
}

/** Measures in turn: one worker, two workers, and again. */
export async function measureWorkers(
  repetitions: number,
  onRepetition: () => void,
  signal: AbortSignal,
): Promise<readonly Measured[]> {
  const results: Record<number, { runsNs: number; wholeNs: number }[]> = { 1: [], 2: [] };
  for (let r = 0; r < repetitions; r++) {
    for (const threads of r % 2 === 0 ? [1, 2] : [2, 1]) {
      const result = await once(threads, signal);
      if (signal.aborted) break;
      results[threads].push(result);
      onRepetition();
    }
  }
  return [1, 2].flatMap((threads) => {
    const workers = threads === 1 ? '1 worker' : `${threads} workers`;
    const row = (name: string, allNs: readonly number[]): Measured[] =>
      allNs.length === 0
        ? []
        : [
            {
              group: 'workers',
              name,
              operation: 'request',
              repetitions: allNs.length,
              leastNs: min([...allNs]),
              medianNs: median([...allNs]),
              allNs,
            },
          ];
    return [
      ...row(
        `${workers}, runs alone`,
        results[threads].map(({ runsNs }) => runsNs),
      ),
      ...row(
        `${workers}, with start and warm-up`,
        results[threads].map(({ wholeNs }) => wholeNs),
      ),
    ];
  });
}

/** Makes runs of a folder of results again, and records them. */
import { availableParallelism } from 'node:os';
import type { RunMetrics, Scenario } from '../../core/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { type CsvRow, cellNumber } from '../../results/csv.js';
import type { Run } from './expand.js';
import { runPool } from './pool.js';
import { type RecordedRun, recordedRun } from './recorded-run.js';
import type { StoredRun } from './stored-runs.js';

export interface RecordRunsOptions {
  /** All cores by default. */
  readonly threads?: number;
  /** Time between samples in s; absent: a 360th of the duration of each run, more where it has many nodes. */
  readonly interval?: number;
  /** Aborted: no run begins any more, those in flight are given up, and what is done is returned. */
  readonly signal?: AbortSignal;
  /** Called for each run as it ends well. */
  readonly onDone?: (run: Run) => void;
}

/** Rows of one seed and version are equal to the last bit; other processors may round a logarithm otherwise. */
const TOLERANCE = 1e-9;

/** The first metric in which a run that was made again differs from its row, in words. */
function difference(metrics: RunMetrics, row: CsvRow): string | undefined {
  for (const { name } of METRIC_COLUMNS) {
    if (row[name] === undefined) continue;
    const [now, then] = [metrics[name], cellNumber(row[name])];
    const near = Math.abs(now - then) <= TOLERANCE * Math.abs(then);
    if (!Object.is(now, then) && !near) return `${name} is ${now}, and ${then} in runs.csv`;
  }
  return undefined;
}

/**
 * Makes runs again on a pool of workers and records them, in the order given.
 * @throws Error where a run fails, or comes out otherwise than its row says.
 */
export async function recordRuns(
  runs: readonly StoredRun[],
  options: RecordRunsOptions = {},
): Promise<readonly RecordedRun[]> {
  const { threads = availableParallelism(), interval, signal, onDone } = options;
  const recorded: (RecordedRun | undefined)[] = runs.map(() => undefined);
  const problems: string[] = [];
  // A pool has one scenario; runs of one folder share theirs.
  const scenarios = new Set<Scenario | undefined>(runs.map(({ scenario }) => scenario));
  for (const scenario of scenarios) {
    const own = runs.flatMap((stored, place) => (stored.scenario === scenario ? [{ stored, place }] : []));
    // Numbers of runs may repeat where folders are mixed, so that each goes by its place.
    const toMake = own.map(({ stored, place }) => ({ ...stored.run, index: place }));
    await runPool(toMake, {
      threads,
      cost: toMake.reduce((sum, { cost }) => sum + cost, 0),
      scenario,
      record: interval === undefined ? {} : { interval },
      ...(signal === undefined ? {} : { kill: signal }),
      onOutcome: ({ index }, outcome) => {
        const { number, run, row, scenarioName, scenarioPath } = runs[index];
        if ('error' in outcome) {
          problems.push(`run ${number} failed: ${outcome.error}`);
          return;
        }
        const { metrics, recording } = outcome;
        const differs = difference(metrics, row);
        if (differs !== undefined)
          problems.push(`run ${number}, made again, is not the one of the results: ${differs}`);
        else if (recording !== undefined)
          recorded[index] = recordedRun(
            number,
            run,
            { metrics, recording },
            {
              ...(scenarioName === undefined ? {} : { name: scenarioName }),
              ...(scenarioPath === undefined ? {} : { path: scenarioPath }),
            },
          );
        onDone?.(run);
      },
    });
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return recorded.filter((run) => run !== undefined);
}

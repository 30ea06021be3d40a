/** A few runs of a folder of results, made again and recorded, for a report that shows what goes on inside of them. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordRunsOptions, recordRuns } from './record-runs.js';
import type { RecordedRun } from './recorded-run.js';
import { hasNoRows } from './stored-rows.js';
import { StoredResults, type StoredRun, type StoredRunInfo } from './stored-runs.js';

export interface ExampleRuns {
  readonly runs: readonly RecordedRun[];
  /** Why there are fewer than there might be; absent where nothing is missing. */
  readonly note?: string;
}

export interface ExampleOptions extends Pick<RecordRunsOptions, 'threads' | 'signal' | 'onDone'> {
  /** At most so many runs, each of another configuration. */
  readonly most: number;
  /** Configurations that are worth showing first; by default all are alike. */
  readonly preferred?: (run: StoredRunInfo) => boolean;
  /** Called once it is known how many there will be. */
  readonly onStart?: (count: number) => void;
}

/** Recording stops after so many seconds: a report is to come soon after its runs. */
const LONGEST_S = 60;
/** A larger runs.csv is not read for it. */
const LARGEST_RUNS_BYTES = 100e6;

/** `most` of the values, evenly spread. */
const spread = <T>(values: readonly T[], most: number): readonly T[] =>
  values.length <= most
    ? values
    : Array.from({ length: most }, (_, i) => values[Math.floor((i * values.length) / most)]);

/**
 * Records the first replications of some configurations of a folder. What goes wrong is said in `note`: a report is
 * worth having without them.
 */
export async function recordExamples(folder: string, options: ExampleOptions): Promise<ExampleRuns> {
  const { most, preferred = () => true, threads, signal, onDone } = options;
  try {
    if (statSync(join(folder, 'runs.csv')).size > LARGEST_RUNS_BYTES)
      return { runs: [], note: 'The folder holds too many runs to pick examples from.' };
    // Runs that all failed are told of elsewhere on the page.
    if (hasNoRows(folder)) return { runs: [] };
    const results = new StoredResults(folder);
    const first = results.runs.filter(({ replication }) => replication === 0);
    const wanted = first.filter(preferred);
    const picked = spread(wanted.length > 0 ? wanted : first, most);
    const stored: StoredRun[] = [];
    for (const { number } of picked) stored.push(await results.runAt(number));
    options.onStart?.(stored.length);
    const timeout = AbortSignal.timeout(LONGEST_S * 1000);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const runs = await recordRuns(stored, {
      signal: stop,
      ...(threads === undefined ? {} : { threads }),
      ...(onDone === undefined ? {} : { onDone }),
    });
    const missing = stored.length - runs.length;
    return missing === 0
      ? { runs }
      : { runs, note: `${missing} more were not recorded within ${LONGEST_S} seconds.` };
  } catch (error) {
    return { runs: [], note: `No runs were recorded: ${(error as Error).message}` };
  }
}

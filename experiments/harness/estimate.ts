/** What a sweep will cost, from a timed sample of its runs; nothing of it is kept. */
import type { Scenario } from '../../core/index.js';
import { runColumns, summaryColumns, TIMING_COLUMNS } from '../../results/columns.js';
import { rowLine } from '../../results/csv.js';
import { ConfigurationSummary } from '../../results/summary.js';
import type { Run } from './expand.js';
import { resultLine } from './journal-format.js';
import { type PoolOptions, runPool } from './pool.js';
import { factors, runRow, timingCells } from './rows.js';
import { KEY_DIGITS } from './run-key.js';

/** Runs that are timed, and how long the sample may take in all, the start of the workers included. */
const SAMPLE_RUNS = 16;
const SAMPLE_MS = 20_000;
/** Time until the workers are ready, in seconds: modules are loaded, and the simulator is compiled. */
const START_UP_S = 2;

export interface SweepEstimate {
  /** Runs that were timed. */
  readonly sampled: number;
  /** Runs of the sample that did not end in time: the true time is then rather longer. */
  readonly unfinished: number;
  readonly sampleFailures: number;
  /** Wall time on all threads; low and high are by the fastest and the slowest run of the sample. NaN without one. */
  readonly seconds: { readonly likely: number; readonly low: number; readonly high: number };
  readonly cpuSeconds: number;
  /** Bytes of the journal and of the CSV files of these runs. */
  readonly bytes: number;
}

/** A run of the sample, and how many of its size were drawn. */
interface Drawn {
  readonly run: Run;
  weight: number;
}

/**
 * Runs in proportion to their estimated costs, at even steps through the sum of them (systematic sampling with
 * probability proportional to size; Cochran, Sampling Techniques, sec. 9A.3). So the mean of measured over
 * estimated cost, times the sum of estimated costs, is an estimate of the whole without bias, and where the
 * estimated costs are right up to a factor, an exact one.
 */
function sampleOf(runs: readonly Run[]): readonly Drawn[] {
  const sorted = [...runs].sort((a, b) => a.cost - b.cost || a.index - b.index);
  const total = sorted.reduce((sum, { cost }) => sum + cost, 0);
  const drawn: Drawn[] = [];
  let sum = 0;
  let next = 0.5;
  for (const run of sorted) {
    sum += run.cost;
    let weight = 0;
    for (; next < SAMPLE_RUNS && (next / SAMPLE_RUNS) * total <= sum; next++) weight++;
    if (weight > 0) drawn.push({ run, weight });
  }
  return drawn;
}

/** No more runs are looked at to choose the sample, taken evenly over the sweep. */
const LOOKED_AT = 20_000;

/** Times a sample of `missing`. @param count how many there are. @param cost sum of their estimated costs. */
export async function estimateSweep(
  missing: Iterable<Run>,
  count: number,
  cost: number,
  {
    threads,
    scenario,
    name,
    signal,
    worker,
  }: Pick<PoolOptions, 'threads' | 'worker'> & {
    readonly scenario?: Scenario;
    /** Name of the scenario. */
    readonly name?: string;
    readonly signal?: AbortSignal;
  },
): Promise<SweepEstimate> {
  const every = Math.max(1, Math.ceil(count / LOOKED_AT));
  const looked: Run[] = [];
  let i = 0;
  for (const run of missing) if (i++ % every === 0) looked.push(run);
  const sample = sampleOf(looked);
  // What was measured, by run: seconds of one core and bytes of its rows.
  const measured: { readonly run: Run; readonly seconds: number; readonly bytes: number }[] = [];
  const weights = new Map(sample.map(({ run, weight }) => [run.index, weight]));
  let sampleFailures = 0;
  const timeout = AbortSignal.timeout(SAMPLE_MS);
  const sampleRuns = sample.map(({ run }) => run);
  await runPool(sampleRuns, {
    // One worker, so that runs do not disturb each other, and one run a batch: cheap ones come first.
    threads: 1,
    cost: Number.POSITIVE_INFINITY,
    scenario,
    worker,
    kill: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    onOutcome: (run, outcome) => {
      if ('error' in outcome) {
        sampleFailures++;
        return;
      }
      const metrics = { ...outcome.metrics };
      const key = '0'.repeat(KEY_DIGITS);
      const summary = new ConfigurationSummary(factors(run, name));
      summary.add(metrics);
      const text = [
        resultLine({ key, metrics, timing: outcome.timing }),
        rowLine(runColumns(name !== undefined), runRow(run, metrics, name)),
        rowLine(TIMING_COLUMNS, {
          ...factors(run, name),
          ...timingCells(run, run.index + 1, outcome.timing),
        }),
      ];
      const summaryBytes = rowLine(summaryColumns(name !== undefined), summary.row()).length;
      const bytes = text.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
      measured.push({
        run,
        seconds: outcome.timing.wallS,
        bytes: bytes + summaryBytes / (run.replication + 1),
      });
    },
  });
  const ratios = measured.map(({ run, seconds }) => seconds / run.cost);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const weightOf = ({ run }: { readonly run: Run }) => weights.get(run.index)!;
  const weighted = sum(measured.map((each, i) => weightOf(each) * ratios[i]));
  const likely = (cost * weighted) / sum(measured.map(weightOf));
  const cores = Math.min(threads, Math.max(1, count));
  const wall = (coreSeconds: number) =>
    measured.length === 0 ? Number.NaN : START_UP_S + coreSeconds / cores;
  return {
    sampled: measured.length,
    unfinished: sample.length - measured.length - sampleFailures,
    sampleFailures,
    seconds: {
      likely: wall(likely),
      low: wall(cost * Math.min(...ratios)),
      high: wall(cost * Math.max(...ratios)),
    },
    cpuSeconds: measured.length === 0 ? Number.NaN : likely,
    bytes: (count * sum(measured.map(({ bytes }) => bytes))) / measured.length,
  };
}

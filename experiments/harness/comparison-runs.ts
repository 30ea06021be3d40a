/**
 * The runs of a comparison: every pair of policies meets the same scenarios with the same seeds. Replications are added
 * until the precision asked for is reached, and those that were run before are not run again.
 */
import type { RunMetrics } from '../../core/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import {
  type ComparedScenario,
  comparePolicies,
  type MetricName,
  relativeHalfWidth,
  type Samples,
} from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { keyContext, stopReason } from './campaign.js';
import { dropComparison } from './comparison-files.js';
import { ComparisonManifest, settingOf } from './comparison-manifest.js';
import { type Cell, type ComparisonPlan, cellsOf, replicate, runsOfCells } from './comparison-plan.js';
import { nextCount, precisionText, type Unreached } from './comparison-precision.js';
import { dropReport } from './earlier-report.js';
import type { Run } from './expand.js';
import { runPool } from './pool.js';
import { Progress, type ProgressStream } from './progress.js';
import { ReplicationStore } from './replication-store.js';
import type { Failure } from './results-folder.js';
import type { Style } from './style.js';

export interface ComparisonResult {
  readonly scenarios: readonly ComparedScenario[];
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
  /** Replications that were run now, and that were found. */
  readonly ran: number;
  readonly reused: number;
  /** What is said once of the whole. */
  readonly setting: ComparisonSetting;
  /** The folder still tells of the comparison before, since this one has not ended well. */
  readonly beforeStays: boolean;
  /** What has become of the report of the comparison before, as a sentence. */
  readonly dropped?: string;
}

export interface ComparisonEnvironment {
  /** The folder of the comparison. */
  readonly folder: string;
  /** Folders of results in which replications may be found as well. */
  readonly elsewhere: readonly string[];
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly progress?: ProgressStream;
  /** How progress is shown; plain where absent. */
  readonly style?: Style;
}

class ComparisonRunner {
  readonly failures: Failure[] = [];
  ran = 0;
  /** Metrics by scenario, pair and replication. */
  private readonly results: (RunMetrics | undefined)[][][];
  private readonly store: ReplicationStore;
  private readonly manifest: ComparisonManifest;
  /** Whether files and manifest of the folder tell of the comparison before, whose rows are all there. */
  beforeStays: boolean;
  dropped: string | undefined;
  readonly cells: readonly Cell[];

  constructor(
    private readonly plan: ComparisonPlan,
    private readonly environment: ComparisonEnvironment,
  ) {
    this.cells = cellsOf(plan);
    this.results = this.cells.map(({ first }) => first.map(() => []));
    const pairs = [plan.baseline, ...plan.candidates];
    const references = pairs.flatMap(({ migration, offloading }) => [migration, offloading]);
    const keys = keyContext(plan.options);
    const { folder, elsewhere } = environment;
    this.store = new ReplicationStore(folder, keys.scenario, plan.scenarioName, elsewhere, references);
    this.manifest = new ComparisonManifest(plan, this.cells, folder, environment.threads, {
      ...keys,
      policyDigests: { ...this.store.otherFiles, ...keys.policyDigests },
    });
    this.beforeStays = this.manifest.finished !== undefined && this.store.isWhole;
    const removed = this.beforeStays ? [] : dropComparison(folder);
    if (removed.length > 0)
      (environment.progress ?? process.stderr).write(
        `${removed.join(', ')} of ${folder} told of a comparison of which not all runs can be reused, and are removed.\n`,
      );
    this.store.begin(this.manifestNow(null));
  }

  /** @param setting what is said of the whole, when the last run has ended well. */
  private manifestNow(finished: Date | null, setting?: ComparisonSetting): unknown {
    const { signal } = this.environment;
    const known = this.results.flat(2).filter((metrics) => metrics !== undefined).length;
    const state = {
      counts: this.counts,
      known,
      made: this.ran,
      failures: this.failures,
      finished,
      ...(signal?.aborted === true ? { stopped: stopReason(signal) } : {}),
      ...(setting === undefined ? {} : { setting }),
    };
    return this.beforeStays ? this.manifest.contentOfBefore(state) : this.manifest.content(state);
  }

  /** Replications of each scenario that were asked for so far. */
  private get counts(): readonly number[] {
    return this.results.map(([baseline]) => Math.max(baseline.length, this.plan.replications));
  }

  get reused(): number {
    return this.store.reused;
  }

  /** Has the replications up to `counts[c]` of every scenario c. Returns false when aborted or when a run failed. */
  async fill(counts: readonly number[]): Promise<boolean> {
    const wanted: { run: Run; at: readonly [number, number, number] }[] = [];
    this.cells.forEach(({ first }, c) => {
      first.forEach((run, p) => {
        for (let r = this.results[c][p].length; r < counts[c]; r++) {
          const own = replicate(run, r);
          const known = this.store.find(own);
          this.results[c][p].push(known);
          if (known === undefined) wanted.push({ run: { ...own, index: wanted.length }, at: [c, p, r] });
          else this.store.reused++;
        }
      });
    });
    const { signal, threads, progress: stream = process.stderr, style } = this.environment;
    if (wanted.length === 0) {
      this.finish();
      return true;
    }
    const runs = wanted.map(({ run }) => run);
    const cost = runs.reduce((sum, run) => sum + run.cost, 0);
    const progress = new Progress(runs.length, cost, stream, { style });
    try {
      await runPool(runs, {
        threads,
        cost,
        scenario: this.plan.options.scenario,
        stop: signal,
        onOutcome: (run, outcome) => {
          progress.add(run.cost, 'error' in outcome);
          if ('error' in outcome) {
            this.failures.push({ run, error: outcome.error });
            return;
          }
          const [c, p, r] = wanted[run.index].at;
          this.results[c][p][r] = outcome.metrics;
          this.store.add(run, outcome.metrics);
          this.ran++;
        },
      });
    } finally {
      progress.stop();
      this.finish();
    }
    return this.failures.length === 0 && !signal?.aborted;
  }

  /** Puts the rows on disk into the order of scenarios, pairs and replications, or leaves first those of before. */
  private finish(): void {
    this.store.rewrite(this.beforeStays ? [] : runsOfCells(this.cells, this.counts));
  }

  /** Writes the manifest of what is there in the end. Where all has ended well, nothing tells of before any more. */
  end(setting?: ComparisonSetting): void {
    if (setting !== undefined) {
      const { folder } = this.environment;
      this.dropped = dropReport(folder);
      dropComparison(folder);
      this.beforeStays = false;
      this.finish();
    }
    this.store.writeManifest(this.manifestNow(new Date(), setting));
  }

  scenarios(): readonly ComparedScenario[] {
    const samplesOf = (all: readonly (RunMetrics | undefined)[]): Samples =>
      Object.fromEntries(
        METRIC_COLUMNS.map(({ name }) => [name, all.map((metrics) => metrics?.[name] ?? Number.NaN)]),
      );
    return this.cells.map(({ label, preset }, c) => {
      const [baseline, ...candidates] = this.results[c].map(samplesOf);
      return { label, preset, baseline, candidates, replications: this.results[c][0].length };
    });
  }

  /** The relative half-width of each scenario and candidate. */
  precision(metric: MetricName): readonly (readonly number[])[] {
    const { names } = this.plan;
    const rows = comparePolicies(this.scenarios(), names, [metric]);
    return this.cells.map((_, c) =>
      names.map((_, k) => relativeHalfWidth(rows[c * names.length + k].comparison)),
    );
  }
}

/** Makes all runs of a comparison. What was run is kept whatever happens. @throws InputError before anything runs. */
export async function runComparison(
  plan: ComparisonPlan,
  environment: ComparisonEnvironment,
): Promise<ComparisonResult> {
  const runner = new ComparisonRunner(plan, environment);
  const { precision, names } = plan;
  let counts = runner.cells.map(() => plan.replications);
  let complete = await runner.fill(counts);
  let unreached: readonly Unreached[] = [];
  while (complete && precision !== undefined) {
    const widths = runner.precision(precision.metric);
    unreached = widths.flatMap((own, c) =>
      own.flatMap((relative, k) =>
        relative <= precision.target ? [] : [{ label: runner.cells[c].label, candidate: names[k], relative }],
      ),
    );
    const next = counts.map((count, c) => {
      const widest = Math.max(...widths[c]);
      return widest <= precision.target
        ? count
        : nextCount(count, widest, precision.target, Math.max(count, precision.most));
    });
    if (next.every((count, c) => count === counts[c])) break;
    counts = next;
    complete = await runner.fill(counts);
  }
  const scenarios = runner.scenarios();
  const told = precision && precisionText(unreached, counts, precision);
  const setting = settingOf(plan, runner.cells, told);
  runner.end(complete ? setting : undefined);
  return {
    scenarios,
    failures: runner.failures,
    interrupted: environment.signal?.aborted ?? false,
    ran: runner.ran,
    reused: runner.reused,
    setting,
    beforeStays: runner.beforeStays,
    ...(runner.dropped === undefined ? {} : { dropped: runner.dropped }),
  };
}

/**
 * The runs of a comparison: every pair of policies meets the same scenarios with the same seeds. Replications are added
 * until the precision asked for is reached, and those that were run before are not run again.
 */
import { join } from 'node:path';
import {
  MODEL_VERSION,
  PARAMETER_LIST,
  type Parameters,
  PRESETS,
  presetParameters,
  type RunMetrics,
} from '../../core/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import {
  type ComparedScenario,
  comparePolicies,
  type MetricName,
  relativeHalfWidth,
  type Samples,
} from '../../results/policy-comparison.js';
import type { Experiment } from '../experiment.js';
import { keyContext, scenarioReference } from './campaign.js';
import type { NamedParameter } from './configuration.js';
import { packageVersion } from './environment.js';
import { type ExpandOptions, expandExperiment, type Run } from './expand.js';
import type { PolicyPair } from './policy-pairs.js';
import { runPool } from './pool.js';
import { Progress, type ProgressStream } from './progress.js';
import { ReplicationStore } from './replication-store.js';
import type { Failure } from './results-folder.js';
import type { KeyContext } from './run-key.js';
import type { Style } from './style.js';
import { valueText } from './values.js';

export interface ComparisonPlan {
  readonly experiment: Experiment;
  readonly baseline: PolicyPair;
  readonly candidates: readonly PolicyPair[];
  /** Names of the candidates in tables, in their order. */
  readonly names: readonly string[];
  /** Options of the expansion, without the policies. */
  readonly options: ExpandOptions;
  readonly scenarioName?: string;
  /** Path of the scenario file, for the manifest. */
  readonly scenarioPath?: string;
  /** Replications to begin with. */
  readonly replications: number;
  /** Replications are added until the relative half-width of the metric is at most `target` everywhere. */
  readonly precision?: { readonly target: number; readonly metric: MetricName; readonly most: number };
}

/** A scenario of a comparison: its label, and the first run of each pair, the baseline's first. */
interface Cell {
  readonly label: string;
  readonly preset: string;
  readonly first: readonly Run[];
}

/** Up to so many parameters that vary are told in full. */
const TOLD = 2;

/**
 * What varies between the configurations of an experiment, policies apart, as the words by which they are told apart.
 * Parameters that differ because presets differ go without saying.
 */
function labels(runs: readonly Run[]): readonly string[] {
  const varies = (id: NamedParameter['id'], own: readonly Run[]) =>
    new Set(own.map(({ parameters }) => JSON.stringify(parameters[id]))).size > 1;
  const byPreset = PRESETS.map((preset) => runs.filter((run) => run.preset === preset));
  const ids = PARAMETER_LIST.filter(
    ({ id }) => id !== 'offloading' && id !== 'migration' && byPreset.some((own) => varies(id, own)),
  );
  const presets = new Set(runs.map(({ preset }) => preset)).size > 1;
  return runs.map(({ preset, parameters }) => {
    const defaults = presetParameters(preset);
    // Of many parameters, those with their default are left out.
    const isTold = (id: NamedParameter['id']) =>
      ids.length <= TOLD || JSON.stringify(parameters[id]) !== JSON.stringify(defaults[id]);
    const parts = ids
      .filter(({ id }) => isTold(id))
      .map(({ id, name, unit }) => `${name} = ${valueText(parameters[id])}${unit === '-' ? '' : ` ${unit}`}`);
    const all = [...(presets ? [preset] : []), ...parts];
    return all.length === 0 ? preset : all.join(', ');
  });
}

/** The first replication of every configuration under a pair of policies. @throws InputError as `expandExperiment`. */
function configurationsUnder({ experiment, options }: ComparisonPlan, pair: PolicyPair): readonly Run[] {
  const { overrides = { parameters: {} } } = options;
  const parameters: Partial<Parameters> = { ...overrides.parameters, ...pair };
  return expandExperiment(experiment, {
    ...options,
    replications: 1,
    overrides: { ...overrides, parameters },
  });
}

/** All scenarios of the plan. @throws InputError with every problem of the input. */
export function cellsOf(plan: ComparisonPlan): readonly Cell[] {
  const byPair = [plan.baseline, ...plan.candidates].map((pair) => configurationsUnder(plan, pair));
  const words = labels(byPair[0]);
  return byPair[0].map(({ preset }, c) => ({
    label: words[c],
    preset,
    first: byPair.map((runs) => runs[c]),
  }));
}

const replicate = (run: Run, replication: number): Run => ({
  ...run,
  replication,
  seed: run.seed + replication,
});

/** Manifests name what determines the rows, in the fields of those of experiments. */
function manifestOf(
  plan: ComparisonPlan,
  keys: KeyContext,
  otherFiles: Readonly<Record<string, string>>,
): unknown {
  return {
    experiment: { name: plan.experiment.name, title: plan.experiment.title },
    comparison: { baseline: plan.baseline, candidates: plan.candidates },
    configuration: {
      seed: plan.options.seed,
      scenario: scenarioReference(plan.options.scenario, plan.scenarioPath),
    },
    keys: { ...keys, policyDigests: { ...otherFiles, ...keys.policyDigests } },
    versions: { 'ds2p-bench': packageVersion(), model: MODEL_VERSION, node: process.versions.node },
  };
}

export interface ComparisonResult {
  readonly scenarios: readonly ComparedScenario[];
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
  /** Replications that were run now, and that were found. */
  readonly ran: number;
  readonly reused: number;
  /** Scenarios and candidates whose precision is not reached, with what it is; none where it was not asked for. */
  readonly unreached: readonly {
    readonly label: string;
    readonly candidate: string;
    readonly relative: number;
  }[];
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
    this.store.begin(manifestOf(plan, keys, this.store.otherFiles));
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
    if (wanted.length === 0) return true;
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

  /** Puts the rows on disk into the order of scenarios, pairs and replications. */
  private finish(): void {
    const order = this.cells.flatMap(({ first }, c) =>
      first.flatMap((run, p) => this.results[c][p].map((_, r) => replicate(run, r))),
    );
    this.store.rewrite(order);
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

/** So many replications more than now are wanted; the interval narrows with the root of their number. */
function nextCount(now: number, relative: number, target: number, most: number): number {
  const wanted = Number.isFinite(relative) ? Math.ceil(now * (relative / target) ** 2) : 2 * now;
  return Math.min(most, Math.max(now + 1, Math.min(wanted, 2 * now)));
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
  let unreached: ComparisonResult['unreached'] = [];
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
  return {
    scenarios: runner.scenarios(),
    failures: runner.failures,
    interrupted: environment.signal?.aborted ?? false,
    ran: runner.ran,
    reused: runner.reused,
    unreached,
  };
}

/** The folder of a comparison within the folder of results. */
export const comparisonFolder = (out: string, experiment: string): string =>
  join(out, `compare-${experiment}`);

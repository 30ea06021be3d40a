/** What a page carries of recorded runs: a list of them, and each in an element of its own, read when it is chosen. */
import type { RecordedRun } from '../../experiments/harness/recorded-run.js';
import { type PackedRecording, packRecording } from '../run/pack-recording.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from '../theme.js';
import type { PageMetric } from './page-data.js';

/** The element that lists the runs of a page, and the place that the view of one fills. */
export const RUNS_ELEMENT = 'page-runs';
export const RUN_VIEW_ELEMENT = 'run-view';

export interface RunEntry {
  readonly label: string;
  /** Id of the element that holds the run. */
  readonly element: string;
}

export interface RunList {
  readonly runs: readonly RunEntry[];
  readonly metrics: readonly PageMetric[];
}

export interface PackedRun extends Omit<RecordedRun, 'format' | 'recording'> {
  readonly recording: PackedRecording;
}

/** Parameters that each label tells already. */
const TOLD = ['policy.offloading', 'policy.migration', 'slo.tMax'];

/** What tells a run from all: experiment, preset, scenario, policies, T_max, seed, and parameters that vary. */
function runLabel(run: RecordedRun, varying: readonly string[]): string {
  const { parameters } = run;
  const pair = [
    policyLabel(OFFLOADING_LOOKS, String(parameters['policy.offloading'])),
    policyLabel(MIGRATION_LOOKS, String(parameters['policy.migration'])),
  ].join(' + ');
  return [
    run.experiment,
    run.preset,
    ...(run.scenario === null ? [] : [`scenario ${run.scenario}`]),
    pair,
    `Tₘₐₓ = ${parameters['slo.tMax']} s`,
    ...varying.map((name) => `${name} = ${parameters[name]}`),
    `seed ${run.seed}`,
  ].join(', ');
}

/** Names of parameters in which a run differs from the first one of its experiment and preset. */
function varyingParameters(runs: readonly RecordedRun[]): readonly string[] {
  const names = new Set<string>();
  for (const { experiment, preset, parameters } of runs) {
    const first = runs.find((run) => run.experiment === experiment && run.preset === preset)!.parameters;
    for (const [name, value] of Object.entries(parameters))
      if (JSON.stringify(value) !== JSON.stringify(first[name])) names.add(name);
  }
  return [...names].filter((name) => !TOLD.includes(name));
}

function packRun({ format: _, recording, ...rest }: RecordedRun): PackedRun {
  return { ...rest, recording: packRecording(recording) };
}

/** The data of a page that shows `runs`, by the id of their elements; the first run is shown first. */
export function runsData(
  runs: readonly RecordedRun[],
  metrics: readonly PageMetric[],
): Readonly<Record<string, unknown>> {
  if (runs.length === 0) return {};
  const varying = varyingParameters(runs);
  const entries = runs.map((run, i) => ({ label: runLabel(run, varying), element: `page-run-${i}` }));
  const list: RunList = { runs: entries, metrics };
  const packed = runs.map((run, i) => [entries[i]!.element, packRun(run)]);
  return { [RUNS_ELEMENT]: list, ...Object.fromEntries(packed) };
}

/** What a page carries of recorded runs: a list of them, and each in an element of its own, read when it is chosen. */
import type { RecordedRun } from '../../experiments/harness/recorded-run.js';
import { pairText } from '../pair-names.js';
import type { NotableFor } from '../run/notable-request.js';
import { type PackedRecording, packRecording } from '../run/pack-recording.js';
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
  /** The command that shows it. */
  readonly inspect: string;
  /** The command that tells why a request of it went where it went, and why that request. */
  readonly explain: string;
  readonly explainBecause: NotableFor;
}

/** What the names of files of a run begin with: its experiment where there is one, its row of runs.csv, its seed. */
export function runFileName({ experiment, number, seed }: PackedRun): string {
  const run = `run-${number}-seed-${seed}`;
  return experiment === 'run' ? run : `${experiment.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${run}`;
}

/** Parameters that each label tells already. */
const TOLD = ['policy.offloading', 'policy.migration', 'slo.tMax'];

/** What tells a run from all: experiment, preset, scenario, policies, T_max, parameters that vary, seed. */
function factsOf(run: RecordedRun, varying: readonly string[]): readonly string[] {
  const { parameters } = run;
  return [
    run.experiment,
    run.preset,
    run.scenario === null ? '' : `scenario ${run.scenario}`,
    pairText(String(parameters['policy.migration']), String(parameters['policy.offloading'])),
    `Tₘₐₓ = ${parameters['slo.tMax']} s`,
    ...varying.map((name) => `${name} = ${parameters[name]}`),
    `seed ${run.seed}`,
  ];
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

/** A label for each run. What differs comes first: a list that is closed may have no room for all. */
export function runLabels(runs: readonly RecordedRun[]): readonly string[] {
  const varying = varyingParameters(runs);
  const facts = runs.map((run) => factsOf(run, varying));
  const differs = (place: number) => facts.some((own) => own[place] !== facts[0]![place]);
  return facts.map((own) => {
    const first = own.filter((_, place) => differs(place));
    const others = own.filter((_, place) => !differs(place));
    return [...first, ...others].filter((fact) => fact !== '').join(', ');
  });
}

/** A run with the commands that show it, and that tell of one of its requests. */
export interface ShownRun {
  readonly run: RecordedRun;
  readonly inspect: string;
  readonly explain: string;
  readonly explainBecause: NotableFor;
}

function packRun({ run, ...commands }: ShownRun): PackedRun {
  const { format: _, recording, ...rest } = run;
  return { ...rest, ...commands, recording: packRecording(recording) };
}

/** The data of a page that shows `runs`, by the id of their elements; the first run is shown first. */
export function runsData(
  shown: readonly ShownRun[],
  metrics: readonly PageMetric[],
): Readonly<Record<string, unknown>> {
  if (shown.length === 0) return {};
  const runs = runLabels(shown.map(({ run }) => run)).map((label, i) => ({
    label,
    element: `page-run-${i}`,
  }));
  const list: RunList = { runs, metrics };
  const packed = shown.map((run, i) => [runs[i]!.element, packRun(run)]);
  return { [RUNS_ELEMENT]: list, ...Object.fromEntries(packed) };
}

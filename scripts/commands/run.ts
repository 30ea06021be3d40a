/** `ds2p run`: one configuration, shown at once. */
import type { Experiment } from '../../experiments/experiment.js';
import { scenarioName } from '../../experiments/harness/campaign.js';
import { collect } from '../../experiments/harness/errors.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { checkReplaceable } from '../../experiments/harness/folders.js';
import { runPool } from '../../experiments/harness/pool.js';
import { Progress } from '../../experiments/harness/progress.js';
import { type Failure, runRow } from '../../experiments/harness/results-folder.js';
import { METRIC_COLUMNS, runColumns } from '../../results/columns.js';
import type { Row } from '../../results/csv.js';
import { estimate } from '../../results/summary.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT, reportFailures } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import {
  noteMissingDecisions,
  overridesFrom,
  parameterOptions,
  RUN_OPTIONS,
  runSettings,
  scenarioFrom,
} from '../options.js';
import { type EndedRun, RECORD_OPTIONS, recordingFrom, writeRecordings } from '../record-options.js';
import { sayingIfStopped } from '../stopping.js';
import { intervalText, numberText, textTable } from '../terminal.js';
import { commandLine } from './experiment.js';

/** An experiment without axes: what is not given has the preset's default. */
const SINGLE: Experiment = {
  name: 'run',
  title: 'One configuration',
  question: 'What happens under these parameters?',
  section: '-',
  presets: ['as-published'],
  replications: 1,
  duration: 3600,
};

/** Metrics as rows; one replication, or the mean of several with its 95 % half-width. */
function metricsTable(rows: readonly Row[]): string {
  const lines = METRIC_COLUMNS.map(({ name, unit, doc }) => {
    const { mean, halfWidth } = estimate(rows.map((row) => row[name] as number));
    return [name, rows.length === 1 ? numberText(mean) : intervalText(mean, halfWidth), unit, doc];
  });
  return textTable(['metric', rows.length === 1 ? 'value' : 'mean ± half-width', 'unit', 'meaning'], lines);
}

/** The columns of runs.csv in their order. */
function rowsJson(rows: readonly Row[], withScenario: boolean): unknown {
  const columns = runColumns(withScenario);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name]])));
}

export const runCommand: CommandSpec = {
  name: 'run',
  describe: 'Simulate one configuration and show its metrics',
  options: {
    ...parameterOptions(true),
    ...RUN_OPTIONS,
    replications: { describe: 'number of replications', type: 'text', fallback: '1' },
    ...RECORD_OPTIONS,
    json: jsonOption('an array with an object a replication, with the columns of runs.csv'),
  },
  examples: [
    [
      'ds2p run --t-max 0.2 --migration greedy --duration 900 --replications 3',
      'three replications of a quarter of an hour, as a table',
    ],
    [
      'ds2p run --set workload.load=1.5 --seed 7 --json',
      'one hour at one and a half times the load, as JSON',
    ],
    ['ds2p run --migration greedy --record', 'recorded over time into results/run, for "ds2p inspect"'],
  ],
  run: async (given, signal) => {
    const { threads, seed, replications } = runSettings(given);
    const overrides = await overridesFrom(given);
    const { scenario, scenarioPath, scenarioUnreadable } = scenarioFrom(given);
    const options = { seed, overrides, replications: replications ?? 1, scenario, scenarioUnreadable };
    const expanded = collect(given.problems, () => expandExperiment(SINGLE, options));
    const recording = recordingFrom(given, expanded?.[0].parameters.duration);
    given.check();
    if (recording !== undefined) checkReplaceable(recording.folder);
    const runs = expanded!;
    noteMissingDecisions(runs);
    const cost = runs.reduce((sum, run) => sum + run.cost, 0);
    const progress = new Progress(runs.length, cost, process.stderr, { style: onStderr });
    const name = scenarioName(scenario, scenarioPath);
    const ended = new Map<number, EndedRun>();
    const failures: Failure[] = [];
    const stopped = `the runs are given up, and nothing is ${recording === undefined ? 'kept' : 'recorded'}.`;
    await sayingIfStopped(stopped, () =>
      runPool(runs, {
        threads,
        cost,
        scenario,
        ...(recording === undefined ? {} : { record: recording.options }),
        // Nothing is kept, so there is no reason to wait for runs in flight.
        kill: signal,
        onOutcome: (run, outcome) => {
          if ('error' in outcome) failures.push({ run, error: outcome.error });
          else ended.set(run.index, { run, row: runRow(run, { ...outcome.metrics }, name), outcome });
          progress.add(run.cost, 'error' in outcome);
        },
      }),
    );
    progress.stop();
    if (signal.aborted) return EXIT.interrupted;
    const inOrder = runs.flatMap(({ index }) => ended.get(index) ?? []);
    const rows = inOrder.map(({ row }) => row);
    if (given.has('json')) printJson(rowsJson(rows, scenario !== undefined));
    else if (rows.length > 0) console.log(metricsTable(rows));
    if (recording !== undefined && rows.length > 0)
      writeRecordings(recording, SINGLE, runs, inOrder, {
        threads,
        command: commandLine(),
        ...(scenario === undefined ? {} : { scenario }),
        ...(scenarioPath === undefined ? {} : { scenarioPath }),
      });
    return reportFailures(failures, scenarioPath);
  },
};

/** What `ds2p run` prints: the metrics of its replications, and how long migration decisions took, as text or as JSON. */
import { max, mean } from 'simple-statistics';
import { timingCells } from '../experiments/harness/rows.js';
import { shortNumber } from '../figures/number-text.js';
import { intervalBounds } from '../figures/rows.js';
import {
  type Column,
  METRIC_COLUMNS,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../results/columns.js';
import type { Cell, Row } from '../results/csv.js';
import { ConfigurationSummary, type Estimate, estimate } from '../results/summary.js';
import type { EndedRun } from './record-options.js';
import { textTable } from './terminal.js';

/** A number as the tooltips of a report have it. */
const told = (value: number): string => (Number.isNaN(value) ? '-' : shortNumber(value));

const halfWidthText = ({ mean, halfWidth }: Estimate): string =>
  Number.isNaN(halfWidth) ? told(mean) : `${told(mean)} ± ${told(halfWidth)}`;

/** The interval of a metric, cut off where the metric cannot be, as figures draw it. */
function intervalText(metric: string, { mean, halfWidth }: Estimate): string {
  const row = { [`${metric}_mean`]: mean, [`${metric}_half_width`]: halfWidth };
  const { [`${metric}_lo`]: low, [`${metric}_hi`]: high } = intervalBounds(metric, row);
  return typeof low === 'number' && typeof high === 'number' ? `${told(low)} to ${told(high)}` : '-';
}

/** Names of metrics, and their intervals, are not cut. */
const WHOLE = [0, 1, 2];

/** Metrics as rows; one replication, or the mean of several with its 95 % interval. */
function metricsTable(rows: readonly Row[]): string {
  const estimates = METRIC_COLUMNS.map((column) => ({
    ...column,
    found: estimate(rows.map((row) => row[column.name] as number)),
  }));
  if (rows.length === 1)
    return textTable(
      ['metric', 'value', 'unit', 'meaning'],
      estimates.map(({ name, found, unit, doc }) => [name, told(found.mean), unit, doc]),
    );
  return textTable(
    ['metric', 'mean ± half-width', '95 % interval', 'unit', 'meaning'],
    estimates.map(({ name, found, unit, doc }) => [
      name,
      halfWidthText(found),
      intervalText(name, found),
      unit,
      doc,
    ]),
    { whole: WHOLE },
  );
}

/** Times of the migration decisions of some runs; a run counts with the mean of its decisions, as in Fig. 4. */
interface DecisionTimes {
  readonly decisions: number;
  readonly mean: Estimate;
  readonly medianMs: number;
  readonly maxMs: number;
}

/** Undefined where no decision was timed. */
function decisionTimesOf(ended: readonly EndedRun[]): DecisionTimes | undefined {
  const timings = ended.map(({ outcome }) => outcome.timing).filter(({ decisions }) => decisions > 0);
  if (timings.length === 0) return undefined;
  return {
    decisions: timings.reduce((sum, { decisions }) => sum + decisions, 0),
    mean: estimate(timings.map((timing) => timing.decisionTimeMeanMs)),
    medianMs: mean(timings.map((timing) => timing.decisionTimeMedianMs)),
    maxMs: max(timings.map((timing) => timing.decisionTimeMaxMs)),
  };
}

/** Lines below the metrics, since these numbers are of the machine and of the moment. */
function decisionTimesText(ended: readonly EndedRun[]): readonly string[] {
  const times = decisionTimesOf(ended);
  if (times === undefined) return [];
  const isOne = ended.length === 1;
  const table = textTable(
    ['time of a migration decision', isOne ? 'value' : 'mean ± half-width', 'unit', 'meaning'],
    [
      [
        'decision_time_mean_ms',
        halfWidthText(times.mean),
        'ms',
        isOne ? 'mean of the decisions' : 'mean of the decisions of a run, which is what Fig. 4 shows, in s',
      ],
      ['decision_time_median_ms', told(times.medianMs), 'ms', isOne ? 'median' : 'median, mean of the runs'],
      ['decision_time_max_ms', told(times.maxMs), 'ms', 'longest of all decisions'],
    ],
    { whole: WHOLE.slice(0, 2) },
  );
  const count = `${times.decisions} ${times.decisions === 1 ? 'decision was' : 'decisions were'} timed.`;
  return ['', `On this machine, and different each time; ${count}`, table];
}

/** Metrics, and apart from them what depends on the machine. @param ended one run or more. */
export const runText = (ended: readonly EndedRun[]): string =>
  [metricsTable(ended.map(({ row }) => row)), ...decisionTimesText(ended)].join('\n');

/** The cells of some columns in their order. */
const picked = (columns: readonly Column[], cells: Row): Readonly<Record<string, Cell>> =>
  Object.fromEntries(columns.map(({ name }) => [name, cells[name]!]));

/** An object a replication, with the columns of runs.csv in their order. */
export const rowsJson = (ended: readonly EndedRun[], withScenario: boolean): unknown =>
  ended.map(({ row }) => picked(runColumns(withScenario), row));

/**
 * `summary` has the columns of summary.csv, `timings` those of timings.csv, a row a replication, and `decision_time`
 * what these come to; `summary` is null where no run ended well, `decision_time` where no decision was timed.
 */
export function summaryJson(ended: readonly EndedRun[], withScenario: boolean): unknown {
  const times = decisionTimesOf(ended);
  return {
    summary: ended.length === 0 ? null : picked(summaryColumns(withScenario), summaryRowOf(ended)),
    timings: ended.map(({ run, row, outcome }, i) =>
      picked(TIMING_COLUMNS, { ...row, ...timingCells(run, i + 1, outcome.timing) }),
    ),
    decision_time:
      times === undefined
        ? null
        : {
            decisions: times.decisions,
            mean_ms: times.mean.mean,
            half_width_ms: times.mean.halfWidth,
            median_ms: times.medianMs,
            max_ms: times.maxMs,
          },
  };
}

function summaryRowOf(ended: readonly EndedRun[]): Row {
  const [first] = ended;
  const summary = new ConfigurationSummary(first!.row);
  for (const { row } of ended) summary.add(row);
  return summary.row();
}

/** Rows of figures, and what specs ask of them. Nothing here needs more than the rows: pages use it, too. */
import type { DecisionTime } from '../results/decision-times.js';

/** Column of the seconds of arrivals. */
export const DURATION_COLUMN = 'duration_s';

/** Column of the exponent of Zipf's law. */
export const ZIPF_EXPONENT_COLUMN = 'keys_zipf_exponent';

/** A row of what a spec draws; null is "not known". */
export type FigureRow = Readonly<Record<string, string | number | null>>;

/** A parameter that differs between the rows of a folder. */
export interface VariedParameter {
  readonly column: string;
  /** Its dotted name with its unit, as in "slo.tMax (s)". */
  readonly title: string;
  readonly isNumber: boolean;
}

/** What a folder of results holds, as figures need it. */
export interface FolderData {
  /** The `experiment` column of summary.csv. */
  readonly experiment: string;
  /** Title of the experiment, where the manifest tells it. */
  readonly title?: string;
  /** Name of the scenario file, where one was used. */
  readonly scenario?: string;
  /** A row a configuration, see `summaryRow`. */
  readonly summary: readonly FigureRow[];
  /** Parameters beside the two policies that differ between rows; all rows have their columns. */
  readonly varied: readonly VariedParameter[];
  /** Times of state-aware decisions; empty without timings.csv. */
  readonly decisions: readonly DecisionTime[];
}

/** Distinct values of a column, in the order in which they come. */
export function distinct(rows: readonly FigureRow[], column: string): (string | number)[] {
  const values = new Set(rows.map((row) => row[column]));
  return [...values].filter((value) => value !== null && value !== undefined);
}

/** How many replications a figure rests on, and of how long, in words for its subtitle. */
export function replicationsText(rows: readonly FigureRow[]): string {
  const counts = distinct(rows, 'n').map(Number);
  const durations = distinct(rows, DURATION_COLUMN);
  const long = durations.length === 0 ? '' : ` of ${durations.join(' or ')} s`;
  const largest = Math.max(...counts);
  if (largest === 1) return `One replication${long}, no intervals`;
  const smallest = Math.min(...counts);
  const range = smallest === largest ? `${largest}` : `${smallest} to ${largest}`;
  const intervals = smallest < 2 ? '95 % intervals where there are two or more' : '95 % intervals';
  return `Means of ${range} replications${long} with ${intervals}`;
}

/** A number, or null for what is not known. */
const known = (value: string | number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/**
 * The columns m_mean, m_half_width, m_lo and m_hi of a metric m of a row that has its mean and half-width. The interval
 * is cut off where the metric cannot be: below 0, and above 100 %.
 */
export function intervalBounds(metric: string, row: FigureRow): FigureRow {
  const mean = known(row[`${metric}_mean`]);
  const halfWidth = known(row[`${metric}_half_width`]);
  const hasBounds = mean !== null && halfWidth !== null;
  const most = metric.endsWith('_percent') ? 100 : Number.POSITIVE_INFINITY;
  return {
    [`${metric}_mean`]: mean,
    [`${metric}_half_width`]: halfWidth,
    [`${metric}_lo`]: hasBounds ? Math.max(0, mean - halfWidth) : null,
    [`${metric}_hi`]: hasBounds ? Math.min(most, mean + halfWidth) : null,
  };
}

/** How each metric is drawn: its axis, in words and units, and its scale. */
import type { RunMetrics } from '../core/index.js';
import { unitOfDifference } from '../results/number-text.js';
import type { FigureRow } from './rows.js';

/** Properties of a Vega-Lite scale and axis, as far as metrics differ in them. */
export interface MetricLook {
  /** Column of summary.csv without its suffix. */
  readonly column: keyof RunMetrics;
  readonly title: string;
  readonly scale: Readonly<Record<string, unknown>>;
  readonly axis: Readonly<Record<string, unknown>>;
}

/** 10 to the power of -6 to 3 as text, for the labels of a logarithmic axis. */
const POWERS = ['10⁻⁶', '10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²', '0.1', '1', '10', '100', '1000', '10⁴', '10⁵'];
export const POWER_LABEL = `datum.value == 0 ? '0' : ${JSON.stringify(POWERS)}[round(log(datum.value) / LN10) + 6]`;

/**
 * A scale that is linear from 0 to `constant` and logarithmic beyond, so that zero has a place on it.
 * Labels stand at 0 and at powers of ten.
 */
function symlog(constant: number, ticks: readonly number[]): Pick<MetricLook, 'scale' | 'axis'> {
  return {
    scale: { type: 'symlog', constant, zero: true, nice: false },
    axis: { values: ticks, labelExpr: POWER_LABEL, labelOverlap: false },
  };
}

const linear: Pick<MetricLook, 'scale' | 'axis'> = { scale: { zero: true }, axis: { tickCount: 5 } };

/** 10^-5 $ is the last digit that the paper prints of a penalty; a tick there would run into that of 0. */
const penalty = symlog(1e-5, [0, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100]);

export const PENALTY: MetricLook = {
  column: 'avg_penalty_usd_per_request',
  title: 'Penalty ($ per request)',
  ...penalty,
};
export const VIOLATIONS: MetricLook = {
  column: 'slo_violations_percent',
  title: 'SLO violations (% of completed)',
  ...linear,
};
export const REJECTED: MetricLook = {
  column: 'rejected_percent',
  title: 'Rejected (% of arrivals)',
  ...linear,
};
export const UNSERVED_OR_LATE: MetricLook = {
  column: 'unserved_or_late_percent',
  title: 'Unserved or late (% of arrivals)',
  ...linear,
};
export const MIGRATED: MetricLook = {
  column: 'migrated_data_mb',
  title: 'Migrated data (MB)',
  ...symlog(1, [0, 1, 10, 100, 1000, 1e4, 1e5]),
};
export const RESPONSE_P50: MetricLook = {
  column: 'response_time_p50_s',
  title: 'Response time, median (s)',
  ...linear,
};
export const RESPONSE_P95: MetricLook = {
  column: 'response_time_p95_s',
  title: 'Response time, 95th percentile (s)',
  ...linear,
};

/** The six panels of a figure that compares policies; the rejected share stands beside the violations. */
export const PANELS: readonly MetricLook[] = [
  PENALTY,
  VIOLATIONS,
  REJECTED,
  UNSERVED_OR_LATE,
  RESPONSE_P50,
  RESPONSE_P95,
];

/** The five metrics of Table 3; violations span three decades there, so they get a logarithmic axis too. */
export const TABLE3_PANELS: readonly MetricLook[] = [
  PENALTY,
  { ...VIOLATIONS, title: 'SLO violations (%)', ...symlog(1, [0, 1, 10, 100]) },
  MIGRATED,
  { ...RESPONSE_P50, title: 'Response, median (s)' },
  { ...RESPONSE_P95, title: 'Response, 95th pct. (s)' },
];

const KNOWN_LOOKS: readonly MetricLook[] = [...PANELS, MIGRATED];

/** Titles of metrics whose unit does not tell what it is a share of. */
const KNOWN_TITLES: Readonly<Record<string, string>> = {
  cold_starts_percent: 'Cold starts (per 100 completed)',
  late_percent: 'Served, but late (% of arrivals)',
  offloaded_percent: 'Offloaded (% of completed)',
};

/** Endings of columns that the unit tells, too. */
const UNIT_ENDING = /_(percent|s|mb|ms|usd_per_request)$/;

/** Statistics at the end of names, in words. */
const STATISTICS: Readonly<Record<string, string>> = {
  mean: 'mean',
  max: 'largest',
  p50: 'median',
  p95: '95th percentile',
};
const STATISTIC_ENDING = /_(mean|max|p50|p95)$/;

/** Words of names that are not written in lower case. */
const CASED: Readonly<Record<string, string>> = { slo: 'SLO', glpk: 'GLPK', highs: 'HiGHS' };

const UNIT_WORDS: Readonly<Record<string, string>> = { req: 'requests', '$/req': '$ per request' };

/** The name of a metric for people, wherever it stands: "Data access time, 95th percentile (s)". */
export function metricTitle({ name, unit }: { readonly name: string; readonly unit: string }): string {
  const known = KNOWN_LOOKS.find(({ column }) => column === name)?.title ?? KNOWN_TITLES[name];
  if (known !== undefined) return known;
  const bare = name.replace(UNIT_ENDING, '');
  const [, statistic] = STATISTIC_ENDING.exec(bare) ?? [];
  const words = bare.replace(STATISTIC_ENDING, '').split('_');
  const text = words.map((word) => CASED[word] ?? word).join(' ');
  const told = statistic === undefined ? text : `${text}, ${STATISTICS[statistic]}`;
  const shownUnit = unit === '-' ? '' : ` (${UNIT_WORDS[unit] ?? unit})`;
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}${shownUnit}`;
}

/** The same within a sentence: "unserved or late (% of arrivals)", "SLO violations (requests)". */
export const metricWords = (metric: { readonly name: string; readonly unit: string }): string =>
  metricTitle(metric).replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());

/** The name of the difference of two values of a metric: "Unserved or late (points, of arrivals)". */
export const differenceTitle = (metric: { readonly name: string; readonly unit: string }): string =>
  metricTitle(metric)
    .replace(/\(% of (\w+)\)$/, `(${unitOfDifference('%')}, of $1)`)
    .replace(/\(%\)$/, `(${unitOfDifference('%')})`);

/** The look of any metric: its own where a figure has one, else a linear axis from zero. */
export function lookOf(metric: { readonly name: string; readonly unit: string }): MetricLook {
  const known = KNOWN_LOOKS.find(({ column }) => column === metric.name);
  return known ?? { column: metric.name as keyof RunMetrics, title: metricTitle(metric), ...linear };
}

/** The looks of which rows have a value; all of them where none has. */
export function withValues(looks: readonly MetricLook[], rows: readonly FigureRow[]): readonly MetricLook[] {
  const known = looks.filter(({ column }) => rows.some((row) => typeof row[`${column}_mean`] === 'number'));
  return known.length === 0 ? looks : known;
}

/** The look with an axis that has a length where the metric is zero in all rows. */
export function withRoom(look: MetricLook, rows: readonly FigureRow[]): MetricLook {
  const values = rows
    .flatMap((row) => [row[`${look.column}_mean`], row[`${look.column}_hi`]])
    .filter((value) => typeof value === 'number');
  if (values.length === 0 || values.some((value) => value !== 0)) return look;
  const { type, constant } = look.scale;
  const most = type === 'symlog' ? 1000 * Number(constant) : 1;
  return { ...look, scale: { ...look.scale, domain: [0, most] } };
}

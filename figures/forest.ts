/** Forest plot of a comparison: the difference of each candidate from the baseline, with its interval. */
import { mean } from 'simple-statistics';
import { shownInterval } from '../results/paired-comparison.js';
import type { ComparisonRow, MetricName, Samples } from '../results/policy-comparison.js';
import { type ComparisonSetting, pointsNotes } from '../results/policy-comparison-table.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { differenceTitle, lookOf } from './metrics.js';
import { shortNumber } from './number-text.js';
import { comparedPairLabel } from './pair-names.js';
import type { FigureRow } from './rows.js';
import { OKABE_ITO, THEME } from './theme.js';

/** Verdicts in the order of the legend, with colour and shape. */
const VERDICTS: readonly (readonly [verdict: string, color: string, shape: string])[] = [
  ['better', OKABE_ITO.blue, 'circle'],
  ['worse', OKABE_ITO.vermillion, 'square'],
  ['practically equal', OKABE_ITO.green, 'diamond'],
  ['no difference shown', '#767676', 'triangle-up'],
  ['lower', OKABE_ITO.skyBlue, 'triangle-left'],
  ['higher', OKABE_ITO.orange, 'triangle-right'],
  ['not compared', OKABE_ITO.black, 'cross'],
];

/** Characters of a title that fit over a panel and the labels beside it. */
const TITLE_LENGTH = 52;
/** Height of one line of the plot. */
const STEP = 22;

/** "8.09 against 10 %": the means of a candidate and of the baseline. */
const meansText = ({ comparison, unit }: ComparisonRow): string =>
  `${shortNumber(comparison.candidateMean)} against ${shortNumber(comparison.baselineMean)} of the baseline${unit === '-' ? '' : ` (${unit})`}`;

/** The mean of a metric over replications; null where it is not known. */
function meanOf(samples: Samples | undefined, metric: MetricName): number | null {
  const values = samples?.[metric]?.filter(Number.isFinite) ?? [];
  return values.length === 0 ? null : mean([...values]);
}

/**
 * Rows of the plot: what is compared in words, line, metric, difference, lo, hi, verdict, n, zero, the rejected requests
 * of both, and the command, which is that of the whole comparison: p values are corrected over all of it.
 */
export function forestRows(
  rows: readonly ComparisonRow[],
  { baseline, candidates, command }: Pick<ComparisonSetting, 'baseline' | 'candidates' | 'command'>,
): readonly FigureRow[] {
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  const several = candidates.length > 1;
  return rows.map((row) => {
    const { scenario, candidate, metric, unit, comparison, verdict } = row;
    const { lo, hi } = shownInterval(comparison);
    const own = scenario.candidates[candidates.indexOf(candidate)];
    const rejected = meanOf(scenario.baseline, 'rejected_percent');
    return {
      scenario: scenario.label,
      baseline: comparedPairLabel(baseline),
      candidate: comparedPairLabel(candidate),
      line: several ? comparedPairLabel(candidate) : scenario.label,
      metric,
      metric_title: lookOf({ name: metric, unit }).title,
      difference: orNull(comparison.difference),
      lo: orNull(lo),
      hi: orNull(hi),
      means: comparison.n === 0 ? null : meansText(row),
      verdict,
      rejected_percent_mean: meanOf(own, 'rejected_percent'),
      rejected_mean: meanOf(own, 'rejected'),
      baseline_rejected: rejected === null ? null : `${shortNumber(rejected)} % of arrivals`,
      n: comparison.n,
      command: command ?? null,
      zero: 0,
    };
  });
}

/** What a tooltip calls the difference, with its unit where that is not the one of the metric. */
function differenceName(rows: readonly ComparisonRow[]): string {
  const name = 'Candidate less baseline';
  const shares = rows.filter(({ unit }) => unit === '%').length;
  if (shares === 0) return name;
  return `${name} (${shares === rows.length ? 'points' : 'points where in %'})`;
}

/** A label in lines that are no wider than a panel; it is cut at commas. */
function wrapped(label: string): readonly string[] {
  const lines = [''];
  for (const part of label.split(/(?<=,) /)) {
    const last = lines.length - 1;
    if (lines[last] === '') lines[last] = part;
    else if (lines[last].length + part.length < TITLE_LENGTH) lines[last] += ` ${part}`;
    else lines.push(part);
  }
  return lines;
}

function panel(
  rows: readonly FigureRow[],
  metric: MetricName,
  scenario: string | undefined,
  place: { readonly isFirst: boolean; readonly isTop: boolean; readonly isBottom: boolean },
  verdicts: typeof VERDICTS,
  unit: string,
): View {
  const own = rows.filter(
    (row) => row.metric === metric && (scenario === undefined || row.scenario === scenario),
  );
  const lines = [...new Set(own.map(({ line }) => String(line)))];
  const y = {
    field: 'line',
    type: 'nominal' as const,
    sort: lines,
    title: null,
    axis: { labels: place.isFirst, ticks: false, domain: false, grid: true },
  };
  const title = differenceTitle({ name: metric, unit });
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { zero: true },
    axis: { tickCount: 4 },
    title: place.isBottom ? title : null,
  });
  const scale = { domain: verdicts.map(([verdict]) => verdict) };
  const color = {
    field: 'verdict',
    type: 'nominal' as const,
    scale: { ...scale, range: verdicts.map(([, color]) => color) },
    title: 'Candidate is',
  };
  const filters = [
    `datum.metric === ${JSON.stringify(metric)}`,
    ...(scenario === undefined ? [] : [`datum.scenario === ${JSON.stringify(scenario)}`]),
  ];
  return {
    ...(place.isFirst && scenario !== undefined
      ? { title: { text: [...wrapped(scenario)], fontSize: 11, offset: 4, fontWeight: 'bold' as const } }
      : {}),
    width: 230,
    height: lines.length * STEP,
    transform: [{ filter: filters.join(' && ') }],
    layer: [
      { mark: { type: 'rule', color: '#222222', strokeWidth: 1 }, encoding: { x: x('zero') } },
      {
        mark: { type: 'rule', strokeWidth: 1.8 },
        encoding: { y, x: x('lo'), x2: { field: 'hi' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: {
          y,
          x: x('difference'),
          color,
          shape: {
            field: 'verdict',
            type: 'nominal',
            scale: { ...scale, range: verdicts.map(([, , shape]) => shape) },
            title: 'Candidate is',
          },
        },
      },
    ],
  };
}

/**
 * One column of panels a metric; with several candidates one row of panels a scenario and a line a candidate, else a
 * line a scenario.
 */
export function forestSpec(
  rows: readonly ComparisonRow[],
  setting: Pick<ComparisonSetting, 'baseline' | 'candidates'>,
  text: { readonly title: string; readonly subtitle: string | readonly string[] },
): TopLevelSpec {
  const drawn = forestRows(rows, setting);
  const metrics = [...new Map(rows.map(({ metric, unit }) => [metric, unit]))];
  const several = setting.candidates.length > 1;
  const scenarios = several ? [...new Set(rows.map(({ scenario }) => scenario.label))] : [undefined];
  const verdicts = VERDICTS.filter(([verdict]) => drawn.some((row) => row.verdict === verdict));
  return {
    $schema: SCHEMA,
    config: THEME,
    title: { text: text.title, subtitle: [text.subtitle].flat() },
    // The axes name the metric, of which a point shows a difference.
    usermeta: { told: { difference: differenceName(rows) } },
    data: { name: DATA_NAME },
    columns: metrics.length,
    concat: scenarios.flatMap((scenario, s) =>
      metrics.map(([metric, unit], m) => {
        const place = { isFirst: m === 0, isTop: s === 0, isBottom: s === scenarios.length - 1 };
        return panel(drawn, metric, scenario, place, verdicts, unit);
      }),
    ),
  };
}

/** The forest plot of a whole comparison, with its title. */
export function comparisonSpec(rows: readonly ComparisonRow[], setting: ComparisonSetting): TopLevelSpec {
  const { baseline, candidates, experiment, durationS } = setting;
  const counts = rows.map(({ scenario }) => scenario.replications);
  const range = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
  const subtitle = [
    `Candidate minus baseline ${comparedPairLabel(baseline)}, mean of ${range} paired replications of ${durationS} s, with 95 % intervals.`,
    "Verdicts at 5 % after Holm's correction.",
    ...pointsNotes(rows),
  ];
  const what =
    candidates.length === 1 ? comparedPairLabel(candidates[0]!) : `${candidates.length} candidates`;
  return forestSpec(rows, setting, { title: `${what} in experiment ${experiment}`, subtitle });
}

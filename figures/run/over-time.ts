/** What happened over time: arrivals, rejections, violations, offloads and cold starts, an interval a point. */
import type { Recording } from '../../core/recording.js';
import { DATA_NAME, type Layer, SCHEMA, type TopLevelSpec } from '../figure.js';
import { shortNumber } from '../number-text.js';
import type { FigureRow } from '../rows.js';
import { OKABE_ITO, THEME } from '../theme.js';
import {
  atLeastOne,
  CURSOR_PARAM,
  cursorLayer,
  DEFAULT_WIDTH,
  endOf,
  LABELS_WIDTH,
  type RunFigureView,
  secondsText,
  timeChannel,
} from './time-axis.js';
import { toldBands } from './told-bands.js';

const share = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

/** What is told of an interval, in the words of the panels. */
const TOLD = [
  { column: 'arrivals_per_s', title: 'Arrivals', unit: 'per s' },
  { column: 'rejected_percent', title: 'Rejected, of arrivals', unit: '%', of: 'arrivals' },
  { column: 'violations_percent', title: 'Late (violations), of executions', unit: '%', of: 'executions' },
  { column: 'offloaded_percent', title: 'Offloaded, of executions', unit: '%', of: 'executions' },
  { column: 'cold_starts_per_s', title: 'Cold starts', unit: 'per s' },
] as const;

/** The column with the text of a value. */
const textColumn = (column: string): string => `${column}_text`;

/** A row a sample: rates per second, and shares in %; a share of nothing is null. Each value has its text as well. */
export function overTimeRows({ samples }: Recording): readonly FigureRow[] {
  return samples.time_s.map((time, i) => {
    const begin = i === 0 ? 0 : samples.time_s[i - 1]!;
    const arrivals = samples.arrivals[i]!;
    const values = {
      arrivals_per_s: arrivals / (time - begin),
      rejected_percent: share(samples.rejected[i]!, arrivals),
      violations_percent: share(samples.violations[i]!, samples.started[i]!),
      offloaded_percent: share(samples.offloaded[i]!, samples.started[i]!),
      cold_starts_per_s: samples.cold_starts[i]! / (time - begin),
    };
    const texts = TOLD.map((told) => {
      const value = values[told.column];
      const text = value === null && 'of' in told ? `no ${told.of}` : `${shortNumber(value)} ${told.unit}`;
      return [textColumn(told.column), text];
    });
    const during = `${secondsText(begin)} to ${secondsText(time)}`;
    return { begin_s: begin, time_s: time, during, ...values, ...Object.fromEntries(texts) };
  });
}

/** The values of a row of `overTimeRows` in words. */
export const overTimeTold = (row: FigureRow): readonly { readonly title: string; readonly text: string }[] =>
  TOLD.map(({ column, title }) => ({ title, text: String(row[textColumn(column)]) }));

interface Line {
  readonly column: string;
  readonly label: string;
  readonly color: string;
  readonly dash: number[];
}

interface OverTimePanel {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The vertical axis reaches this at least, if that is not the highest value. */
  readonly reaches?: 1;
}

/** Shares in %: a line at the foot of a panel is next to nothing. */
const SHARE = { reaches: 1 } as const;

const PANELS: readonly OverTimePanel[] = [
  {
    title: 'Arrivals per s',
    lines: [{ column: 'arrivals_per_s', label: 'Arrivals', color: OKABE_ITO.black, dash: [1, 0] }],
  },
  {
    ...SHARE,
    title: 'Rejected, late (%)',
    lines: [
      {
        column: 'rejected_percent',
        label: 'Rejected, of arrivals',
        color: OKABE_ITO.vermillion,
        dash: [1, 0],
      },
      {
        column: 'violations_percent',
        label: 'Late (violations), of executions',
        color: OKABE_ITO.purple,
        dash: [5, 2],
      },
    ],
  },
  {
    ...SHARE,
    title: 'Offloaded (%)',
    lines: [
      {
        column: 'offloaded_percent',
        label: 'Offloaded, of executions',
        color: OKABE_ITO.blue,
        dash: [1, 0],
      },
    ],
  },
  {
    title: 'Cold starts per s',
    lines: [{ column: 'cold_starts_per_s', label: 'Cold starts', color: OKABE_ITO.green, dash: [1, 0] }],
  },
];

const PANEL_HEIGHT = 92;
/** Pixels that a line takes in a legend. */
const LEGEND_COLUMN = 190;

/** What lines are stands above their panel, each with its dashes. */
const legendOf = (lines: readonly Line[], width: number) => ({
  orient: 'top' as const,
  offset: 4,
  columns: Math.max(1, Math.floor(width / LEGEND_COLUMN)),
  symbolType: 'stroke',
  symbolSize: 240,
  encoding: {
    symbols: {
      update: {
        strokeDash: {
          signal: `${JSON.stringify(Object.fromEntries(lines.map(({ label, dash }) => [label, dash])))}[datum.value]`,
        },
      },
    },
  },
});

/** Rules of more decisions than this would be a grey area. */
const MOST_DECISIONS = 150;

/** Faint rules at the instants at which the migration policy was asked. */
const decisionsLayer = (decisions: readonly number[]): Layer => ({
  data: { values: decisions.map((decision_s) => ({ decision_s })) },
  mark: { type: 'rule', color: '#AAAAAA', strokeWidth: 0.5, tooltip: null, aria: false },
  encoding: { x: { field: 'decision_s', type: 'quantitative' } },
});

/** A line of a panel whose lines are `lines`. */
function lineLayer(
  { column, label, dash }: Line,
  title: string,
  x: object,
  lines: readonly Line[],
  width: number,
): Layer {
  const domain = lines.map((line) => line.label);
  return {
    mark: { type: 'line', strokeWidth: 1.4, strokeDash: dash, interpolate: 'step-before', aria: false },
    encoding: {
      x,
      y: {
        field: column,
        type: 'quantitative',
        title,
        axis: {
          tickCount: 4,
          minExtent: LABELS_WIDTH - 20,
          maxExtent: LABELS_WIDTH - 20,
          titlePadding: 8,
          titleX: -(LABELS_WIDTH - 12),
        },
      },
      color: {
        datum: label,
        type: 'nominal',
        scale: { domain, range: lines.map((line) => line.color) },
        legend: legendOf(lines, width),
        title: null,
      },
    },
  } as Layer;
}

/** Panels below each other with one axis of time. */
export function overTimeSpec(
  recording: Recording,
  { width = DEFAULT_WIDTH }: RunFigureView = {},
): TopLevelSpec {
  const { decisions_s: decisions, interval_s: interval } = recording;
  const withDecisions = decisions.length > 0 && decisions.length <= MOST_DECISIONS;
  const end = endOf(recording);
  const rows = overTimeRows(recording);
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'What happened over time',
      subtitle: [
        `Each value is of an interval of ${Number(interval.toPrecision(4))} s.`,
        ...(withDecisions ? ['Faint lines: the migration policy was asked.'] : []),
      ],
    },
    params: [CURSOR_PARAM],
    data: { name: DATA_NAME },
    spacing: 12,
    resolve: { scale: { color: 'independent' } },
    vconcat: PANELS.map(({ title, lines, reaches }, panel) => {
      const values = lines.flatMap(({ column }) => rows.map((row) => Number(row[column] ?? 0)));
      const most = Math.max(0, ...values);
      const isLast = panel === PANELS.length - 1;
      const x = timeChannel('time_s', end, isLast ? 'Time (s)' : null);
      const axis = { ...x.axis, labels: isLast };
      return {
        width,
        height: PANEL_HEIGHT,
        layer: [
          ...(withDecisions ? [decisionsLayer(decisions)] : []),
          ...lines.map((line) => lineLayer(line, title, { ...x, axis }, lines, width)),
          ...(most < (reaches ?? Number.MIN_VALUE) ? [atLeastOne] : []),
          cursorLayer(),
          toldBands({ ...x, axis }, 'time_s', [
            { field: 'during', type: 'nominal', title: 'From' },
            ...TOLD.map(({ column, title: name }) => ({
              field: textColumn(column),
              type: 'nominal' as const,
              title: name,
            })),
          ]),
        ],
      };
    }),
  } as TopLevelSpec;
}

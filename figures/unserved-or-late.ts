/** What Table 3 does not show: of all arrivals, how many were rejected and how many were late. */

import { DATA_NAME, type Figure, SCHEMA, type TopLevelSpec } from './figure.js';
import { distinct, type FigureRow, type FolderData, intervalBounds, replicationsText } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, OKABE_ITO, seriesOf, THEME } from './theme.js';

const REJECTED = 'Rejected';
const LATE = 'Served, but late';

const value = (row: FigureRow, column: string): number => Number(row[column] ?? 0);

/** Columns that tell a configuration, and what both of its segments tell of it. */
const SHARED = [
  'preset',
  'migration_policy',
  'offloading_policy',
  'workload',
  'popularity',
  't_max_s',
  'pair',
  'migration',
  'offloading',
  'n',
  'duration_s',
  'command',
  'rejected_mean',
  'rejected_percent_mean',
  'rejected_percent_half_width',
  'unserved_or_late_percent_mean',
  'unserved_or_late_percent_half_width',
];

/**
 * Two rows a configuration, the rejected and the late share of arrivals as segments from `from_percent` to
 * `to_percent`; the half-width is that of the segment's own length (summaries before 0.3.0 have none of late requests). The
 * interval of the sum of both goes with the second. Late is what is unserved or late and not rejected.
 */
function segments(row: FigureRow, panel: string): readonly FigureRow[] {
  const base = { ...Object.fromEntries(SHARED.map((column) => [column, row[column] ?? null])), panel };
  const rejected = value(row, 'rejected_percent_mean');
  const both = value(row, 'unserved_or_late_percent_mean');
  return [
    {
      ...base,
      outcome: REJECTED,
      from_percent: 0,
      to_percent: rejected,
      to_percent_half_width: row.rejected_percent_half_width ?? null,
      lo_percent: null,
      hi_percent: null,
    },
    {
      ...base,
      outcome: LATE,
      from_percent: rejected,
      to_percent: both,
      to_percent_half_width: row.late_percent_half_width ?? null,
      lo_percent: row.unserved_or_late_percent_lo ?? null,
      hi_percent: row.unserved_or_late_percent_hi ?? null,
    },
  ];
}

/** Whether rows are of this figure, and of one outcome. */
function isAlone(rows: readonly FigureRow[]): boolean {
  return distinct(rows, 'outcome').length === 1 && rows.every((row) => typeof row.from_percent === 'number');
}

function subtitle(rows: readonly FigureRow[]): string {
  const told = replicationsText(rows);
  if (rows.every((row) => row.hi_percent === null)) return told;
  const of = isAlone(rows) ? 'of what is shown' : 'of rejected and late requests together';
  return `${told}; intervals are those ${of}`;
}

/** A bar from 0, with the interval of its own length. */
function fromZero(row: FigureRow): FigureRow {
  const length = value(row, 'to_percent') - value(row, 'from_percent');
  const own = { own_percent_mean: length, own_percent_half_width: row.to_percent_half_width ?? null };
  const { own_percent_lo, own_percent_hi } = intervalBounds('own_percent', own);
  return {
    ...row,
    from_percent: 0,
    to_percent: length,
    lo_percent: own_percent_lo,
    hi_percent: own_percent_hi,
  };
}

/**
 * Spec and rows where the reader of a page has hidden one of the outcomes: the other stands on its own. Those of any
 * other figure, and of both outcomes, as they are.
 */
export function standingAlone(
  spec: TopLevelSpec,
  rows: readonly FigureRow[],
): { readonly spec: TopLevelSpec; readonly rows: readonly FigureRow[] } {
  if (!isAlone(rows)) return { spec, rows };
  const own = rows.map(fromZero);
  const title = { ...(spec.title as object), subtitle: subtitle(own) };
  return { spec: { ...spec, title } as TopLevelSpec, rows: own };
}

/** The panel of a configuration: what beside the pair of policies varies in its folder, in words. */
function panelsOf(summary: readonly FigureRow[]): (row: FigureRow) => string {
  const varies = (column: string) => distinct(summary, column).length > 1;
  return (row) =>
    [
      ...(varies('workload') || !varies('preset') ? [row.workload] : []),
      ...(varies('preset') ? [`Preset ${row.preset}`] : []),
      `Tₘₐₓ = ${row.t_max_s} s`,
    ].join(', ');
}

function unservedOrLate(experiment: string, title: string): Figure {
  return {
    name: `${experiment}-unserved-or-late`,
    experiment,
    rows({ summary }: FolderData) {
      const panel = panelsOf(summary);
      return summary.flatMap((row) => segments(row, panel(row)));
    },
    spec(rows) {
      const migrations = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration')).labels;
      const offloadings = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading')).labels;
      const pairs = migrations.flatMap((m) => offloadings.map((o) => `${m} + ${o}`));
      const y = { field: 'pair', type: 'nominal' as const, sort: pairs, title: null };
      const axis = { values: [0, 20, 40, 60, 80, 100] };
      return {
        $schema: SCHEMA,
        config: THEME,
        title: { text: title, subtitle: subtitle(rows) },
        data: { name: DATA_NAME },
        facet: {
          field: 'panel',
          type: 'nominal',
          sort: distinct(rows, 'panel').map(String),
        },
        columns: 2,
        spec: {
          width: 270,
          height: { step: 17 },
          layer: [
            {
              mark: { type: 'bar', height: { band: 0.68 } },
              encoding: {
                y,
                x: {
                  field: 'from_percent',
                  type: 'quantitative',
                  scale: { domain: [0, 100] },
                  axis,
                  title: 'Share of arrivals (%)',
                },
                x2: { field: 'to_percent' },
                color: {
                  field: 'outcome',
                  type: 'nominal',
                  scale: { domain: [REJECTED, LATE], range: [OKABE_ITO.blue, OKABE_ITO.orange] },
                  title: null,
                },
              },
            },
            {
              mark: { type: 'rule', strokeWidth: 1.4, color: OKABE_ITO.black },
              encoding: {
                y,
                x: { field: 'lo_percent', type: 'quantitative' },
                x2: { field: 'hi_percent' },
              },
            },
          ],
        },
      };
    },
  };
}

export const table3Unserved = unservedOrLate('table3', 'Unserved or late requests under W1');
export const fig3Unserved = unservedOrLate('fig3', 'Unserved or late requests under W2');
export const uniformUnserved = unservedOrLate('uniform', 'Unserved or late requests, uniform popularity');

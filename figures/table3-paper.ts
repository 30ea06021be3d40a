/** Every cell of Table 3: the paper's value beside ours under both presets. */
import { comparableWithPaper, PAPER_METRICS, PAPER_TABLE_3 } from '../results/paper-table3.js';
import { DATA_NAME, type Figure, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { type MetricLook, TABLE3_PANELS } from './metrics.js';
import { pointsOnIntervals } from './panels.js';
import { distinct, type FigureRow, type FolderData, replicationsText } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, OKABE_ITO, policyLabel, seriesOf, THEME } from './theme.js';

const PAPER = 'Paper';
/** Sources from top to bottom within a row, with their looks. */
const SOURCES: readonly (readonly [label: string, color: string, shape: string])[] = [
  [PAPER, OKABE_ITO.black, 'diamond'],
  ['Ours, as-published', OKABE_ITO.blue, 'circle'],
  ['Ours, as-written', OKABE_ITO.orange, 'square'],
];

/**
 * The paper's cells in the form of rows of a summary; it prints no intervals. A total of its hour is left out
 * beside runs of `durationS` seconds, if that is not an hour.
 */
function paperRows(durationS: number): readonly FigureRow[] {
  return PAPER_TABLE_3.map((row) => {
    const migration = policyLabel(MIGRATION_LOOKS, row.migration_policy);
    const offloading = policyLabel(OFFLOADING_LOOKS, row.offloading_policy);
    const out: Record<string, string | number | null> = {
      source: PAPER,
      t_max_s: row.t_max_s,
      migration_policy: row.migration_policy,
      offloading_policy: row.offloading_policy,
      migration,
      offloading,
      pair: `${migration} + ${offloading}`,
      n: null,
    };
    for (const metric of PAPER_METRICS) {
      out[`${metric}_mean`] = comparableWithPaper(metric, durationS) ? row[metric] : null;
      out[`${metric}_lo`] = null;
      out[`${metric}_hi`] = null;
    }
    return out;
  });
}

function panel(look: MetricLook, tMax: number, pairs: readonly string[], first: boolean): View {
  const labels = SOURCES.map(([label]) => label);
  const y = {
    field: 'pair',
    type: 'nominal' as const,
    sort: [...pairs],
    title: null,
    scale: { paddingInner: 0.2, paddingOuter: 0.1 },
    axis: { labels: first, ticks: false, domain: false, grid: true },
  };
  const yOffset = { field: 'source', sort: labels };
  const color = {
    field: 'source',
    type: 'nominal' as const,
    scale: { domain: labels, range: SOURCES.map(([, color]) => color) },
    title: null,
  };
  const shape = {
    field: 'source',
    type: 'nominal',
    scale: { domain: labels, range: SOURCES.map(([, , shape]) => shape) },
    title: null,
  };
  return {
    ...(first ? { title: { text: `Tₘₐₓ = ${tMax} s`, fontSize: 12, offset: 6 } } : {}),
    width: 125,
    height: pairs.length * 25,
    transform: [{ filter: `datum.t_max_s === ${tMax}` }],
    layer: pointsOnIntervals(look, { y, yOffset, color, shape }, { strokeWidth: 1.4, size: 36 }),
  };
}

function spec(rows: readonly FigureRow[]): TopLevelSpec {
  const migrations = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration')).labels;
  const offloadings = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading')).labels;
  const pairs = migrations.flatMap((m) => offloadings.map((o) => `${m} + ${o}`));
  const limits = distinct(rows, 't_max_s').map(Number);
  const withoutTotals = rows.some((row) => row.source === PAPER && row.migrated_data_mb_mean === null);
  const printed = withoutTotals
    ? 'the paper prints means only, and migrated data of 3600 s, left out'
    : 'the paper prints means only';
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Every cell of Table 3: the paper beside ours',
      subtitle: [
        `${replicationsText(rows)}; ${printed}.`,
        'Penalty, violations and migrated data: linear up to 10⁻⁵ $, 1 % and 1 MB, logarithmic beyond.',
      ],
    },
    data: { name: DATA_NAME },
    columns: TABLE3_PANELS.length,
    concat: limits.flatMap((tMax) => TABLE3_PANELS.map((look, j) => panel(look, tMax, pairs, j === 0))),
  };
}

export const table3Paper: Figure = {
  name: 'table3-paper',
  experiment: 'table3',
  rows({ summary }: FolderData) {
    const ours = summary.map((row): FigureRow => ({ ...row, source: `Ours, ${row.preset}` }));
    const limits = distinct(ours, 't_max_s');
    const durationS = Number(ours[0]?.duration_s);
    return [...paperRows(durationS).filter((row) => limits.includes(row.t_max_s!)), ...ours];
  },
  spec,
};

/** Panels that compare pairs of policies: migration down the page, offloading by colour and shape. */

import { DATA_NAME, type FigureView, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { type MetricLook, PANELS, PENALTY, withRoom, withValues } from './metrics.js';
import { distinct, type FigureRow, replicationsText } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, type Series, seriesOf, THEME } from './theme.js';

/** Pixels of a panel in a file. */
const PANEL_WIDTH = 190;
/** Height of the points of one pair, and of the gap between migration policies. */
const STEP = 13;

function panel(
  look: MetricLook,
  migrations: readonly string[],
  offloading: Series,
  withLabels: boolean,
  width: number,
): View {
  const y = {
    field: 'migration',
    type: 'nominal' as const,
    sort: [...migrations],
    scale: { paddingInner: 0.25, paddingOuter: 0.12 },
    title: null,
    axis: { labels: withLabels, ticks: false, domain: false, grid: true, bandPosition: 0.5 },
  };
  const yOffset = { field: 'offloading', sort: offloading.labels };
  const color = {
    field: 'offloading',
    type: 'nominal' as const,
    scale: { domain: offloading.labels, range: offloading.colors },
    title: 'Offloading',
  };
  return {
    width,
    height: migrations.length * (offloading.labels.length * STEP + 8),
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.6 },
        encoding: {
          y,
          yOffset,
          x: {
            field: `${look.column}_lo`,
            type: 'quantitative',
            scale: { ...look.scale },
            axis: { ...look.axis },
            title: look.title,
          },
          x2: { field: `${look.column}_hi` },
          color,
        },
      },
      {
        mark: { type: 'point', filled: true, size: 52, opacity: 1 },
        encoding: {
          y,
          yOffset,
          x: { field: `${look.column}_mean`, type: 'quantitative', title: look.title },
          color,
          shape: {
            field: 'offloading',
            type: 'nominal',
            scale: { domain: offloading.labels, range: offloading.shapes },
            title: 'Offloading',
          },
        },
      },
    ],
  };
}

/** The six panels of Fig. 2, Fig. 3 and their like: a point a pair of policies with its 95 % interval. */
export function pairsSpec(
  rows: readonly FigureRow[],
  title: string,
  { looks = PANELS, columns = 3, panelWidth = PANEL_WIDTH }: FigureView = {},
): TopLevelSpec {
  const migrations = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration')).labels;
  const offloading = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading'));
  return {
    $schema: SCHEMA,
    config: THEME,
    title: { text: title, subtitle: subtitleOf(rows, looks) },
    data: { name: DATA_NAME },
    columns,
    concat: withValues(looks, rows).map((look, i) =>
      panel(withRoom(look, rows), migrations, offloading, i % columns === 0, panelWidth),
    ),
  };
}

/** What the reader must know of the penalty's axis. */
const PENALTY_NOTE = 'Penalty: linear up to 10⁻⁵ $, logarithmic beyond.';

/** The line under a title: what the means rest on, `notes`, and what is special in an axis. */
export function subtitleOf(
  rows: readonly FigureRow[],
  looks: readonly MetricLook[],
  ...notes: readonly string[]
): string {
  const axes = looks.includes(PENALTY) ? [PENALTY_NOTE] : [];
  return [`${replicationsText(rows)}.`, ...notes, ...axes].join(' ');
}

/** Panels that compare pairs of policies: migration down the page, offloading by colour and shape. */

import type { FigureView, TopLevelSpec, View } from './figure.js';
import type { MetricLook } from './metrics.js';
import { offloadingColor, panelsSpec, pointsOnIntervals } from './panels.js';
import { distinct, type FigureRow } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, type Series, seriesOf } from './theme.js';

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
  const shape = {
    field: 'offloading',
    type: 'nominal',
    scale: { domain: offloading.labels, range: offloading.shapes },
    title: 'Offloading',
  };
  return {
    width,
    height: migrations.length * (offloading.labels.length * STEP + 8),
    layer: pointsOnIntervals(look, { y, yOffset, color: offloadingColor(offloading), shape }),
  };
}

/** The six panels of Fig. 2, Fig. 3 and their like: a point a pair of policies with its 95 % interval. */
export function pairsSpec(rows: readonly FigureRow[], title: string, view: FigureView = {}): TopLevelSpec {
  const migrations = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration')).labels;
  const offloading = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading'));
  return panelsSpec(rows, title, view, (look, width, isFirst) =>
    panel(look, migrations, offloading, isFirst, width),
  );
}

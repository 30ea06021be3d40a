/** Panels that compare the values of a parameter that is no number: values down the page, a point a pair of policies. */

import type { FigureView, TopLevelSpec, View } from './figure.js';
import type { MetricLook } from './metrics.js';
import { offloadingColor, panelsSpec, pointsOnIntervals } from './panels.js';
import { distinct, type FigureRow } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, type Series, SHAPE_AND_DASH_LEGEND, seriesOf } from './theme.js';

/** Height of the points of one pair, less where there are many, and of the gap between values. */
const STEP = 13;
const COMPACT = { from: 9, step: 9 };
const GAP = 10;

/** The parameter whose values are compared; the title of the figure says which it is. */
export interface ComparedParameter {
  /** Its column in the rows of a figure. */
  readonly column: string;
  readonly title: string;
}

interface Looks {
  readonly values: readonly string[];
  readonly pairs: readonly string[];
  readonly offloading: Series;
  readonly migration: Series;
}

function panel(
  look: MetricLook,
  compared: ComparedParameter,
  { values, pairs, offloading, migration }: Looks,
  isFirst: boolean,
  width: number,
): View {
  const y = {
    field: compared.column,
    type: 'nominal' as const,
    sort: [...values],
    scale: { paddingInner: 0.2, paddingOuter: 0.1 },
    title: null,
    axis: { labels: isFirst, ticks: false, domain: false, grid: true, bandPosition: 0.5 },
  };
  const yOffset = { field: 'pair', sort: [...pairs] };
  const shape = {
    field: 'migration',
    type: 'nominal',
    scale: { domain: migration.labels, range: migration.shapes },
    title: 'Migration',
    legend: SHAPE_AND_DASH_LEGEND,
  };
  const step = pairs.length < COMPACT.from ? STEP : COMPACT.step;
  return {
    width,
    height: values.length * (pairs.length * step + GAP),
    layer: pointsOnIntervals(look, { y, yOffset, color: offloadingColor(offloading), shape }),
  };
}

/** Panels with a group of points a value, in the order of the rows: offloading by colour, migration by shape. */
export function categoriesSpec(
  rows: readonly FigureRow[],
  title: string,
  compared: ComparedParameter,
  view: FigureView = {},
): TopLevelSpec {
  const migration = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration'));
  const offloading = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading'));
  const present = new Set(distinct(rows, 'pair'));
  const pairs = migration.labels
    .flatMap((first) => offloading.labels.map((second) => `${first} + ${second}`))
    .filter((pair) => present.has(pair));
  const all = { values: distinct(rows, compared.column).map(String), pairs, offloading, migration };
  return panelsSpec(rows, title, view, (look, width, isFirst) => panel(look, compared, all, isFirst, width));
}

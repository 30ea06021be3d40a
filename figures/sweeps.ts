/** Panels that follow pairs of policies along one parameter: offloading by colour, migration by dash and shape. */

import type { FigureView, TopLevelSpec, View } from './figure.js';
import type { MetricLook } from './metrics.js';
import { metricChannel, offloadingColor, panelsSpec } from './panels.js';
import { distinct, type FigureRow } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, type Series, SHAPE_AND_DASH_LEGEND, seriesOf } from './theme.js';

/** Pixels between neighbouring migration policies at the same value of the parameter. */
const DODGE = 3;

/** The parameter along the horizontal axis. */
export interface SweptParameter {
  /** Its column in the rows of a figure. */
  readonly column: string;
  readonly title: string;
  readonly scale: Readonly<Record<string, unknown>>;
  /** The values that are labelled; absent: those that the scale picks. */
  readonly values?: readonly number[];
}

/**
 * Labels with the digits that a value has. Twelve hide what doubles leave of sums; a format without a number of digits
 * has that of the distance between ticks, by which 2.5 beside 0 and 1 would be 3.
 */
const VALUE_FORMAT = '.12~r';

function panel(
  look: MetricLook,
  swept: SweptParameter,
  offloading: Series,
  migration: Series,
  width: number,
): View {
  const x = {
    field: swept.column,
    type: 'quantitative' as const,
    scale: { ...swept.scale, nice: false, padding: 8 },
    axis: { ...(swept.values === undefined ? {} : { values: [...swept.values] }), format: VALUE_FORMAT },
    title: swept.title,
  };
  const y = metricChannel(look);
  const color = offloadingColor(offloading);
  // Points at the same x stand side by side, lest intervals hide each other.
  const middle = (migration.labels.length - 1) / 2;
  const xOffset = {
    expr: `${DODGE} * (indexof(${JSON.stringify(migration.labels)}, datum.migration) - ${middle})`,
  };
  const byMigration = { field: 'migration', type: 'nominal' as const, title: 'Migration' };
  return {
    width,
    height: 165,
    layer: [
      {
        mark: { type: 'line', strokeWidth: 1.5, xOffset },
        encoding: {
          x,
          y: y('mean'),
          color,
          strokeDash: {
            ...byMigration,
            scale: { domain: migration.labels, range: migration.dashes },
            legend: SHAPE_AND_DASH_LEGEND,
          },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.2, xOffset },
        encoding: {
          x,
          y: y('lo'),
          y2: { field: `${look.column}_hi` },
          color,
          detail: { field: 'migration' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 34, opacity: 1, xOffset },
        encoding: {
          x,
          y: y('mean'),
          color,
          shape: {
            ...byMigration,
            scale: { domain: migration.labels, range: migration.shapes },
            legend: SHAPE_AND_DASH_LEGEND,
          },
        },
      },
    ],
  };
}

/** Panels along one parameter, a line a pair of policies. */
export function sweepSpec(
  rows: readonly FigureRow[],
  title: string,
  swept: SweptParameter,
  view: FigureView = {},
): TopLevelSpec {
  const migration = seriesOf(MIGRATION_LOOKS, distinct(rows, 'migration'));
  const offloading = seriesOf(OFFLOADING_LOOKS, distinct(rows, 'offloading'));
  return panelsSpec(rows, title, view, (look, width) => panel(look, swept, offloading, migration, width), [
    ...(migration.labels.length > 1 ? ['Points at one value stand side by side.'] : []),
  ]);
}

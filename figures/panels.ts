/** What figures share that have a panel a metric: pairs of policies, sweeps, categories, the cells of Table 3. */
import { DATA_NAME, type FigureView, type Layer, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { type MetricLook, PANELS, PENALTY, withRoom, withValues } from './metrics.js';
import { type FigureRow, replicationsText } from './rows.js';
import { type Series, THEME } from './theme.js';

/** Pixels of a panel in a file. */
const PANEL_WIDTH = 190;

/** The channel of a metric: `suffix` is "mean", or an end of the interval, "lo" or "hi". */
export const metricChannel = (look: MetricLook) => (suffix: 'mean' | 'lo' | 'hi') => ({
  field: `${look.column}_${suffix}`,
  type: 'quantitative' as const,
  scale: { ...look.scale },
  axis: { ...look.axis },
  title: look.title,
});

export const offloadingColor = ({ labels, colors }: Series) => ({
  field: 'offloading',
  type: 'nominal' as const,
  scale: { domain: labels, range: colors },
  title: 'Offloading',
});

/** Points along the horizontal axis, each on its interval. */
export function pointsOnIntervals(
  look: MetricLook,
  {
    y,
    yOffset,
    color,
    shape,
  }: { readonly y: object; readonly yOffset: object; readonly color: object; readonly shape: object },
  { strokeWidth = 1.6, size = 52 } = {},
): Layer[] {
  const x = metricChannel(look);
  return [
    {
      mark: { type: 'rule', strokeWidth },
      encoding: { y, yOffset, x: x('lo'), x2: { field: `${look.column}_hi` }, color },
    },
    {
      mark: { type: 'point', filled: true, size, opacity: 1 },
      encoding: { y, yOffset, x: x('mean'), color, shape },
    },
  ] as Layer[];
}

/** What the reader must know of the penalty's axis. */
const PENALTY_NOTE = 'Penalty: linear up to 10⁻⁵ $, logarithmic beyond.';

/**
 * A panel a metric, in rows of `columns`; below the title stands what the means rest on.
 * @param draw makes a panel; `isFirst` where it begins a row of panels.
 * @param notes sentences for the line below the title.
 */
export function panelsSpec(
  rows: readonly FigureRow[],
  title: string,
  { looks = PANELS, columns = 3, panelWidth = PANEL_WIDTH }: FigureView,
  draw: (look: MetricLook, width: number, isFirst: boolean) => View,
  notes: readonly string[] = [],
): TopLevelSpec {
  const axes = looks.includes(PENALTY) ? [PENALTY_NOTE] : [];
  return {
    $schema: SCHEMA,
    config: THEME,
    title: { text: title, subtitle: [`${replicationsText(rows)}.`, ...notes, ...axes].join(' ') },
    data: { name: DATA_NAME },
    columns,
    concat: withValues(looks, rows).map((look, i) =>
      draw(withRoom(look, rows), panelWidth, i % columns === 0),
    ),
  };
}

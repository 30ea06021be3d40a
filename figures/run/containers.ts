/** Busy and idle containers of each node over time: a small view a node. */
import type { Recording } from '../../core/recording.js';
import { DATA_NAME, type Layer, SCHEMA, type TopLevelSpec } from '../figure.js';
import { distinct, type FigureRow } from '../rows.js';
import { OKABE_ITO, THEME } from '../theme.js';
import { cellText, computeNodes, LOAD_TOLD } from './node-load.js';
import {
  atLeastOne,
  CURSOR_PARAM,
  cursorLayer,
  DEFAULT_WIDTH,
  endOf,
  LABELS_WIDTH,
  type RunFigureView,
  timeChannel,
} from './time-axis.js';
import { toldBands } from './told-bands.js';

/** With more nodes the strips of memory say more than views as small as these. */
const MOST_NODES = 24;
export const hasContainerViews = (recording: Recording): boolean =>
  computeNodes(recording).length <= MOST_NODES;

const LINES = [
  { column: 'busy_containers', label: 'Busy', color: OKABE_ITO.blue, dash: [1, 0] },
  { column: 'idle_containers', label: 'Idle', color: OKABE_ITO.orange, dash: [4, 2] },
] as const;

/** Pixels that a view and its axis need, and heights. */
const VIEW_WIDTH = 160;
const MOST_COLUMNS = 5;
const AXIS_WIDTH = 44;
const VIEW_HEIGHT = 70;

/** @param rows of `nodeLoadRows`. */
export function containersSpec(
  recording: Recording,
  rows: readonly FigureRow[],
  { width = DEFAULT_WIDTH }: RunFigureView = {},
): TopLevelSpec {
  const room = width + LABELS_WIDTH;
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(room / VIEW_WIDTH)));
  const time = timeChannel('end_s', endOf(recording));
  const x = { ...time, axis: { ...time.axis, tickCount: 3 } };
  const line = ({ column, label, dash }: (typeof LINES)[number]): Layer => ({
    mark: { type: 'line', strokeWidth: 1.4, strokeDash: [...dash], interpolate: 'step-before', aria: false },
    encoding: {
      x,
      y: {
        field: column,
        type: 'quantitative',
        title: null,
        axis: { tickCount: 3 },
      },
      color: {
        datum: label,
        type: 'nominal',
        scale: { domain: LINES.map((each) => each.label), range: LINES.map((each) => each.color) },
        title: 'Containers',
        legend: { symbolType: 'stroke' },
      },
    },
  });
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Containers of each node',
      subtitle: `Each view has a scale of its own. ${cellText(recording, rows)}`,
    },
    params: [CURSOR_PARAM],
    data: { name: DATA_NAME },
    columns,
    spacing: { row: 30, column: AXIS_WIDTH },
    bounds: 'flush',
    resolve: { scale: { y: 'independent' } },
    facet: { field: 'node', type: 'nominal', sort: distinct(rows, 'node').map(String), title: null },
    spec: {
      width: Math.floor(room / columns) - AXIS_WIDTH,
      height: VIEW_HEIGHT,
      // A node that never had a container has an axis as well.
      layer: [atLeastOne, ...LINES.map(line), cursorLayer(), toldBands(x, 'end_s', LOAD_TOLD)],
    },
  };
}

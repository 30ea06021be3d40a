/** How full the memory of each node is over time: a strip a node. */
import type { Recording } from '../../core/recording.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec } from '../figure.js';
import { distinct, type FigureRow } from '../rows.js';
import { THEME } from '../theme.js';
import { cellText } from './node-load.js';
import {
  CURSOR_PARAM,
  cursorLayer,
  DEFAULT_WIDTH,
  endOf,
  LABELS_WIDTH,
  type RunFigureView,
  timeChannel,
} from './time-axis.js';

/** Of a full node; less memory lets more of the page through, so that empty is near to a white page and to a dark one. */
const FULL = '#084C7F';
const EMPTY_TO_FULL = [0.04, 1];
const ROOMY = { nodes: 24, step: 16 };
const COMPACT_STEP = 8;
/** Whole pixels between strips, so that all of them are equally sharp. */
const GAP = 1;

/** @param rows of `nodeLoadRows`. */
export function memorySpec(
  recording: Recording,
  rows: readonly FigureRow[],
  { width = DEFAULT_WIDTH }: RunFigureView = {},
): TopLevelSpec {
  const nodes = distinct(rows, 'node').map(String);
  const step = nodes.length <= ROOMY.nodes ? ROOMY.step : COMPACT_STEP;
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Memory that containers hold, busy or idle',
      subtitle: `In % of the memory of the node. ${cellText(recording, rows)}`,
    },
    params: [CURSOR_PARAM],
    data: { name: DATA_NAME },
    width,
    height: Math.max(1, nodes.length) * step - GAP,
    layer: [
      {
        // Thousands of marks tell nothing to who hears them one by one.
        mark: { type: 'rect', color: FULL, aria: false },
        encoding: {
          x: timeChannel('begin_s', endOf(recording)),
          x2: { field: 'end_s' },
          y: {
            field: 'node',
            type: 'nominal',
            sort: nodes,
            scale: { paddingInner: GAP / step, paddingOuter: 0 },
            axis: {
              ticks: false,
              domain: false,
              minExtent: LABELS_WIDTH,
              maxExtent: LABELS_WIDTH,
              labelLimit: LABELS_WIDTH - 6,
            },
            title: null,
          },
          opacity: {
            field: 'memory_percent',
            type: 'quantitative',
            scale: { domain: [0, 100], range: EMPTY_TO_FULL, clamp: true },
            title: 'Memory held (%)',
            legend: {
              values: [0, 25, 50, 75, 100],
              columns: 5,
              symbolType: 'square',
              symbolSize: 160,
              symbolFillColor: FULL,
              symbolStrokeColor: '#AAAAAA',
              symbolStrokeWidth: 0.5,
            },
          },
          tooltip: [
            { field: 'node', type: 'nominal', title: 'Node' },
            { field: 'during', type: 'nominal', title: 'From' },
            { field: 'memory_percent', type: 'quantitative', title: 'Memory (%)' },
            { field: 'busy_containers', type: 'quantitative', title: 'Busy containers' },
            { field: 'idle_containers', type: 'quantitative', title: 'Idle containers' },
          ],
        },
      },
      cursorLayer(),
    ],
  };
}

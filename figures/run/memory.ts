/** How full the memory of each node is over time: a strip a node. */
import type { Recording } from '../../core/recording.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec } from '../figure.js';
import { distinct, type FigureRow } from '../rows.js';
import { THEME } from '../theme.js';
import { cellText, LOAD_TOLD } from './node-load.js';
import { STRIP_MARK, stripChannel, stripsHeight } from './strips.js';
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
    height: stripsHeight(nodes.length, step),
    layer: [
      {
        mark: { ...STRIP_MARK, color: FULL },
        encoding: {
          x: timeChannel('begin_s', endOf(recording)),
          x2: { field: 'end_s' },
          y: stripChannel('node', nodes, step, { labelLimit: LABELS_WIDTH - 6 }),
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
          tooltip: [...LOAD_TOLD],
        },
      },
      cursorLayer(),
    ],
  };
}

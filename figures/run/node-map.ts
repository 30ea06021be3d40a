/**
 * The map of nodes: distances stand for latencies, exactly for those of a chosen node; shapes for kinds, sizes for the keys
 * that a node holds.
 */
import { DATA_NAME, type Layer, SCHEMA, type TopLevelSpec } from '../figure.js';
import { HALO, OKABE_ITO, THEME } from '../theme.js';
import { ringRows } from './latency-rings.js';
import type { MapFrame } from './map-frame.js';
import { KINDS } from './node-colors.js';

/** The data set of lines between nodes; nodes are in `rows`. */
export const LINKS_NAME = 'links';

/** A round number of ms for a bar that is at most a fifth as wide as the map. */
function barLength(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / 5));
  return [5, 2].map((factor) => factor * power).find((length) => length <= span / 5) ?? power;
}

/** How long a ms is in the picture. */
function scaleBar({ width, height, msPerPixel }: MapFrame, x: object, y: object): Layer {
  const bar = barLength(width * msPerPixel);
  const begin = 12;
  const row = {
    bar_x: begin,
    bar_x2: begin + bar / msPerPixel,
    bar_y: height - 12,
    bar_text: `${Number(bar.toPrecision(1))} ms`,
  };
  const color = OKABE_ITO.black;
  return {
    data: { values: [row] },
    encoding: { x: { ...x, field: 'bar_x' }, y: { ...y, field: 'bar_y' } },
    layer: [
      { mark: { type: 'rule', strokeWidth: 2, color, aria: false }, encoding: { x2: { field: 'bar_x2' } } },
      {
        mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -3, color, fontSize: 11, aria: false },
        encoding: { text: { field: 'bar_text', type: 'nominal' } },
      },
    ],
  } as Layer;
}

/** Rings about the chosen node. */
function rings(frame: MapFrame, selected: number, x: object, y: object): Layer {
  const name = { x: { ...x, field: 'ring_name_x_px' }, y: { ...y, field: 'ring_name_y_px' } };
  const text = { ...name, text: { field: 'ring_name', type: 'nominal' } };
  const words = { type: 'text', fontSize: 10, tooltip: null, aria: false };
  return {
    data: { values: ringRows(frame, selected) },
    layer: [
      {
        mark: {
          type: 'arc',
          clip: true,
          fill: null,
          stroke: '#AAAAAA',
          strokeDash: [3, 3],
          theta: 0,
          theta2: 2 * Math.PI,
          tooltip: null,
          aria: false,
        },
        encoding: {
          x: { ...x, field: 'ring_x_px' },
          y: { ...y, field: 'ring_y_px' },
          radius: { field: 'ring_radius_px', type: 'quantitative', scale: null, stack: null },
        },
      },
      { mark: { ...words, ...HALO }, encoding: text },
      { mark: { ...words, color: '#444444' }, encoding: text },
    ],
  } as unknown as Layer;
}

/** A scale for all of a picture is misleading where distances in it are off by more than this. */
const MOST_ERROR_PERCENT = 10;

const SHAPES = { edge: 'circle', cloud: 'square', store: 'triangle-up' } as const;

/** What the distances of a map tell: latencies from the node `from` alone, or all with an error. */
export type MapMeaning =
  | { readonly from: number; readonly name: string }
  | { readonly medianErrorPercent: number };

const COLORS = 'Colours are those of the strips of keys.';

function subtitleOf(meaning: MapMeaning): readonly string[] {
  if ('from' in meaning)
    return [
      `Distances from ${meaning.name} are its latencies, exactly; those between other nodes, and directions, tell nothing.`,
      `The larger, the more keys are held. ${COLORS}`,
    ];
  return [
    `The nearer, the less latency; the larger, the more keys are held. ${COLORS}`,
    `Distances in the picture are off by ${Math.round(meaning.medianErrorPercent)} % in the median. Those from a chosen node are exact.`,
  ];
}

/**
 * The map, whose data sets `rows` and `links` come from `nodeMapRows` and `linkRows` (node-map-rows.ts).
 * @param frame of `centredLayout` where the meaning is that of one node, else of `nodeLayout`.
 */
export function nodeMapSpec(frame: MapFrame, meaning: MapMeaning): TopLevelSpec {
  const bare = { type: 'quantitative' as const, axis: null, title: null };
  const x = { ...bare, field: 'x_px', scale: { domain: [0, frame.width], nice: false } };
  const y = { ...bare, field: 'y_px', scale: { domain: [frame.height, 0], nice: false } };
  const link = {
    x: { ...x, field: 'link_x_px' },
    y: { ...y, field: 'link_y_px' },
    x2: { field: 'link_x2_px' },
    y2: { field: 'link_y2_px' },
  };
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Nodes and latencies',
      subtitle: [...subtitleOf(meaning)],
    },
    data: { name: DATA_NAME },
    width: frame.width,
    height: frame.height,
    layer: [
      {
        data: { name: LINKS_NAME },
        mark: { type: 'rule', color: '#AAAAAA', strokeWidth: 0.6, aria: false, tooltip: null },
        encoding: link,
      },
      {
        // Lines that nobody sees, as wide as a pointer needs to find them.
        data: { name: LINKS_NAME },
        mark: { type: 'rule', opacity: 0, strokeWidth: 9, aria: false },
        encoding: {
          ...link,
          tooltip: [
            { field: 'between', type: 'nominal', title: 'Between' },
            { field: 'link_latency', type: 'nominal', title: 'Latency, one way' },
          ],
        },
      },
      ...('from' in meaning
        ? [rings(frame, meaning.from, x, y)]
        : meaning.medianErrorPercent <= MOST_ERROR_PERCENT
          ? [scaleBar(frame, x, y)]
          : []),
      {
        transform: [{ filter: 'datum.has_leader === 1' }],
        mark: { type: 'rule', color: OKABE_ITO.black, strokeWidth: 0.8, tooltip: null, aria: false },
        encoding: {
          x: { ...x, field: 'leader_x_px' },
          y: { ...y, field: 'leader_y_px' },
          x2: { field: 'leader_x2_px' },
          y2: { field: 'leader_y2_px' },
        },
      },
      {
        mark: { type: 'point', filled: true, opacity: 1, strokeWidth: 2.5 },
        encoding: {
          x,
          y,
          size: { field: 'area_px', type: 'quantitative', scale: null },
          shape: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: [...KINDS], range: KINDS.map((kind) => SHAPES[kind]) },
            title: 'Kind',
            legend: { symbolFillColor: '#666666', symbolStrokeColor: 'transparent' },
          },
          color: { field: 'color', type: 'nominal', scale: null },
          stroke: {
            condition: { test: 'datum.is_selected === 1', value: OKABE_ITO.black },
            value: 'transparent',
          },
          description: { field: 'spoken', type: 'nominal' },
          tooltip: [
            { field: 'node', type: 'nominal', title: 'Node' },
            { field: 'kind', type: 'nominal', title: 'Kind' },
            { field: 'keys', type: 'quantitative', title: 'Keys held' },
            { field: 'latency', type: 'nominal', title: 'Latency, one way' },
            { field: 'from_node', type: 'nominal', title: 'From' },
          ],
        },
      },
      ...[HALO, { color: '#222222' }].map((look) => ({
        mark: {
          ...look,
          type: 'text' as const,
          fontSize: 11,
          tooltip: null,
          aria: false,
          align: { expr: 'datum.label_align' },
          dx: { expr: 'datum.label_dx' },
          dy: { expr: 'datum.label_dy' },
        },
        encoding: { x, y, text: { field: 'label', type: 'nominal' as const } },
      })),
    ],
  };
}

/** What the map of nodes draws: nodes with the keys that they hold, lines, and latencies as a table. */
import { placesAt } from '../../core/recorded-state.js';
import type { Recording } from '../../core/recording.js';
import type { FigureRow } from '../rows.js';
import { ringRows } from './latency-rings.js';
import { labelPlaces, type MapFrame } from './map-frame.js';

/** With more nodes than this, lines between all of them would be a grey area. */
const MOST_LINKED = 20;
/** With more nodes than this, only tooltips and the table tell names and latencies. */
const MOST_LABELLED = 60;

/** Area in square pixels of a node without keys, and what is added for all keys. */
const AREA = { empty: 70, all: 1100 };

/** How many keys each node holds at `time` (s). */
export function keysHeldAt(recording: Recording, time: number): readonly number[] {
  const held = recording.nodes.name.map(() => 0);
  for (const node of placesAt(recording, time)) held[node]!++;
  return held;
}

const milliseconds = (latency: number): string => `${Number(latency.toPrecision(3))} ms`;

/** A row a node at `time` (s), with its latency from node `selected` where one is. */
export function nodeMapRows(
  recording: Recording,
  frame: MapFrame,
  time: number,
  selected?: number,
): readonly FigureRow[] {
  const { name, kind, latency_ms: latencies } = recording.nodes;
  const held = keysHeldAt(recording, time);
  const keyCount = Math.max(1, recording.keys.name.length);
  const latencyTo = (node: number): string =>
    selected === undefined || node === selected
      ? '-'
      : milliseconds(latencies[selected * name.length + node]!);
  const labels = name.map((node, i) => {
    if (name.length > MOST_LABELLED) return '';
    return selected === undefined || i === selected ? node : `${node}: ${latencyTo(i)}`;
  });
  const areas = held.map((keys) => AREA.empty + (AREA.all * keys) / keyCount);
  const places = labelPlaces(
    frame,
    areas.map((area) => Math.sqrt(area) / 2),
    labels.map(({ length }) => length),
    {
      lines: linkRows(recording, frame, selected).map((row) => [
        [Number(row.link_x_px), Number(row.link_y_px)],
        [Number(row.link_x2_px), Number(row.link_y2_px)],
      ]),
      texts:
        selected === undefined
          ? []
          : ringRows(frame, selected).map((row) => [Number(row.ring_name_x_px), Number(row.ring_name_y_px)]),
    },
  );
  const rows = name.map((node, i) => ({
    node,
    kind: kind[i]!,
    x_px: frame.x[i]!,
    y_px: frame.y[i]!,
    keys: held[i]!,
    area_px: areas[i]!,
    is_selected: i === selected ? 1 : 0,
    from_node: selected === undefined ? '-' : name[selected]!,
    latency: latencyTo(i),
    label: labels[i]!,
    label_dx: places[i]!.dx,
    label_dy: places[i]!.dy,
    label_align: places[i]!.align,
  }));
  // What is drawn later lies above: no node hides a smaller one.
  return rows.sort((a, b) => b.area_px - a.area_px);
}

/** A row a line: from node `selected` to all others; where none is, between all if they are few. */
export function linkRows({ nodes }: Recording, { x, y }: MapFrame, selected?: number): readonly FigureRow[] {
  const count = nodes.name.length;
  if (selected === undefined && count > MOST_LINKED) return [];
  const rows: FigureRow[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (selected !== undefined && i !== selected && j !== selected) continue;
      const [from, to] = j === selected ? [j, i] : [i, j];
      rows.push({
        between: `${nodes.name[from]} and ${nodes.name[to]}`,
        link_x_px: x[i]!,
        link_y_px: y[i]!,
        link_x2_px: x[j]!,
        link_y2_px: y[j]!,
        link_latency: milliseconds(nodes.latency_ms[from * count + to]!),
      });
    }
  }
  return rows;
}

/** Nodes by their latency from `selected`, the nearest first, with the keys that they hold at `time` (s). */
export function latencyRows(recording: Recording, selected: number, time: number) {
  const { name, kind, latency_ms: latencies } = recording.nodes;
  const held = keysHeldAt(recording, time);
  return name
    .map((node, i) => ({
      index: i,
      node,
      kind: kind[i]!,
      latency_ms: latencies[selected * name.length + i]!,
      keys: held[i]!,
    }))
    .filter(({ index }) => index !== selected)
    .sort((a, b) => a.latency_ms - b.latency_ms);
}

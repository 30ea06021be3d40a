/** What the map of nodes draws: nodes with the keys that they hold, lines, and latencies as a table. */
import { placesAt } from '../../core/recorded-state.js';
import type { Recording } from '../../core/recording.js';
import type { FigureRow } from '../rows.js';
import { type LabelPlace, labelPlaces } from './label-places.js';
import { ringRows } from './latency-rings.js';
import type { MapFrame } from './map-frame.js';
import { nodeColors } from './node-colors.js';

/** With more nodes than this, lines between all of them would be a grey area. */
const MOST_LINKED = 20;
/** With more nodes than this, only some are named: so many that hold keys, and so many that are near to the chosen one. */
const MOST_NAMED = 30;
const NAMED = { holders: 20, nearest: 5 };

/** Area in square pixels of a node without keys, and what is added for all keys. */
const AREA = { empty: 70, all: 1100 };

/** How many keys each node holds at `time` (s). */
export function keysHeldAt(recording: Recording, time: number): readonly number[] {
  const held = recording.nodes.name.map(() => 0);
  for (const node of placesAt(recording, time)) held[node]!++;
  return held;
}

const milliseconds = (latency: number): string => `${Number(latency.toPrecision(3))} ms`;

/** Names of which nodes the map shows, as far as there is room. */
export interface NamedNodes {
  /** Indices, the most important first. */
  readonly nodes: readonly number[];
  /** Undefined where all are named. */
  readonly why?: {
    /** How many are named for their keys, and whether others hold keys as well. */
    readonly holders: number;
    readonly areMoreHolders: boolean;
    /** How many are named as the nearest ones to the chosen node. */
    readonly nearest: number;
  };
}

/** The nodes that the map names at `time` (s): all, or the chosen one, those that hold most keys, and the nearest ones. */
export function namedNodes(recording: Recording, time: number, selected?: number): NamedNodes {
  const { name, latency_ms: latencies } = recording.nodes;
  const held = keysHeldAt(recording, time);
  const all = name.map((_, node) => node);
  const latency = (node: number): number =>
    selected === undefined ? 0 : latencies[selected * name.length + node]!;
  const byKeys = [...all].sort((a, b) => held[b]! - held[a]! || latency(a) - latency(b) || a - b);
  const chosen = selected === undefined ? [] : [selected];
  if (name.length <= MOST_NAMED) return { nodes: [...new Set([...chosen, ...byKeys])] };
  const allHolders = byKeys.filter((node) => held[node]! > 0);
  const holders = allHolders.slice(0, NAMED.holders);
  const nearest = all
    .filter((node) => selected !== undefined && node !== selected)
    .sort((a, b) => latency(a) - latency(b) || a - b)
    .slice(0, NAMED.nearest);
  return {
    nodes: [...new Set([...chosen, ...holders, ...nearest])],
    why: {
      holders: holders.length,
      areMoreHolders: holders.length < allHolders.length,
      nearest: nearest.length,
    },
  };
}

/** Pixels from the middle of a mark of so many square pixels to its border, its line included. */
const radiusOf = (area: number): number => Math.sqrt(area / Math.PI) + 1;

/** What the rows say of the place of a text at the node at (x, y). */
function placeColumns(place: LabelPlace | undefined, x: number, y: number) {
  const { dx = 0, dy = 0, align = 'left', leader } = place ?? {};
  const [from, to] = leader ?? [
    [x, y],
    [x, y],
  ];
  return {
    label_dx: dx,
    label_dy: dy,
    label_align: align,
    has_leader: leader === undefined ? 0 : 1,
    leader_x_px: from[0],
    leader_y_px: from[1],
    leader_x2_px: to[0],
    leader_y2_px: to[1],
  };
}

/** A row a node at `time` (s), with its latency from node `selected` where one is. */
export function nodeMapRows(
  recording: Recording,
  frame: MapFrame,
  time: number,
  selected?: number,
): readonly FigureRow[] {
  const { name, kind, latency_ms: latencies } = recording.nodes;
  const held = keysHeldAt(recording, time);
  const { color } = nodeColors(recording);
  const keyCount = Math.max(1, recording.keys.name.length);
  const latencyTo = (node: number): string =>
    selected === undefined || node === selected
      ? '-'
      : milliseconds(latencies[selected * name.length + node]!);
  const latencyWords = (node: number): string =>
    selected === undefined || node === selected
      ? ''
      : `; Latency, one way: ${latencyTo(node)} from ${name[selected]}`;
  const areas = held.map((keys) => AREA.empty + (AREA.all * keys) / keyCount);
  const labels = namedNodes(recording, time, selected).nodes.map((node) => ({
    node,
    text: selected === undefined || node === selected ? name[node]! : `${name[node]}: ${latencyTo(node)}`,
  }));
  const places = labelPlaces(frame, areas.map(radiusOf), labels, {
    lines: linkRows(recording, frame, selected).map((row) => [
      [Number(row.link_x_px), Number(row.link_y_px)],
      [Number(row.link_x2_px), Number(row.link_y2_px)],
    ]),
    texts:
      selected === undefined
        ? []
        : ringRows(frame, selected).map((row) => [Number(row.ring_name_x_px), Number(row.ring_name_y_px)]),
  });
  const rows = name.map((node, i) => {
    const label = labels.findIndex((each) => each.node === i);
    const place = places[label];
    return {
      node,
      kind: kind[i]!,
      color: color[i]!,
      x_px: frame.x[i]!,
      y_px: frame.y[i]!,
      keys: held[i]!,
      area_px: areas[i]!,
      is_selected: i === selected ? 1 : 0,
      from_node: selected === undefined ? '-' : name[selected]!,
      latency: latencyTo(i),
      spoken: `Node: ${node}; Kind: ${kind[i]}; Keys held: ${held[i]}${latencyWords(i)}`,
      label: place === undefined ? '' : labels[label]!.text,
      ...placeColumns(place, frame.x[i]!, frame.y[i]!),
    };
  });
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

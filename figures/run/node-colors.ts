/** A colour a node: edge nodes cold, cloud nodes warm, the store grey, so that kinds are told apart at a glance. */
import type { NodeKind, RecordedNodes, Recording } from '../../core/recording.js';
import { keyStays } from './key-stays.js';

/**
 * Colours of a kind, apart in lightness as well as in hue, which are seen on white and on a dark page and are told apart
 * with any common colour vision deficiency.
 */
const FAMILIES: Readonly<Record<NodeKind, readonly string[]>> = {
  edge: ['#275FD2', '#5EBFF8', '#3D8EA0', '#11CF8A', '#6A89EE'],
  cloud: ['#D08626', '#9B4857', '#CBB922', '#D45D69', '#926509'],
  store: ['#9AA0A6'],
};

/** What all other nodes of a kind share: a colour that none of its own is mistaken for. */
const REST: Readonly<Record<NodeKind, string>> = { edge: '#AEB6DC', cloud: '#D9B3A0', store: '#6F757B' };

export const KINDS: readonly NodeKind[] = ['edge', 'cloud', 'store'];

/** Indices of the nodes of a kind. */
export const nodesOfKind = ({ kind }: RecordedNodes, wanted: NodeKind): readonly number[] =>
  kind.flatMap((each, node) => (each === wanted ? [node] : []));

interface LegendEntry {
  /** The name of a node, or "35 more edge nodes". */
  readonly label: string;
  readonly color: string;
}

export interface NodeColors {
  /** The colour of each node. */
  readonly color: readonly string[];
  /** Of nodes that hold a key at some time: those with a colour of their own, and those that share one. */
  readonly legend: readonly LegendEntry[];
  /** Which entry of the legend tells of each node; '' for nodes that never hold a key. */
  readonly label: readonly string[];
  /** Whether some nodes that hold keys share a colour. */
  readonly isShared: boolean;
}

/** Seconds that keys spent at each node, added up; undefined where none ever was. */
function keySeconds(recording: Recording): readonly (number | undefined)[] {
  const seconds: (number | undefined)[] = recording.nodes.name.map(() => undefined);
  for (const { node, begin, end } of keyStays(recording).flat())
    seconds[node] = (seconds[node] ?? 0) + end - begin;
  return seconds;
}

/**
 * The colours of all nodes of a run. Where a kind has more nodes than colours, those have one that hold keys most, and all
 * others of it share one.
 */
export function nodeColors(recording: Recording): NodeColors {
  const { nodes } = recording;
  const seconds = keySeconds(recording);
  const color = nodes.name.map((_, node) => REST[nodes.kind[node]!]);
  const label = nodes.name.map(() => '');
  const legend: LegendEntry[] = [];
  let isShared = false;
  for (const kind of KINDS) {
    const own = nodesOfKind(nodes, kind);
    const family = FAMILIES[kind];
    const holders = own.filter((node) => seconds[node] !== undefined);
    const byUse = [...holders].sort((a, b) => seconds[b]! - seconds[a]! || a - b);
    // Few nodes have the same colours in each run.
    const colored = own.length <= family.length ? own : byUse.slice(0, family.length).sort((a, b) => a - b);
    colored.forEach((node, i) => {
      color[node] = family[i]!;
    });
    const rest = holders.filter((node) => !colored.includes(node));
    const alone = holders.filter((node) => !rest.includes(node));
    for (const node of alone) label[node] = nodes.name[node]!;
    const restLabel = rest.length === 1 ? nodes.name[rest[0]!]! : `${rest.length} more ${kind} nodes`;
    for (const node of rest) label[node] = restLabel;
    legend.push(...alone.map((node) => ({ label: label[node]!, color: color[node]! })));
    if (rest.length > 0) legend.push({ label: restLabel, color: REST[kind] });
    isShared ||= rest.length > 1;
  }
  return { color, legend, label, isShared };
}

/** Columns of a legend of `count` entries, of which at most `most` stand side by side: rows as equal as they can be. */
export function balancedColumns(count: number, most: number): number {
  const rows = Math.ceil(count / Math.max(1, most));
  return Math.max(1, Math.ceil(count / Math.max(1, rows)));
}

/** A colour a node: edge nodes cold, cloud nodes warm, the store grey, so that kinds are told apart at a glance. */
import { scale } from 'vega';
import type { NodeKind, RecordedNodes } from '../../core/recording.js';

/**
 * Colours of a kind, apart in lightness as well as in hue, which are seen on white and on a dark page and are told apart
 * with any common colour vision deficiency; with more nodes than colours, mixtures between them.
 */
const FAMILIES: Readonly<Record<NodeKind, readonly string[]>> = {
  edge: ['#275FD2', '#5EBFF8', '#3D8EA0', '#11CF8A', '#6A89EE'],
  cloud: ['#D08626', '#9B4857', '#CBB922', '#D45D69', '#926509'],
  store: ['#9AA0A6'],
};

export const KINDS: readonly NodeKind[] = ['edge', 'cloud', 'store'];

/** Nodes of a kind that a legend names where there are too many for one. */
const NAMED_OF_KIND = 6;
/** Nodes that a legend has room for. */
const LEGEND_NODES = 30;

/** Indices of the nodes of a kind. */
export const nodesOfKind = ({ kind }: RecordedNodes, wanted: NodeKind): readonly number[] =>
  kind.flatMap((each, node) => (each === wanted ? [node] : []));

/** The colours of all nodes. */
export function nodeColors(nodes: RecordedNodes): readonly string[] {
  const colors = nodes.name.map(() => '');
  for (const kind of KINDS) {
    const family = FAMILIES[kind];
    const own = nodesOfKind(nodes, kind);
    const mixed: (place: number) => string = scale('linear')()
      .domain(family.map((_, i) => i))
      .range(family);
    const distance = own.length <= family.length ? 1 : (family.length - 1) / (own.length - 1);
    own.forEach((node, i) => {
      colors[node] = family.length === 1 ? family[0]! : mixed(i * distance);
    });
  }
  return colors;
}

/** The nodes that a legend names: all, or some of each kind. */
export function legendNodes(nodes: RecordedNodes): readonly string[] {
  if (nodes.name.length <= LEGEND_NODES) return nodes.name;
  return KINDS.flatMap((kind) => {
    const own = nodesOfKind(nodes, kind);
    const step = Math.max(1, Math.floor(own.length / NAMED_OF_KIND));
    return own.filter((_, i) => i % step === 0).map((node) => nodes.name[node]!);
  });
}

/** Columns of a legend of `count` entries, of which at most `most` stand side by side: rows as equal as they can be. */
export function balancedColumns(count: number, most: number): number {
  const rows = Math.ceil(count / Math.max(1, most));
  return Math.max(1, Math.ceil(count / Math.max(1, rows)));
}

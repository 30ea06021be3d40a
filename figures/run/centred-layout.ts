/** Points for nodes around one of them, whose distances to it are exactly its latencies. */
import type { RecordedNodes } from '../../core/recording.js';
import type { NodePoints } from './node-layout.js';

/** Nodes stand at up to so many degrees above and below the axis through the middle one. */
const MOST_DEGREES = 65;

/** Places on one side: angles in degrees above the axis, those near to it first. */
const anglesOf = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => MOST_DEGREES * ((2 * i + 1) / count - 1)).sort(
    (a, b) => Math.abs(a) - Math.abs(b),
  );

/**
 * Node `selected` in the origin, edge nodes on its left and all others on its right, each at its one-way latency from it in ms.
 * Angles tell nothing: the farthest nodes are next to the axis, so that a wide picture has room for them.
 */
export function centredLayout({ name, kind, latency_ms }: RecordedNodes, selected: number): NodePoints {
  const count = name.length;
  const latencies = latency_ms.slice(selected * count, (selected + 1) * count);
  const x = name.map(() => 0);
  const y = name.map(() => 0);
  for (const side of [-1, 1]) {
    const own = name
      .map((_, node) => node)
      .filter((node) => node !== selected && (kind[node] === 'edge') === (side === -1))
      .sort((a, b) => latencies[b]! - latencies[a]! || a - b);
    const angles = anglesOf(own.length);
    own.forEach((node, i) => {
      const angle = (angles[i]! * Math.PI) / 180;
      x[node] = side * latencies[node]! * Math.cos(angle);
      y[node] = latencies[node]! * Math.sin(angle);
    });
  }
  return { x, y };
}

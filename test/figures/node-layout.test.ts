import t from 'tap';
import { centredLayout } from '../../figures/run/centred-layout.js';
import { type LabelPlace, labelPlaces, mapFrame } from '../../figures/run/map-frame.js';
import { nodeLayout } from '../../figures/run/node-layout.js';
import { recordingOf, SMALL } from './recordings.js';

/** Nodes whose latencies are distances of points in a plane. */
function plane(points: readonly (readonly [number, number])[]) {
  return {
    ...SMALL.nodes,
    name: points.map((_, i) => `n${i}`),
    latency_ms: points.flatMap(([x, y]) => points.map(([u, v]) => Math.hypot(x - u, y - v))),
  };
}

/** Points that no line and no lattice holds. */
const points = (count: number) =>
  Array.from({ length: count }, (_, i): [number, number] => [(i * 37) % 101, (i * i * 13) % 59]);

t.test('latencies that are distances in a plane are drawn as they are', async (t) => {
  for (const count of [3, 11, 40]) {
    const { x, y, medianErrorPercent } = nodeLayout(plane(points(count)));
    t.ok(medianErrorPercent < 1, `${count} nodes: ${medianErrorPercent} %`);
    t.ok(Math.max(...x) - Math.min(...x) >= Math.max(...y) - Math.min(...y) - 1, 'they spread along x');
    t.ok(x[0] <= 0, 'the first is on the left');
  }
});

t.test('a layout is the same each time, and finite for latencies that no plane has', async (t) => {
  const { nodes } = recordingOf({ duration: 1 });
  const layout = nodeLayout(nodes);
  t.same(nodeLayout(nodes), layout);
  t.ok([...layout.x, ...layout.y].every(Number.isFinite));
  t.ok(layout.medianErrorPercent > 1 && layout.medianErrorPercent < 60);
});

t.test('one node, and nodes at one place, have a picture as well', async (t) => {
  for (const nodes of [
    plane([[0, 0]]),
    plane([
      [1, 1],
      [1, 1],
      [1, 1],
    ]),
  ]) {
    const layout = nodeLayout(nodes);
    const frame = mapFrame(layout, 600);
    t.equal(layout.medianErrorPercent, 0);
    t.ok([...frame.x, ...frame.y, frame.height].every(Number.isFinite));
  }
});

t.test(
  'a ms is as long along one axis of the map as along the other, and all nodes are inside',
  async (t) => {
    const layout = nodeLayout(plane(points(12)));
    for (const width of [320, 1100]) {
      const { x, y, height, msPerPixel } = mapFrame(layout, width);
      for (const node of [3, 7, 11]) {
        const pixels = Math.hypot(x[node] - x[0], y[node] - y[0]);
        const wanted = Math.hypot(layout.x[node] - layout.x[0], layout.y[node] - layout.y[0]);
        t.ok(Math.abs(pixels * msPerPixel - wanted) < 1e-6);
      }
      t.ok(x.every((value) => value > 0 && value < width));
      t.ok(y.every((value) => value > 0 && value < height));
    }
  },
);

t.test('names keep clear of other nodes and of the border', async (t) => {
  const frame = { width: 300, height: 200, msPerPixel: 1, x: [100, 115, 290], y: [100, 100, 100] };
  const places: readonly LabelPlace[] = labelPlaces(frame, [5, 5, 5], [6, 6, 6]);
  t.equal(places[0].align, 'right', 'the node on its right is in the way');
  t.equal(places[1].align, 'left');
  t.equal(places[2].align, 'right', 'the border is in the way');
});

t.test('names keep clear of lines and of other texts', async (t) => {
  const frame = { width: 300, height: 200, msPerPixel: 1, x: [100, 160], y: [100, 100] };
  const lines = [
    [
      [100, 100],
      [160, 100],
    ],
  ] as const;
  const places = labelPlaces(frame, [5, 5], [6, 6], { lines, texts: [[80, 100]] });
  t.same([places[0].align, places[0].dy < 0], ['center', true], 'a line on the right, a text on the left');
  t.equal(places[1].align, 'left');
});

t.test('around a chosen node distances in pixels are its latencies, in any width', async (t) => {
  const { nodes } = recordingOf({ duration: 1 });
  const count = nodes.name.length;
  for (const width of [280, 1080])
    for (let from = 0; from < count; from++) {
      const { x, y, height, msPerPixel } = mapFrame(centredLayout(nodes, from), width);
      const worst = x.reduce((most, _, to) => {
        const drawn = Math.hypot(x[to] - x[from], y[to] - y[from]) * msPerPixel;
        return Math.max(most, Math.abs(drawn - nodes.latency_ms[from * count + to]));
      }, 0);
      t.ok(worst < 1e-9, `from ${nodes.name[from]}: off by ${worst} ms`);
      t.ok(x.every((value) => value > 0 && value < width) && y.every((value) => value > 0 && value < height));
    }
});

import t from 'tap';
import { gapBetween } from '../../figures/run/boxes.js';
import { centredLayout } from '../../figures/run/centred-layout.js';
import { labelPlaces } from '../../figures/run/label-places.js';
import { mapFrame } from '../../figures/run/map-frame.js';
import { nodeLayout } from '../../figures/run/node-layout.js';
import { keysHeldAt, latencyRows, namedNodes, nodeMapRows } from '../../figures/run/node-map-rows.js';
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

/** Names of so many letters for the first nodes of a picture. */
const named = (...letters: readonly number[]) =>
  letters.map((count, node) => ({ node, text: 'x'.repeat(count) }));

t.test('names keep clear of other nodes and of the border', async (t) => {
  const frame = { width: 300, height: 200, msPerPixel: 1, x: [100, 115, 290], y: [100, 100, 100] };
  const places = labelPlaces(frame, [5, 5, 5], named(6, 6, 6));
  t.equal(places[0]?.align, 'right', 'the node on its right is in the way');
  t.equal(places[1]?.align, 'left');
  t.equal(places[2]?.align, 'right', 'the border is in the way');
});

t.test('names keep clear of lines and of other texts', async (t) => {
  const frame = { width: 300, height: 200, msPerPixel: 1, x: [100, 160], y: [100, 100] };
  const lines = [
    [
      [100, 100],
      [160, 100],
    ],
  ] as const;
  const [first, second] = labelPlaces(frame, [5, 5], named(6, 6), { lines, texts: [[80, 100]] });
  t.same([first?.align, first!.dy < 0], ['center', true], 'a line on the right, a text on the left');
  t.equal(second?.align, 'left');
});

t.test('a node among others has its name at the end of a line; one that has no room has none', async (t) => {
  const around = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => (Math.PI * i) / 4);
  const x = [150, ...around.map((angle) => 150 + 30 * Math.cos(angle))];
  const y = [100, ...around.map((angle) => 100 + 30 * Math.sin(angle))];
  const radius = x.map(() => 5);
  const [inner] = labelPlaces({ width: 300, height: 200, msPerPixel: 1, x, y }, radius, named(6));
  t.ok(inner?.leader);
  t.same(labelPlaces({ width: 30, height: 20, msPerPixel: 1, x: [15], y: [10] }, [5], named(6)), [undefined]);
});

type Rows = ReturnType<typeof nodeMapRows>;

/** What is wrong with the names of a map, in words. */
function wrongNames(rows: Rows, { width, height }: { readonly width: number; readonly height: number }) {
  const nodes = rows.map((row) => {
    const [x, y, half] = [Number(row.x_px), Number(row.y_px), Math.sqrt(Number(row.area_px)) / 2];
    const long = 5.5 * String(row.label).length;
    const left =
      x + Number(row.label_dx) - { left: 0, right: long, center: long / 2 }[String(row.label_align)]!;
    const top = y + Number(row.label_dy) - 6;
    return {
      name: String(row.node),
      label: String(row.label),
      hasLeader: row.has_leader === 1,
      mark: { left: x - half, right: x + half, top: y - half, bottom: y + half },
      text: { left, right: left + long, top, bottom: top + 12 },
    };
  });
  const shown = nodes.filter(({ label }) => label !== '');
  return shown.flatMap((own) => [
    ...(own.text.left < 0 || own.text.right > width || own.text.top < 0 || own.text.bottom > height
      ? [`${own.label} leaves the picture`]
      : []),
    ...nodes.flatMap((other) => {
      if (other === own) return [];
      const gap = gapBetween(own.text, other.mark);
      if (gap === 0) return [`${own.label} covers ${other.name}`];
      return !own.hasLeader && gap <= gapBetween(own.text, own.mark)
        ? [`${own.label} is nearer to ${other.name}`]
        : [];
    }),
    ...shown
      .filter((other) => other !== own && gapBetween(own.text, other.text) === 0)
      .map((other) => `${own.label} covers ${other.label}`),
  ]);
}

t.test(
  'each name of a map is nearest to its own node or has a line to it, and none covers another',
  async (t) => {
    const usual = recordingOf({ duration: 300, migration: 'random', randomMoves: 'all-once' });
    const many = recordingOf({ duration: 130, edgeNodes: 40, cloudNodes: 40, migration: 'state-aware' });
    for (const recording of [usual, many])
      for (const width of [280, 640, 1080]) {
        const { nodes } = recording;
        for (const from of [
          undefined,
          ...nodes.name.map((_, node) => node).filter((node) => node % 6 === 0),
        ]) {
          const layout = from === undefined ? nodeLayout(nodes) : centredLayout(nodes, from);
          const frame = mapFrame(layout, width);
          const rows = nodeMapRows(recording, frame, 130, from);
          t.same(wrongNames(rows, frame), [], `from ${from}, ${width} pixels`);
          const names = rows.filter(({ label }) => label !== '').map(({ node }) => node);
          const { nodes: wanted } = namedNodes(recording, 130, from);
          const missing = wanted.map((node) => nodes.name[node]!).filter((name) => !names.includes(name));
          const [chosen] = from === undefined ? [] : [nodes.name[from]];
          const held = rows.filter(({ keys, node }) => Number(keys) > 0 || node === chosen);
          t.ok(
            held.every(({ label }) => label !== ''),
            'those with keys and the chosen one are named',
          );
          const mostMissing = recording === usual ? 0 : width < 640 ? 4 : 2;
          t.ok(missing.length <= mostMissing, `no room for [${missing}] from ${from}, ${width} pixels`);
        }
      }
  },
);

t.test('of many nodes those are named that hold keys, the chosen one and the nearest to it', async (t) => {
  const many = recordingOf({ duration: 130, edgeNodes: 40, cloudNodes: 40, migration: 'state-aware' });
  const held = keysHeldAt(many, 130);
  const holders = held.flatMap((keys, node) => (keys > 0 ? [node] : []));
  const chosen = held.indexOf(0);
  const nearest = latencyRows(many, chosen, 130).slice(0, 5);
  const { nodes, why } = namedNodes(many, 130, chosen);
  t.same(new Set(nodes), new Set([chosen, ...holders, ...nearest.map(({ index }) => index)]));
  t.same(why, { holders: holders.length, areMoreHolders: false, nearest: 5 });
  t.same(new Set(namedNodes(many, 130).nodes), new Set(holders), 'no node is chosen');
  t.equal(namedNodes(SMALL, 0, 1).nodes.length, 4, 'of few nodes all');
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

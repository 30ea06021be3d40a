import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { placesAt } from '../../core/index.js';
import type { Recording } from '../../core/recording.js';
import { containersSpec, hasContainerViews } from '../../figures/run/containers.js';
import { keyAccesses, nodeDistances } from '../../figures/run/data-distance.js';
import { chooseKeys, firstChoice, keyPlaceRows, keyPlacesSpec } from '../../figures/run/key-places.js';
import { mapFrame } from '../../figures/run/map-frame.js';
import { memorySpec } from '../../figures/run/memory.js';
import { legendNodes, nodeColors } from '../../figures/run/node-colors.js';
import { nodeLoadRows } from '../../figures/run/node-load.js';
import { latencyRows, linkRows, nodeMapRows, nodeMapSpec } from '../../figures/run/node-map.js';
import { overTimeRows, overTimeSpec } from '../../figures/run/over-time.js';
import { recordingOf, SMALL } from './recordings.js';
import { checkSpec } from './spec-checks.js';

const ALL = [0, 1, 2];
const LAYOUT = { x: [0, 8, -8, 0], y: [0, 6, 6, 50], medianErrorPercent: 12.4 };
const FRAME = mapFrame(LAYOUT, 640);

const MANY_NODES = recordingOf({ duration: 60, edgeNodes: 30, cloudNodes: 70, functionCount: 20 });

t.test(
  'specs of one run name columns of their rows, compile without a warning and are the golden ones',
  async (t) => {
    const places = keyPlaceRows(SMALL, ALL);
    const load = nodeLoadRows(SMALL);
    const map = [...nodeMapRows(SMALL, FRAME, 20, 0), ...linkRows(SMALL, FRAME, 0)];
    checkSpec(t, 'run-key-places', keyPlacesSpec(SMALL, places), places);
    checkSpec(t, 'run-over-time', overTimeSpec(SMALL), overTimeRows(SMALL));
    checkSpec(t, 'run-memory', memorySpec(SMALL, load), load);
    checkSpec(t, 'run-containers', containersSpec(SMALL, load), load);
    checkSpec(t, 'run-node-map', nodeMapSpec(FRAME, LAYOUT.medianErrorPercent), map);
  },
);

t.test('a strip of a key is its places one after the other', async (t) => {
  const rows = keyPlaceRows(SMALL, [0, 2]).map(({ key, node, begin_s, end_s, moved, came_from }) => [
    key,
    node,
    begin_s,
    end_s,
    moved,
    came_from,
  ]);
  t.same(rows, [
    ['k1', 'store', 0, 10, 0, 'there from the start'],
    ['k1', 'a', 10, 20, 1, 'store'],
    ['k1', 'b', 20, 40, 1, 'a'],
    ['k3', 'store', 0, 40, 0, 'there from the start'],
  ]);
});

t.test('strips of a run show at each instant where keys are', async (t) => {
  const recording = recordingOf({ duration: 600, migration: 'random', randomMoves: 'all-once' });
  const rows = keyPlaceRows(recording, chooseKeys(recording, 'all').keys);
  t.ok(recording.moves.key.length > 100);
  for (const time of [0, 119, 120, 240, 355.5, 599]) {
    const there = rows.filter(({ begin_s, end_s }) => Number(begin_s) <= time && time < Number(end_s));
    const shown = Object.fromEntries(there.map(({ key, node }) => [key, node]));
    const places = placesAt(recording, time).map((node, key) => [
      recording.keys.name[key],
      recording.nodes.name[node],
    ]);
    t.ok(isDeepStrictEqual(shown, Object.fromEntries(places)), `at ${time} s`);
  }
});

t.test(
  'keys stand by the function that accesses them most; keys that nobody accesses come last',
  async (t) => {
    t.same(chooseKeys(SMALL, 'all'), { keys: [0, 1, 2], leftOut: 0, notChosen: 0 });
    t.same(chooseKeys(SMALL, 'moved').keys, [0, 1]);
    t.same(chooseKeys(SMALL, { function: 1 }), { keys: [1], leftOut: 0, notChosen: 2 });
    const names = keyPlaceRows(SMALL, [1]).map(({ accessed_by }) => accessed_by);
    t.equal(names[0], 'g (p = 0.75), f (p = 0.5)', 'a tooltip names the likeliest function first');
  },
);

/** A run of `count` keys, of which the second half moved once a second. */
function manyKeys(count: number, moves: number): Recording {
  const moved = Array.from({ length: moves }, (_, i) => (count >> 1) + (i % (count - (count >> 1))));
  return {
    ...SMALL,
    keys: {
      name: Array.from({ length: count }, (_, key) => `k${key}`),
      size_b: Array.from({ length: count }, () => 1),
      place: Array.from({ length: count }, () => 3),
    },
    moves: {
      time_s: moved.map((_, i) => (30 * i) / moves),
      key: moved,
      from: moved.map(() => 3),
      to: moved.map((_, i) => i % 3),
    },
  };
}

t.test('of many keys and moves so many are shown as a page can draw, and the rest is counted', async (t) => {
  const many = manyKeys(1000, 500);
  t.equal(firstChoice(SMALL), 'all');
  t.equal(firstChoice(many), 'busy');
  const busy = chooseKeys(many, 'busy');
  t.equal(busy.keys.length, 150);
  t.equal(busy.keys.length + busy.leftOut, 502, 'two are accessed, 500 moved');
  t.ok(busy.keys.includes(0) && busy.keys.includes(1), 'accessed keys are among them');
  const restless = manyKeys(20, 9000);
  const { keys, leftOut } = chooseKeys(restless, 'moved');
  t.ok(keys.length < 10 && leftOut === 10 - keys.length);
  t.ok(keyPlaceRows(restless, keys).length < 6000);
});

t.test(
  'rates and shares over time are those of their interval; a share of nothing is not known',
  async (t) => {
    const rows = overTimeRows(SMALL);
    t.same(rows[0], {
      begin_s: 0,
      time_s: 10,
      arrivals_per_s: 1,
      rejected_percent: 20,
      violations_percent: 50,
      offloaded_percent: 100,
      cold_starts_per_s: 0.4,
    });
    t.match(rows[3], { arrivals_per_s: 0, rejected_percent: null, offloaded_percent: 100 });
  },
);

t.test('the memory of a node is told in % of its own, and the store has none', async (t) => {
  const rows = nodeLoadRows(SMALL);
  t.same([...new Set(rows.map(({ node }) => node))], ['a', 'b', 'c']);
  const cloud = rows.filter(({ node }) => node === 'c');
  t.same(
    cloud.map(({ memory_percent }) => memory_percent),
    [50, 50, 50, 50],
  );
  t.same(
    cloud.map(({ idle_containers }) => idle_containers),
    [0, 2, 4, 4],
  );
});

t.test(
  'with many nodes cells are means of several samples, and views of containers are left out',
  async (t) => {
    const rows = nodeLoadRows(MANY_NODES);
    t.ok(rows.length <= 4000, `${rows.length} cells`);
    t.equal(hasContainerViews(MANY_NODES), false);
    const [first] = rows;
    const nodeCount = MANY_NODES.nodes.name.length;
    const samples = MANY_NODES.samples.time_s.filter((time) => time <= Number(first.end_s)).length;
    t.ok(samples > 1);
    const busy = Array.from(
      { length: samples },
      (_, sample) => MANY_NODES.node_samples.busy_containers[sample * nodeCount],
    );
    const mean = busy.reduce((sum, value) => sum + value, 0) / samples;
    t.ok(Math.abs(Number(first.busy_containers) - mean) <= 0.05);
  },
);

t.test('colours tell kinds of nodes apart, and few nodes from each other', async (t) => {
  const few = nodeColors(recordingOf({ duration: 1 }).nodes);
  t.equal(new Set(few).size, 11);
  t.equal(few[10], nodeColors(SMALL.nodes)[3], 'a store is grey');
  const many = nodeColors(MANY_NODES.nodes);
  t.ok(many.every((color) => /^(#|rgb)/.test(color)));
  t.ok(legendNodes(MANY_NODES.nodes).length < 20, 'a legend has room for some of many nodes');
  t.equal(legendNodes(SMALL.nodes).length, 4);
});

t.test('the map has the chosen node, sizes by keys held, and lines between few nodes', async (t) => {
  const rows = nodeMapRows(SMALL, FRAME, 20, 0);
  t.same(
    rows.map(({ keys }) => keys),
    [0, 1, 1, 1],
  );
  t.same(
    rows.map(({ label }) => label),
    ['a', 'b: 10 ms', 'c: 10 ms', 'store: 50 ms'],
  );
  t.equal(linkRows(SMALL, FRAME, 0).length, 6);
  t.same(
    latencyRows(SMALL, 1, 0).map(({ node, latency_ms, keys }) => [node, latency_ms, keys]),
    [
      ['a', 10, 0],
      ['c', 20, 0],
      ['store', 50, 3],
    ],
  );
});

t.test('the data distance table of a function is that of its keys at that instant', async (t) => {
  // From a: k1 on the store costs 2 x 50 + 1 ms, k2 half as often 2 x 50 + 2 ms.
  const atStart = nodeDistances(SMALL, 0, 0);
  t.same(
    atStart.map(({ name, meets }) => [name, meets]),
    [
      ['a', false],
      ['b', false],
      ['c', false],
    ],
  );
  t.ok(Math.abs(atStart[0].expectedMs - 152) < 1e-9);
  // At 20 s k1 is on b and k2 on c: 0.5 x 42 ms from b, 21 + 0.5 x 22 ms from a, and 41 ms from c.
  t.same(
    nodeDistances(SMALL, 0, 20).map(({ name, expectedMs, meets }) => [name, Math.round(expectedMs), meets]),
    [
      ['b', 21, true],
      ['a', 32, true],
      ['c', 41, true],
    ],
  );
  t.same(
    keyAccesses(SMALL, 0, 10, 1).map(({ key, place, accessMs }) => [key, place, Math.round(accessMs)]),
    [
      ['k1', 'a', 21],
      ['k2', 'store', 102],
    ],
  );
});

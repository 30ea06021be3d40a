import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { placesAt } from '../../core/index.js';
import type { Recording } from '../../core/recording.js';
import { compileSpec } from '../../figures/render.js';
import { centredLayout } from '../../figures/run/centred-layout.js';
import { containersSpec, hasContainerViews } from '../../figures/run/containers.js';
import { keyAccesses, nodeDistances } from '../../figures/run/data-distance.js';
import { chooseKeys, firstChoice, keyPlaceRows, keyPlacesSpec } from '../../figures/run/key-places.js';
import { ringRows } from '../../figures/run/latency-rings.js';
import { mapFrame } from '../../figures/run/map-frame.js';
import { memorySpec } from '../../figures/run/memory.js';
import { balancedColumns, nodeColors } from '../../figures/run/node-colors.js';
import { loadAt, nodeLoadRows } from '../../figures/run/node-load.js';
import { nodeMapSpec } from '../../figures/run/node-map.js';
import { latencyRows, linkRows, nodeMapRows } from '../../figures/run/node-map-rows.js';
import { notableRequest } from '../../figures/run/notable-request.js';
import { overTimeRows, overTimeSpec, overTimeTold } from '../../figures/run/over-time.js';
import { intervalAt } from '../../figures/run/time-axis.js';
import { recordingOf, SMALL } from './recordings.js';
import { checkSpec } from './spec-checks.js';

const ALL = [0, 1, 2];
const FRAME = mapFrame(centredLayout(SMALL.nodes, 0), 640);
const FROM_A = { from: 0, name: 'a' };

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
    checkSpec(t, 'run-node-map', nodeMapSpec(FRAME, FROM_A), map);
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
  t.equal(firstChoice(SMALL), 'busy');
  const nobody = { function: [], key: [], probability: [] };
  t.equal(firstChoice({ ...manyKeys(4, 0), accesses: nobody }), 'all', 'where nothing is accessed or moved');
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
      during: '0 s to 10 s',
      arrivals_per_s: 1,
      rejected_percent: 20,
      violations_percent: 50,
      offloaded_percent: 100,
      cold_starts_per_s: 0.4,
      arrivals_per_s_text: '1 per s',
      rejected_percent_text: '20 %',
      violations_percent_text: '50 %',
      offloaded_percent_text: '100 %',
      cold_starts_per_s_text: '0.4 per s',
    });
    t.match(rows[3], { arrivals_per_s: 0, rejected_percent: null, offloaded_percent: 100 });
    t.match(rows[3], { rejected_percent_text: 'no arrivals', offloaded_percent_text: '100 %' });
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

/** Distance of two colours in red, green and blue. */
function colorDistance(a: string, b: string): number {
  const parts = (color: string) =>
    [1, 3, 5].map((begin) => Number.parseInt(color.slice(begin, begin + 2), 16));
  return Math.hypot(...parts(a).map((part, i) => part - parts(b)[i]));
}

/** The nodes at which a key is at some time. */
const holdersOf = (recording: Recording) =>
  new Set(keyPlaceRows(recording, chooseKeys(recording, 'all').keys).map(({ node }) => String(node)));

t.test(
  'few nodes have the same colours in each run, and the legend names those that hold keys',
  async (t) => {
    const one = recordingOf({ duration: 1 });
    const few = nodeColors(one);
    t.equal(new Set(few.color).size, 11);
    t.same(
      few.legend.map(({ label }) => label),
      ['store'],
      'keys stay where they are at first',
    );
    t.equal(few.color[10], nodeColors(SMALL).color[3], 'a store is grey');
    t.same(
      nodeColors(SMALL).legend.map(({ label }) => label),
      ['a', 'b', 'c', 'store'],
    );
    const moved = recordingOf({ duration: 300, migration: 'random', randomMoves: 'all-once' });
    t.same(nodeColors(moved).color, few.color);
  },
);

t.test('the legend of many nodes leads to the node that holds a key, and to no other', async (t) => {
  const sizes = { duration: 300, edgeNodes: 30, cloudNodes: 20, functionCount: 20 };
  const gathered = recordingOf({ ...sizes, migration: 'state-aware' });
  const scattered = recordingOf({ ...sizes, migration: 'random', randomMoves: 'all-once' });
  for (const recording of [gathered, scattered]) {
    const { nodes } = recording;
    const { legend, label, color, isShared } = nodeColors(recording);
    const holders = holdersOf(recording);
    t.equal(isShared, recording === scattered);
    t.same(
      nodes.name.filter((_, node) => label[node] !== ''),
      nodes.name.filter((name) => holders.has(name)),
      'all that hold keys are in the legend, and no other',
    );
    nodes.name.forEach((name, node) => {
      if (!holders.has(name)) return;
      const entry = legend.find((each) => each.label === label[node])!;
      t.equal(entry.color, color[node], `${name} has the colour of its entry`);
      if (!/ more /.test(entry.label)) t.equal(entry.label, name);
    });
    const counted = legend.map((entry) => Number(/^\d+(?= more )/.exec(entry.label)?.[0] ?? 1));
    t.equal(
      counted.reduce((sum, count) => sum + count, 0),
      holders.size,
      'those left out are counted',
    );
    for (const a of legend)
      for (const b of legend)
        if (a !== b) t.ok(colorDistance(a.color, b.color) > 45, `${a.label} is no ${b.label}`);
  }
  const seconds = (name: string) =>
    keyPlaceRows(scattered, chooseKeys(scattered, 'all').keys)
      .filter(({ node }) => node === name)
      .reduce((sum, row) => sum + Number(row.end_s) - Number(row.begin_s), 0);
  const { label } = nodeColors(scattered);
  const cloud = scattered.nodes.name.filter((_, node) => scattered.nodes.kind[node] === 'cloud');
  const named = cloud.filter((name) => label[scattered.nodes.name.indexOf(name)] === name);
  t.equal(named.length, 5);
  const least = Math.min(...named.map(seconds));
  t.ok(
    cloud.every((name) => named.includes(name) || seconds(name) <= least),
    'those are named that hold most',
  );
});

t.test('the map has the chosen node, sizes by keys held, and lines between few nodes', async (t) => {
  const rows = nodeMapRows(SMALL, FRAME, 20, 0);
  t.same(
    rows.map(({ keys, label }) => [keys, label]),
    [
      [1, 'b: 10 ms'],
      [1, 'c: 10 ms'],
      [1, 'store: 50 ms'],
      [0, 'a'],
    ],
    'the largest is drawn first, under all others',
  );
  t.same(
    linkRows(SMALL, FRAME, 1).map(({ between, link_latency }) => `${between}: ${link_latency}`),
    ['b and a: 10 ms', 'b and c: 20 ms', 'b and store: 50 ms'],
  );
  t.equal(linkRows(SMALL, FRAME).length, 6, 'between all, where none is chosen');
  t.equal(linkRows(MANY_NODES, mapFrame(centredLayout(MANY_NODES.nodes, 0), 640)).length, 0);
  t.same(
    nodeMapRows(SMALL, FRAME, 20).map(({ label, latency, is_selected }) => [label, latency, is_selected]),
    ['b', 'c', 'store', 'a'].map((name) => [name, '-', 0]),
  );
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

t.test(
  'rings of the map are at round latencies from the chosen node, and named inside the picture',
  async (t) => {
    const { nodes } = recordingOf({ duration: 1 });
    for (const width of [280, 640, 1080])
      for (const node of [0, 7, 10]) {
        const frame = mapFrame(centredLayout(nodes, node), width);
        const rings = ringRows(frame, node);
        t.ok(rings.length >= 2, `${rings.length} rings about node ${node} in ${width} pixels`);
        for (const ring of rings) {
          const [x, y] = [Number(ring.ring_name_x_px), Number(ring.ring_name_y_px)];
          const distance = Math.hypot(x - frame.x[node], y - frame.y[node]) * frame.msPerPixel;
          t.ok(Math.abs(distance - Number.parseFloat(String(ring.ring_name))) < 1e-6, 'its name is on it');
          t.match(ring.ring_name, /^0?\.?0*[125]0* ms$/);
          t.ok(x > 0 && x < width && y > 0 && y < frame.height);
        }
      }
  },
);

t.test('the map has a scale for all of it only where distances are nearly right', async (t) => {
  const text = (medianErrorPercent: number) => JSON.stringify(nodeMapSpec(FRAME, { medianErrorPercent }));
  t.match(text(4), /bar_text/);
  t.notMatch(text(41), /bar_text|ring_name/);
  t.match(text(41), /off by 41 % in the median/);
  t.notMatch(
    JSON.stringify(compileSpec(nodeMapSpec(FRAME, FROM_A))),
    /"stack"/,
    'a ring does not begin where another ends',
  );
  t.match(JSON.stringify(nodeMapSpec(FRAME, FROM_A)), /Distances from a are its latencies, exactly/);
});

/** Relative luminance of #rrggbb as WCAG 2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((begin) => {
    const part = Number.parseInt(color.slice(begin, begin + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (lighter + 0.05) / (darker + 0.05);
}

t.test('colours of nodes are seen on white and on a dark page', async (t) => {
  const few = nodeColors(recordingOf({ duration: 1 })).color;
  for (const color of new Set([...few, ...nodeColors(MANY_NODES).color])) {
    t.ok(contrast(color, '#ffffff') >= 1.9, `${color} on white`);
    t.ok(contrast(color, '#15181c') >= 2.8, `${color} on dark`);
  }
});

t.test('rows of a legend are as equal as they can be', async (t) => {
  t.same(
    [
      [11, 10],
      [11, 11],
      [11, 3],
      [1, 5],
      [7, 0],
    ].map(([count, most]) => balancedColumns(count, most)),
    [6, 11, 3, 1, 1],
  );
});

t.test('the request to ask about arrived when most were rejected, else late, else offloaded', async (t) => {
  const { samples } = SMALL;
  const of = (changed: Partial<Recording['samples']>) =>
    notableRequest({ ...SMALL, samples: { ...samples, ...changed } });
  t.same(notableRequest(SMALL), { request: 5, because: 'rejected' }, 'the middle one of the first ten');
  const later = { rejected: [0, 1, 9, 0], offloaded: [8, 20, 20, 2] };
  t.same(of(later), { request: 40, because: 'rejected' }, 'whatever was offloaded elsewhere');
  const nobody = [0, 0, 0, 0];
  t.same(of({ rejected: nobody, violations: [0, 1, 4, 2] }), { request: 40, because: 'late' });
  t.same(
    of({ rejected: nobody, violations: nobody, offloaded: [8, 21, 19, 3] }),
    { request: 5, because: 'offloaded' },
    'all were offloaded from the start; a few that arrived before are no reason for a later one',
  );
  const none = { rejected: nobody, violations: nobody, offloaded: nobody };
  t.same(of(none), { request: 50, because: 'nothing' }, 'not above the number of arrivals');
  t.same(of({ ...none, arrivals: [900, 900, 900, 0] }), { request: 1000, because: 'nothing' });
  t.same(of({ ...none, rejected: [0, 0, 0, 2] }).because, 'nothing', 'nobody arrived in that interval');
});

t.test('each instant has the values of its interval, the first of them at 0', async (t) => {
  const rows = overTimeRows(SMALL);
  const ends = [0, 5, 10, 10.5, 40, 99].map((time) => intervalAt(rows, 'time_s', time)?.time_s);
  t.same(ends, [10, 10, 10, 20, 40, 40]);
  t.equal(intervalAt([], 'time_s', 5), undefined);
  t.same(overTimeTold(rows[0]).slice(0, 2), [
    { title: 'Arrivals', text: '1 per s' },
    { title: 'Rejected, of arrivals', text: '20 %' },
  ]);
  t.same(
    loadAt(nodeLoadRows(SMALL), 25).map(({ node, end_s, busy_containers }) => [node, end_s, busy_containers]),
    [
      ['a', 30, 1],
      ['b', 30, 2],
      ['c', 30, 0],
    ],
  );
});

t.test('a panel over time in which nothing happens has an axis with a length', async (t) => {
  const { samples } = SMALL;
  const nothing = samples.time_s.map(() => 0);
  const quiet = {
    ...SMALL,
    samples: { ...samples, rejected: nothing, violations: nothing, offloaded: nothing, cold_starts: nothing },
  };
  const reaching = (recording: typeof SMALL) =>
    JSON.stringify(overTimeSpec(recording)).match(/"datum":1[,}]/g);
  t.equal(reaching(SMALL), null);
  t.equal(reaching(quiet)?.length, 3, 'rejected and late, offloaded, cold starts reach to 1');
});

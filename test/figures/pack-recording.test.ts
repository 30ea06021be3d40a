import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import type { Recording } from '../../core/index.js';
import { packNumbers, unpackNumbers } from '../../figures/run/pack-numbers.js';
import { packRecording, unpackRecording } from '../../figures/run/pack-recording.js';
import { fc } from '../fast-check.js';
import { recordingOf, SMALL } from './recordings.js';

const isKept = (recording: Recording): boolean =>
  isDeepStrictEqual(unpackRecording(JSON.parse(JSON.stringify(packRecording(recording)))), recording);

t.test('lists of numbers come back as they were', async (t) => {
  const positive = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Object.is(value, -0));
  const decimals = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1e3);
  const lists = fc.oneof(
    fc.array(fc.integer()),
    fc.array(fc.constantFrom(0, 1, 5)),
    fc.array(decimals.filter((value) => !Object.is(value, -0))),
    fc.array(positive),
  );
  fc.assert(
    fc.property(lists, (list) => isDeepStrictEqual(unpackNumbers(packNumbers(list)), list)),
    { numRuns: 500 },
  );
  t.equal(packNumbers([7, 7, 7, 7, 36]), '0v7*4 10', 'a number that comes again is told once');
  t.equal(packNumbers([0.5, 1, 1.5, 2]), '1d5*4', 'differences where they are shorter');
  t.same(packNumbers([1 / 3]), [1 / 3], 'what would lose digits stays');
});

t.test('recordings come back as they were', async (t) => {
  t.ok(isKept(SMALL));
  const { latency_ms } = SMALL.nodes;
  const oneWay = latency_ms.map((latency, i) => (i === 1 ? 12.25 : latency));
  t.ok(isKept({ ...SMALL, nodes: { ...SMALL.nodes, latency_ms: oneWay } }), 'latencies of one direction');
  t.ok(isKept(recordingOf({ duration: 300, migration: 'greedy', migrationMode: 'transfer' })));
  t.ok(isKept(recordingOf({ duration: 0.001 })), 'a run in which nothing happens');
});

t.test('an hour of the default workload takes less than 150 kB in a page, however much moves', async (t) => {
  const recording = recordingOf({ migration: 'random', randomMoves: 'all-once', offloading: 'greedy-local' });
  t.ok(recording.moves.key.length > 2000);
  const { length } = JSON.stringify(packRecording(recording));
  t.ok(length < 150e3, `${length} B`);
  t.ok(isKept(recording));
});

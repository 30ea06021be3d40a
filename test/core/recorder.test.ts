import t from 'tap';
import {
  dataDistanceAt,
  loadPlacementSolvers,
  type MigrationPolicy,
  type Parameters,
  placesAt,
  presetParameters,
  Recorder,
  type Recording,
  type RunSpec,
  type SystemView,
  simulate,
  trajectoryFingerprint,
} from '../../core/index.js';
import { MIGRATION_POLICIES } from '../../core/migration/index.js';
import { SampleClock } from '../../core/sample-clock.js';
import { policyIn } from '../../core/simulate.js';
import { fc } from '../fast-check.js';
import { options, runs } from './random-runs.js';

await loadPlacementSolvers();

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function record(run: RunSpec, interval?: number) {
  const recorder = new Recorder(run, interval);
  const { metrics } = simulate(run, { observer: recorder, sampling: recorder });
  return { metrics, recording: recorder.recording() };
}

const runOf = (overrides: Partial<Parameters> = {}, seed = 3): RunSpec => ({
  parameters: presetParameters('as-published', { duration: 300, migrationInterval: 40, ...overrides }),
  seed,
});

/** What is wrong with the sums of a recording, or undefined. */
function wrongSum({ metrics, recording }: ReturnType<typeof record>): string | undefined {
  const { samples, node_samples, moves, decisions_s, nodes, keys } = recording;
  const offloaded = (metrics.offloaded_percent / 100) * metrics.completions;
  const pairs = {
    arrivals: [sum(samples.arrivals), metrics.arrivals],
    started: [sum(samples.started), metrics.completions],
    rejected: [sum(samples.rejected), metrics.rejected],
    violations: [sum(samples.violations), metrics.slo_violations],
    offloaded: [sum(samples.offloaded), Math.round(offloaded || 0)],
    'cold starts': [sum(samples.cold_starts), metrics.cold_starts],
    migrations: [moves.key.length, metrics.migrations],
    decisions: [decisions_s.length, metrics.migration_decisions],
    'started by node': [sum(node_samples.started), metrics.completions],
    'rejected by node': [sum(node_samples.rejected), metrics.rejected],
  };
  for (const [name, [found, expected]] of Object.entries(pairs))
    if (found !== expected) return `${name}: ${found}, not ${expected}`;
  const moved = sum(moves.key.map((key) => keys.size_b[key])) / 1e6;
  if (Math.abs(moved - metrics.migrated_data_mb) > 1e-9 * (1 + moved)) return `moved ${moved} MB`;
  for (const column of Object.values(samples))
    if (column.length !== samples.time_s.length) return 'columns of samples differ in length';
  for (const column of Object.values(node_samples))
    if (column.length !== samples.time_s.length * nodes.name.length)
      return 'columns of nodes differ in length';
  return undefined;
}

t.test('sums of a recording are the metrics of its run, whatever the run', async () => {
  const property = fc.property(runs, fc.double({ min: 0.05, max: 3, noNaN: true }), (run, interval) => {
    const found = record(run, interval);
    const wrong = wrongSum(found);
    if (wrong !== undefined) throw new Error(wrong);
    if (JSON.stringify(found.metrics) !== JSON.stringify(simulate(run).metrics))
      throw new Error('recording changed the metrics');
  });
  fc.assert(property, options);
});

t.test('a recorded run goes the way of one that is not, event by event', async (t) => {
  const variants: readonly Partial<Parameters>[] = [
    {},
    { offloading: 'greedy-local', migration: 'none' },
    { offloading: 'random-stateful', migration: 'random', migrationMode: 'transfer' },
    { offloading: 'least-late', migration: 'greedy', gossipInterval: 0.7 },
    { offloading: 'skippy', migration: 'greedy', knowledge: 'estimated' },
    { offloading: 'best-effort', migration: 'gradient', quantiles: 'bounded', idleExpiry: 2 },
  ];
  for (const overrides of variants) {
    const run = runOf({ duration: 100, ...overrides });
    const words = JSON.stringify(overrides);
    // Samples at odd instants cut the windows of the scheduler where nothing else does.
    const sampling = new Recorder(run, 0.37);
    t.equal(trajectoryFingerprint(run, { sampling }), trajectoryFingerprint(run), words);
    t.strictSame(record(run, 0.37).metrics, simulate(run).metrics, words);
    t.equal(wrongSum(record(run)), undefined, words);
  }
});

t.test('samples are at multiples of the interval until the last request has started', async (t) => {
  const run = runOf({ migration: 'none', duration: 20 });
  const { recording } = record(run, 0.1);
  const { time_s } = recording.samples;
  t.ok(time_s.every((time, i) => Math.abs(time - 0.1 * (i + 1)) < 1e-6));
  let last = 0;
  simulate(run, {
    observer: {
      start: (time) => {
        last = time;
      },
    },
  });
  t.ok(
    last <= time_s.at(-1)! && last > time_s.at(-1)! - 0.1 - 1e-9,
    `${last} s, last sample ${time_s.at(-1)} s`,
  );
  t.throws(() => record(run, 0), /0 s is not above 0/);
  t.equal(record(runOf({ duration: 720 })).recording.interval_s, 2, 'a 360th of the duration by default');
});

t.test('a run whose last events lie behind the last sample gets one more', async (t) => {
  const taken: number[] = [];
  const scheduler = { handled: 0 };
  const sampling = { interval: 2, sample: (time: number) => taken.push(time) };
  const clock = new SampleClock(sampling, {} as never, scheduler);
  scheduler.handled = 5;
  clock.take();
  clock.finish();
  t.strictSame(taken, [2], 'nothing happened since');
  scheduler.handled = 6;
  clock.finish();
  t.strictSame(taken, [2, 4]);
});

t.test('containers of samples are those that executions hold, from nothing but the events', async (t) => {
  for (const overrides of [{ load: 2 }, { idleExpiry: 1 }, { edgeMemory: 1500 }]) {
    const run = runOf({ duration: 60, migration: 'greedy', ...overrides });
    const executions: { node: number; from: number; until: number }[] = [];
    simulate(run, {
      observer: {
        start: (time, _request, node, _cold, _access, completion) =>
          executions.push({ node, from: time, until: completion }),
      },
    });
    const { recording } = record(run, 1);
    const { nodes, samples, node_samples, functions } = recording;
    let busyInAll = 0;
    samples.time_s.forEach((time, sample) => {
      nodes.name.forEach((name, node) => {
        const at = sample * nodes.name.length + node;
        const busy = executions.filter((each) => each.node === node && each.from < time && each.until > time);
        if (busy.length !== node_samples.busy_containers[at]) t.fail(`${name} at ${time} s`);
        busyInAll += busy.length;
        const containers = node_samples.busy_containers[at] + node_samples.idle_containers[at];
        const memory = node_samples.memory_mb[at];
        const [least, most] = [Math.min(...functions.memory_mb), Math.max(...functions.memory_mb)];
        if (memory < containers * least || memory > containers * most || memory > nodes.memory_mb[node])
          t.fail(`${memory} MB of ${containers} containers`);
      });
    });
    t.ok(busyInAll > 1000);
  }
});

/** The migration policy of the run; `look` is called before each of its decisions. */
function watched({ parameters }: RunSpec, look: (view: SystemView) => void): MigrationPolicy {
  const policy = policyIn(MIGRATION_POLICIES, parameters.migration);
  return {
    ...policy,
    make(context) {
      const decide = policy.make(context)!;
      return () => {
        look(context.view);
        return decide();
      };
    },
  };
}

for (const [words, overrides] of [
  ['large values', { largeSize: 1e9, edgeStorage: 1e7, cloudStorage: 1e7 }],
  ['transfers', { migrationMode: 'transfer' }],
  ['many keys', { keyCount: 300, functionCount: 20, keysPerFunction: 8 }],
] as const)
  t.test(`places and data distances follow from the recording alone: ${words}`, async (t) => {
    const run = runOf({ duration: 200, migrationInterval: 20, migration: 'random', ...overrides });
    const { recording } = record(run);
    let compared = 0;
    let worst = 0;
    const look = (view: SystemView) => {
      // Before the moves of this instant, and after all that came before.
      const time = view.now - 1e-6;
      const places = placesAt(recording, time);
      for (let key = 0; key < view.keyCount; key++)
        if (places[key] !== view.placeOf(key)) t.fail(`key ${key} at ${time} s`);
      const table = dataDistanceAt(recording, time);
      for (let f = 0; f < view.functionCount; f++)
        for (let node = 0; node < view.nodeCount; node++) {
          const found = table[f * view.nodeCount + node];
          worst = Math.max(worst, Math.abs(found - view.expectedDataAccessTime(f, node)));
          compared++;
        }
    };
    simulate(run, { migration: watched(run, look) });
    t.ok(compared > 400);
    t.ok(worst < 1e-6, `off by ${worst} s`);
    const { moves, keys } = recording;
    const places = [...keys.place];
    moves.key.forEach((key, move) => {
      if (places[key] !== moves.from[move]) t.fail(`move ${move} starts where the key is not`);
      places[key] = moves.to[move];
    });
    t.strictSame(placesAt(recording, Number.POSITIVE_INFINITY), places, 'the moves lead to the final places');
    t.ok(moves.key.length > 50);
  });

t.test('an hour takes less than 5 MB, of a large system whose keys all move as well', async (t) => {
  const large = { functionCount: 30, edgeNodes: 25, cloudNodes: 25, keyCount: 1000, migration: 'random' };
  for (const [overrides, most] of [
    [{}, 0.2e6],
    [{ ...large, randomMoves: 'all-once' }, 2e6],
  ] as const) {
    const run = { parameters: presetParameters('as-published', overrides), seed: 1 };
    const recording: Recording = record(run).recording;
    const bytes = JSON.stringify(recording).length;
    t.ok(bytes < most, `${bytes} B`);
    t.strictSame(JSON.parse(JSON.stringify(recording)), recording, 'a file holds all of it');
  }
});

t.test('the default interval is a 360th of the duration, and more with many nodes', async (t) => {
  const interval = (edgeNodes: number, cloudNodes: number) =>
    new Recorder(runOf({ duration: 720, edgeNodes, cloudNodes })).interval;
  t.equal(interval(5, 5), 2);
  t.equal(interval(100, 50), 2);
  // The store is a node, too.
  t.equal(interval(250, 249), 720 / 120);
  t.equal(interval(2000, 999), 720 / 60);
});

import t from 'tap';
import {
  loadPlacementSolvers,
  type Observer,
  type Parameters,
  PRESETS,
  presetParameters,
  type RunSpec,
  type Scenario,
  simulate,
} from '../../core/index.js';
import { CHUNK } from '../../core/request-ring.js';
import { options, runs } from '../core/random-runs.js';
import { fc } from '../fast-check.js';
import { type ReferenceEvent, referenceSimulate } from './reference-simulator.js';

/** The policies of the paper, which the reference simulator has as well. */
const OFFLOADINGS: readonly string[] = ['slo-aware', 'greedy-data', 'greedy-local', 'random-stateful'];
const MIGRATIONS: readonly string[] = ['none', 'random', 'greedy', 'state-aware'];

/** The run with policies of the paper in place of others, and with nodes that see each other as they are. */
function paperRun({ parameters, ...rest }: RunSpec): RunSpec {
  const known = (name: string, names: readonly string[]) => (names.includes(name) ? name : names[0]);
  const offloading = known(parameters.offloading, OFFLOADINGS);
  return {
    ...rest,
    parameters: {
      ...parameters,
      offloading,
      migration: known(parameters.migration, MIGRATIONS),
      gossipInterval: 0,
    },
  };
}

/** Little memory, quick expiry and frequent migration: evictions, rejections, expiries and moves abound. */
const CROWDED: Partial<Parameters> = {
  duration: 16,
  load: 0.5,
  edgeMemory: 1792,
  cloudMemory: 3072,
  idleExpiry: 0.4,
  migrationInterval: 2.5,
};

function recorded(run: RunSpec): {
  events: ReferenceEvent[];
  metrics: ReturnType<typeof simulate>['metrics'];
} {
  const events: ReferenceEvent[] = [];
  const observer: Observer = {
    arrival: (time, id, node, f) => events.push(['arrival', time, id, node, f]),
    offload: (...event) => events.push(['offload', ...event]),
    start: (...event) => events.push(['start', ...event.slice(0, 7)]),
    reject: (...event) => events.push(['reject', ...event]),
    move: (...event) => events.push(['move', ...event]),
  };
  return { metrics: simulate(run, { observer }).metrics, events };
}

const close = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-15;

/** Where two histories first differ, as text; '' when they do not. */
function firstDifference(core: readonly ReferenceEvent[], reference: readonly ReferenceEvent[]): string {
  for (let i = 0; i < Math.max(core.length, reference.length); i++) {
    const [a, b] = [core[i], reference[i]];
    const same =
      a?.length === b?.length && a?.every((part, p) => part === b[p] || close(Number(part), Number(b[p])));
    if (!same) return `event ${i}: core ${JSON.stringify(a)}, reference ${JSON.stringify(b)}`;
  }
  return '';
}

/** @throws Error that names the first difference between core and reference. @returns the events of the core. */
function agree(run: RunSpec): ReferenceEvent[] {
  const core = recorded(run);
  const reference = referenceSimulate(run);
  const difference = firstDifference(core.events, reference.events);
  if (difference !== '') throw new Error(difference);
  for (const [name, value] of Object.entries(reference.metrics)) {
    const ours = core.metrics[name as keyof typeof core.metrics];
    if (!close(ours, value)) throw new Error(`${name}: core ${ours}, reference ${value}`);
  }
  return core.events;
}

await loadPlacementSolvers();
for (const preset of PRESETS) {
  for (const workload of ['w1', 'w2']) {
    for (const migration of MIGRATIONS) {
      t.test(`${preset}, ${workload}, ${migration}: core and reference see the same history`, async (t) => {
        for (const offloading of OFFLOADINGS) {
          const seed = 11 + workload.length + offloading.length;
          const parameters = presetParameters(preset, { ...CROWDED, workload, migration, offloading });
          const kinds = new Set(agree({ parameters, seed }).map(([kind]) => kind));
          t.ok(kinds.has('reject') || offloading !== 'greedy-local', `${offloading}: requests are rejected`);
        }
      });
    }
  }
}

t.test('they agree when policies know only what the Data Proxy has traced', async () => {
  for (const offloading of ['slo-aware', 'greedy-data']) {
    for (const migration of ['greedy', 'state-aware']) {
      const overrides = { ...CROWDED, offloading, migration, knowledge: 'estimated', knowledgeInterval: 0.7 };
      agree({ parameters: presetParameters('as-published', overrides), seed: 5 });
    }
  }
});

t.test('they agree when a move of a key takes the time of its transfer', async () => {
  for (const migration of ['random', 'greedy', 'state-aware']) {
    // Values of 30 MB take seconds to travel, so that transfers overlap the next decision.
    const overrides = {
      ...CROWDED,
      migration,
      migrationMode: 'transfer',
      largeSize: 3e7,
      migrationInterval: 1.3,
    };
    agree({ parameters: presetParameters('as-published', overrides), seed: 6 });
  }
});

t.test('they agree when storage is too small for the keys that policies want to move', async () => {
  for (const migration of ['random', 'greedy', 'state-aware']) {
    for (const migrationMode of ['instant', 'transfer']) {
      const overrides = { ...CROWDED, migration, migrationMode, edgeStorage: 1, cloudStorage: 2 };
      agree({ parameters: presetParameters('as-written', { ...overrides, largeSize: 1e6 }), seed: 7 });
    }
  }
});

t.test('they agree on nodes of different speed, outputs with a size, and many offloads', async () => {
  for (const offloading of ['slo-aware', 'random-stateful', 'greedy-data']) {
    const overrides = {
      ...CROWDED,
      offloading,
      migration: 'greedy',
      cloudSpeedup: 2.5,
      outputSize: 4e4,
      maxOffloads: 5,
    };
    agree({ parameters: presetParameters('as-published', overrides), seed: 8 });
  }
});

t.test('they agree at light load, where containers expire and nothing is evicted', async () => {
  const overrides = {
    ...CROWDED,
    load: 0.02,
    duration: 300,
    edgeMemory: 4096,
    idleExpiry: 3,
    migrationInterval: 60,
  };
  agree({ parameters: presetParameters('as-written', { ...overrides, migration: 'greedy' }), seed: 9 });
});

t.test('they agree when more requests travel than the ring of requests holds at first', async (t) => {
  const overrides = { offloading: 'slo-aware', migration: 'greedy', migrationInterval: 10, duration: 60 };
  const parameters = presetParameters('as-published', { ...overrides, offloadOverhead: 25_000 });
  let travelling = 0;
  let most = 0;
  const underWay = new Set<number>();
  for (const [kind, , id] of agree({ parameters, seed: 10 })) {
    if (kind === 'offload' && !underWay.has(id)) travelling++;
    if (kind === 'offload') underWay.add(id);
    else if (kind !== 'move' && underWay.delete(id)) travelling--;
    most = Math.max(most, travelling);
  }
  t.ok(most > 2 * CHUNK, `${most} requests travel at once`);
});

t.test('they agree on hundreds of functions, of which a node has containers of few', async () => {
  const overrides = { ...CROWDED, functionCount: 150, keyCount: 400, duration: 30, idleExpiry: 2 };
  for (const offloading of ['greedy-local', 'slo-aware'])
    agree({
      parameters: presetParameters('as-published', { ...overrides, offloading, migration: 'greedy' }),
      seed: 12,
    });
});

/** Six arrivals at each instant of a trace, and functions whose memory is a fraction, or more than any node has. */
const simultaneous = (seed: number, coldStart: number): Scenario => ({
  functions: [128.1, 256.3, 900.7, 5000].map((memory_mb, f) => ({
    name: `f${f}`,
    memory_mb,
    warm_duration_s: [0.3, 0.2, 0.5, 0.1][f],
    cold_start_s: coldStart,
    keys: f === 3 ? [] : [{ key: `k${f}`, probability: 0.5 }],
  })),
  keys: ['k0', 'k1', 'k2'].map((name) => ({ name })),
  trace: {
    time_s: Float64Array.from({ length: 300 }, (_, i) => Math.floor(i / 6) / 2),
    function: Int32Array.from({ length: 300 }, (_, i) => (i * 7 + seed) % 4),
  },
});

t.test(
  'they agree on a trace of simultaneous arrivals, with and without a cloud, latency and idle time',
  async () => {
    const still = { edgeEdgeMin: 0, edgeEdgeMax: 0, offloadOverhead: 0, inputSize: 0 };
    for (let seed = 0; seed < 12; seed++) {
      const scenario = simultaneous(seed, seed % 2 ? 0 : 0.5);
      for (const offloading of ['slo-aware', 'greedy-data', 'greedy-local', 'random-stateful']) {
        for (const overrides of [{}, still]) {
          const parameters = presetParameters(seed % 3 ? 'as-published' : 'as-written', {
            offloading,
            migration: 'greedy',
            duration: 40,
            migrationInterval: 0.5,
            edgeMemory: 1500,
            cloudMemory: 2000,
            cloudNodes: seed % 4 === 0 ? 0 : 2,
            edgeNodes: 3,
            idleExpiry: seed % 5 === 0 ? 0 : 0.5,
            ...overrides,
          });
          agree({ parameters, seed, scenario });
        }
      }
    }
  },
);

t.test('they agree on random small systems', async () => {
  fc.assert(
    fc.property(runs.map(paperRun), (run) => {
      agree(run);
    }),
    options,
  );
});

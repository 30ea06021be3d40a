import t from 'tap';
import {
  buildWorld,
  loadPlacementSolvers,
  MIGRATION_POLICIES,
  type MigrationPolicy,
  OFFLOADING_POLICIES,
  type OffloadingPolicy,
  type RunSpec,
  type SystemView,
  simulate,
} from '../../core/index.js';
import { CAPACITY_TOLERANCE } from '../../core/placement/problem.js';
import { fc } from '../fast-check.js';
import { options, runs } from './random-runs.js';

const find = <P extends { name: string }>(registry: readonly P[], name: string): P =>
  registry.find((row) => row.name === name)!;

function ensure(truth: boolean, text: string): void {
  if (!truth) throw new Error(text);
}

/** The offloading policy of the run, with a look at the system before each decision. */
function watchedOffloading({ parameters }: RunSpec, look: (view: SystemView) => void): OffloadingPolicy {
  const policy = find(OFFLOADING_POLICIES, parameters.offloading);
  return {
    ...policy,
    make(context) {
      const decide = policy.make(context);
      return (request) => {
        look(context.view);
        return decide(request);
      };
    },
  };
}

/** The migration policy of the run, with a look at the system before each decision. */
function watchedMigration({ parameters }: RunSpec, look: (view: SystemView) => void): MigrationPolicy {
  const policy = find(MIGRATION_POLICIES, parameters.migration);
  return {
    ...policy,
    make(context) {
      const decide = policy.make(context) ?? (() => ({ moves: [] }));
      return () => {
        look(context.view);
        return decide();
      };
    },
  };
}

await loadPlacementSolvers();

t.test('requests are conserved, time never goes back, and shares are shares', async () => {
  const property = fc.property(runs, (run) => {
    let clock = 0;
    const open = new Set<number>();
    const counts = { arrivals: 0, starts: 0, rejections: 0 };
    const tick = (time: number): void => {
      ensure(time >= clock, `time went back from ${clock} to ${time}`);
      clock = time;
    };
    const close = (id: number): void => ensure(open.delete(id), `request ${id} ended twice or never arrived`);
    const { metrics, placements } = simulate(run, {
      observer: {
        arrival: (time, id) => {
          tick(time);
          ensure(id === counts.arrivals++, `request ${id} is out of order`);
          ensure(time < run.parameters.duration, `request ${id} arrived after the end`);
          open.add(id);
        },
        offload: (time, id) => {
          tick(time);
          ensure(open.has(id), `request ${id} was offloaded after its end`);
        },
        start: (time, id, _node, cold, access, completion, response) => {
          tick(time);
          close(id);
          counts.starts++;
          ensure(completion >= time + cold + access, `request ${id} completed too early`);
          ensure(response >= cold + access, `request ${id} was answered before its execution`);
        },
        reject: (time, id) => {
          tick(time);
          close(id);
          counts.rejections++;
        },
        move: tick,
      },
    });
    ensure(open.size === 0, `${open.size} requests were lost`);
    ensure(metrics.arrivals === counts.arrivals, 'arrivals');
    ensure(metrics.completions === counts.starts, 'completions');
    ensure(metrics.rejected === counts.rejections, 'rejections');
    ensure(metrics.arrivals === metrics.completions + metrics.rejected, 'requests are conserved');
    ensure(metrics.cold_starts <= metrics.completions, 'cold starts');
    ensure(metrics.slo_violations <= metrics.completions, 'violations');
    for (const [name, value] of Object.entries(metrics)) {
      const empty = metrics.arrivals === 0 || (metrics.completions === 0 && !name.startsWith('rejected'));
      const unsolved = name.startsWith('placement_') && placements.every((record) => !record.allowed);
      ensure(Number.isFinite(value) || empty || unsolved, `${name} is ${value}`);
      ensure(!(value < 0), `${name} is ${value}`);
      if (name.endsWith('_percent')) ensure(!(value > 100), `${name} is ${value}`);
    }
    ensure(!(metrics.response_time_p50_s > metrics.response_time_p95_s), 'quantiles of response times rise');
    ensure(
      !(metrics.data_access_time_p50_s > metrics.data_access_time_p95_s),
      'quantiles of access times rise',
    );
  });
  fc.assert(property, options);
});

t.test('the memory of a node is never negative and never more than it has', async () => {
  const property = fc.property(runs, (run) => {
    const { topology, application } = buildWorld(run);
    const tolerance = 1e-9;
    let seen = 0;
    const offloading = watchedOffloading(run, (view) => {
      if (++seen % 7 !== 0) return;
      for (let node = 0; node < view.nodeCount; node++) {
        const free = view.freeMemory(node);
        ensure(free >= -tolerance * topology.memory[node], `node ${node} has ${free} MB`);
        ensure(free <= topology.memory[node] * (1 + tolerance), `node ${node} has ${free} MB`);
        let idle = 0;
        for (let f = 0; f < view.functionCount; f++)
          idle += view.idleContainers(node, f) * view.functionMemory(f);
        ensure(
          idle + free <= topology.memory[node] * (1 + tolerance),
          `node ${node}: idle ${idle}, free ${free} MB`,
        );
      }
    });
    // What executions hold, from nothing but the events.
    const functionOf: number[] = [];
    const changes: { time: number; node: number; by: number }[] = [];
    simulate(run, {
      offloading,
      observer: {
        arrival: (_time, id, _node, f) => {
          functionOf[id] = f;
        },
        start: (time, id, node, _cold, _access, completion) => {
          const by = application.memory[functionOf[id]];
          changes.push({ time, node, by }, { time: completion, node, by: -by });
        },
      },
    });
    changes.sort((x, y) => x.time - y.time || x.by - y.by);
    const held = new Float64Array(topology.nodeCount);
    for (const { time, node, by } of changes) {
      held[node] += by;
      ensure(
        held[node] <= topology.memory[node] * (1 + tolerance),
        `node ${node} runs ${held[node]} MB at ${time} s`,
      );
    }
  });
  fc.assert(property, options);
});

t.test('every key is in exactly one place, and what nodes hold adds up', async () => {
  const property = fc.property(runs, (run) => {
    const { topology, application } = buildWorld(run);
    const place = Array.from(application.initialNode);
    let moved = 0;
    let bytes = 0;
    const look = (view: SystemView): void => {
      const held = new Float64Array(topology.nodeCount);
      for (let key = 0; key < view.keyCount; key++) {
        ensure(
          view.placeOf(key) === place[key],
          `key ${key} is at ${view.placeOf(key)}, not at ${place[key]}`,
        );
        held[place[key]] += application.keySize[key];
      }
      held.forEach((sum, node) => {
        if (node === topology.store) return;
        const used = view.storage(node) - view.spareStorage(node);
        ensure(
          Math.abs(used - sum) <= 1e-6 * (1 + view.storage(node)),
          `node ${node} holds ${used}, not ${sum} B`,
        );
        // As much as the Data Migrator lets a plan use.
        ensure(
          sum <= view.storage(node) * (1 + 2 * CAPACITY_TOLERANCE),
          `node ${node} holds ${sum} of ${view.storage(node)} B`,
        );
      });
    };
    const { metrics } = simulate(run, {
      migration: watchedMigration(run, look),
      observer: {
        move: (_time, key, from, to) => {
          ensure(
            place[key] === from && to !== from,
            `key ${key} moved from ${from} to ${to}, was at ${place[key]}`,
          );
          place[key] = to;
          moved++;
          bytes += application.keySize[key];
        },
      },
    });
    ensure(metrics.migrations === moved, `${metrics.migrations} migrations, ${moved} moves`);
    ensure(Math.abs(metrics.migrated_data_mb - bytes / 1e6) <= 1e-9 * (1 + bytes), 'migrated data');
  });
  fc.assert(property, options);
});

t.test('the same run gives the same row, to the last bit', async () => {
  const property = fc.property(runs, (run) => {
    const [first, second] = [simulate(run).metrics, simulate(run).metrics];
    for (const [name, value] of Object.entries(first)) {
      const again = second[name as keyof typeof second];
      ensure(Object.is(value, again), `${name} was ${value}, then ${again}`);
    }
  });
  fc.assert(property, { ...options, numRuns: Math.ceil(options.numRuns / 3) });
});

t.test('watching a run changes nothing', async () => {
  const property = fc.property(runs, (run) => {
    const looked = simulate(run, {
      offloading: watchedOffloading(run, (view) => {
        view.freeMemory(0);
        view.canRun(view.edgeCount - 1, 0);
        view.idleContainers(0, view.functionCount - 1);
        view.expectedDataAccessTime(0, view.store);
      }),
    });
    const plain = simulate(run);
    ensure(
      JSON.stringify(looked.metrics) === JSON.stringify(plain.metrics),
      'a look at the view changed the run',
    );
  });
  fc.assert(property, { ...options, numRuns: Math.ceil(options.numRuns / 3) });
});

/** One run: a replication of a configuration, from its seed to a row of metrics. */
import { ContainerPool } from './container-pool.js';
import { DataDistanceTable } from './data-distance.js';
import { DataMigrator } from './data-migrator.js';
import { DataProxy } from './data-proxy.js';
import { type Application, buildApplication } from './functions.js';
import { GossipView } from './gossip-view.js';
import { LocalDataStores } from './local-data-store.js';
import { DataAccessMetrics, type RunMetrics, toMetrics } from './metrics.js';
import { MIGRATION_POLICIES } from './migration/index.js';
import type { Observer, Sampling } from './observer.js';
import { OFFLOADING_POLICIES } from './offloading/index.js';
import type { Parameters } from './parameters.js';
import type { PlacementRecord } from './placement/tally.js';
import type { MigrationPolicy, OffloadingDecision, OffloadingPolicy, PolicyInfo } from './policy.js';
import { ownValues, parseReference } from './policy-reference.js';
import { RequestSource } from './requests.js';
import { Stream } from './rng.js';
import { RunMemory } from './run-memory.js';
import { BUFFER, type QuantileMode, Sample } from './sample.js';
import { SampleClock } from './sample-clock.js';
import type { Scenario } from './scenario.js';
import { Scheduler } from './scheduler.js';
import { buildTopology, type Topology } from './topology.js';
import { SystemView } from './view.js';

/** What determines a run to the last bit. */
export interface RunSpec {
  readonly parameters: Parameters;
  /** A whole number of at most 53 bits. */
  readonly seed: number;
  readonly scenario?: Scenario;
}

/** How a run is watched, timed, or given policies that are in no registry. */
export interface SimulateOptions {
  /** A clock in ms, by which decisions of the Data Migrator are timed; the core has none of its own. */
  readonly clock?: () => number;
  readonly observer?: Observer;
  readonly sampling?: Sampling;
  /** Policies to use in place of those that the parameters name. */
  readonly offloading?: OffloadingPolicy;
  readonly migration?: MigrationPolicy;
  /** Memory that this run shares with those before and after it in the same thread. */
  readonly memory?: RunMemory;
}

export interface RunResult {
  readonly metrics: RunMetrics;
  /** Time in ms of each migration decision; empty without a clock. */
  readonly decisionTimesMs: readonly number[];
  /** How the placement problem of each migration decision was solved; empty where the policy solves none. */
  readonly placements: readonly PlacementRecord[];
}

/** What a replication draws before any request: the same under every policy, T_max and migration setting. */
export interface World {
  readonly topology: Topology;
  readonly application: Application;
}

/** Draws the world of a run. */
export function buildWorld({ parameters, seed, scenario }: RunSpec): World {
  const topology = buildTopology(parameters, seed, scenario);
  return { topology, application: buildApplication(parameters, seed, topology, scenario) };
}

/** The requests of a run, to be drawn chunk by chunk. */
export function requestsOf(run: RunSpec, { topology, application }: World): RequestSource {
  return new RequestSource(run.parameters, run.seed, topology, application, run.scenario?.trace);
}

/**
 * Simulates one run. `loadPlacementSolvers()` must have been awaited once in this thread when the migration
 * policy solves placement problems.
 * @throws PolicyError when a policy decides what cannot be done; RangeError when a policy is not known.
 */
export function simulate(run: RunSpec, options: SimulateOptions = {}): RunResult {
  const { parameters, seed } = run;
  const { observer, memory = new RunMemory() } = options;
  const references = {
    offloading: parseReference(parameters.offloading),
    migration: parseReference(parameters.migration),
  };
  const offloading = options.offloading ?? policyIn(OFFLOADING_POLICIES, references.offloading.name);
  const migration = options.migration ?? policyIn(MIGRATION_POLICIES, references.migration.name);

  const world = buildWorld(run);
  const { topology, application } = world;
  const source = requestsOf(run, world);
  const stores = new LocalDataStores(topology, application);
  const distance = new DataDistanceTable(topology, application, stores);
  const expected = expectedArrivals(run, application);
  const mode = quantileMode(parameters, expected);
  const accessTimes = new Sample(mode, memory.accessTimes, memory.accessWeights);
  const access = new DataAccessMetrics(accessTimes);
  const proxy = new DataProxy(parameters, topology, application, distance, access);
  const clock = new Float64Array(1);
  const pool = new ContainerPool(topology, application, parameters.idleExpiry, clock);
  const parts = [parameters, topology, application, stores, distance, pool, proxy, clock] as const;
  const gossip = parameters.gossipInterval > 0 ? new GossipView(...parts) : undefined;
  const view = gossip ?? new SystemView(...parts);
  const responses = new Sample(mode, memory.responseTimes);
  responses.reserve(mode === 'exact' ? Math.min(expected, 1e8) : BUFFER);
  const estimated = parameters.knowledge === 'estimated';
  if (estimated) distance.probabilitiesChanged(proxy.estimates());

  // Policies get a frozen copy: nothing that they write can reach the simulation.
  const given = Object.freeze({ ...parameters });
  const decideFresh = offloading.make({
    parameters: given,
    view,
    random: new Stream(seed, 'policy/offloading'),
    own: ownValues(offloading, references.offloading),
  });
  const decide: OffloadingDecision =
    gossip === undefined
      ? decideFresh
      : (request) => {
          gossip.lookFrom(request.node);
          return decideFresh(request);
        };
  const scheduler = new Scheduler(
    parameters,
    topology,
    application,
    source,
    pool,
    proxy,
    distance,
    view,
    clock,
    decide,
    offloading.name,
    responses,
    observer,
  );
  const plan = migration.make({
    parameters: given,
    view,
    random: new Stream(seed, 'policy/migration'),
    own: ownValues(migration, references.migration),
  });
  const migrator = new DataMigrator(
    parameters,
    topology,
    stores,
    distance,
    application.keySize,
    plan ?? (() => ({ moves: [] })),
    migration.name,
    observer,
    options.clock,
  );

  // Instants are multiples of their interval, so that no rounding adds up.
  const { migrationInterval, knowledgeInterval, gossipInterval, duration } = parameters;
  const samples = options.sampling && new SampleClock(options.sampling, pool, scheduler);
  let exchangesDue = 1;
  let migrationsDue = 1;
  let estimatesDue = 1;
  const instant = (due: number, interval: number): number =>
    due * interval < duration ? due * interval : Infinity;
  while (!scheduler.finished) {
    // A run without migration has the same windows: one long call of the loop would be compiled on the stack.
    const nextMigration = instant(migrationsDue, migrationInterval);
    const nextEstimates = estimated ? instant(estimatesDue, knowledgeInterval) : Infinity;
    const now = Math.min(nextMigration, nextEstimates, migrator.nextTransfer);
    if (gossip !== undefined || samples !== undefined) {
      for (;;) {
        const exchange = gossip === undefined ? Infinity : exchangesDue * gossipInterval;
        const at = Math.min(exchange, samples?.next ?? Infinity);
        if (!(at <= now) || scheduler.finished) break;
        scheduler.run(at);
        if (at === samples?.next) samples.take();
        if (at !== exchange) continue;
        clock[0] = at;
        exchangesDue++;
        gossip?.exchange();
      }
    }
    scheduler.run(now);
    proxy.fold();
    if (now === Infinity || scheduler.finished) continue;
    clock[0] = now;
    migrator.finishTransfers(now);
    if (now === nextEstimates) {
      estimatesDue++;
      distance.probabilitiesChanged(proxy.estimates());
    }
    if (now === nextMigration) {
      migrationsDue++;
      if (plan === null) continue;
      proxy.updateRates(migrationInterval);
      gossip?.lookFrom(-1);
      migrator.step(now);
    }
  }
  samples?.finish();

  const metrics = toMetrics(
    {
      arrivals: scheduler.arrivals,
      completions: scheduler.completions,
      responseTime: scheduler.responseTime,
      rejected: scheduler.rejected,
      offloadedCompletions: scheduler.offloadedCompletions,
      coldStarts: pool.coldStarts,
      migrations: migrator.migrations,
      migratedBytes: migrator.migratedBytes,
      migrationDecisions: plan === null ? 0 : migrator.decisions,
      placements: migrator.placements,
    },
    responses,
    access,
    parameters.penalty,
  );
  memory.responseTimes = responses.values;
  memory.accessTimes = accessTimes.values;
  memory.accessWeights = accessTimes.weights ?? memory.accessWeights;
  memory.lastRun = { world, source, stores, distance, proxy, pool, view, scheduler, migrator };
  return { metrics, decisionTimesMs: migrator.decisionTimesMs, placements: migrator.placements };
}

/** The policy of that name. @throws RangeError where there is none. */
export function policyIn<P extends PolicyInfo>(registry: readonly P[], name: string): P {
  const policy = registry.find((row) => row.name === name);
  if (policy === undefined) {
    const known = registry.map((row) => row.name).join(', ');
    throw new RangeError(`"${name}" is not a policy. Known: ${known}.`);
  }
  return policy;
}

/** Quantiles are exact for so many expected arrivals, unless the parameters say otherwise. */
const EXACT_UP_TO = 4e6;

function quantileMode({ quantiles }: Parameters, expected: number): QuantileMode {
  if (quantiles === 'exact' || quantiles === 'bounded') return quantiles;
  return expected <= EXACT_UP_TO ? 'exact' : 'bounded';
}

/** A little more than the mean number of arrivals, so that response times seldom outgrow their array. */
function expectedArrivals({ parameters, scenario }: RunSpec, application: Application): number {
  if (scenario?.trace !== undefined) return scenario.trace.time_s.length;
  const mean = parameters.duration * application.rate.reduce((sum, rate) => sum + rate, 0);
  return Math.ceil(mean + 6 * Math.sqrt(mean));
}

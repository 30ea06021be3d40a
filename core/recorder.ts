/**
 * Records what a run looks like over time: an observer and samples that fill the columns of a `Recording`. Numbers
 * are rounded to what a reader needs, so that an hour takes some hundred kilobytes.
 */
import type { Observer, SampledPool, Sampling } from './observer.js';
import type { NodeKind, RecordedAccesses, Recording } from './recording.js';
import { buildWorld, type RunSpec, type World } from './simulate.js';

/** Samples of the time during which requests arrive, unless the interval is given or there are many nodes. */
const DEFAULT_SAMPLES = 360;
/** Samples of all nodes together, with which an hour of 500 nodes takes less than 5 MB. */
const MOST_NODE_SAMPLES = 60_000;
/** However many nodes there are, a run is seen in so many steps. */
const LEAST_SAMPLES = 60;

/** Instants to a microsecond, memory to a kilobyte. */
const DECIMALS_OF_TIME = 6;
const DECIMALS_OF_MEMORY = 3;
/** A nanosecond, so that access times that are computed from a recording are right to 1e-6 s. */
const DECIMALS_OF_LATENCY_MS = 6;
/** Relative error of at most 5e-10: half a microsecond of a transfer of a quarter of an hour. */
const DIGITS = 10;

const decimals = (value: number, places: number): number => Number(value.toFixed(places));
const digits = (value: number): number => Number(value.toPrecision(DIGITS));

/** The default time between samples of a run of `duration` s, in s. */
export function defaultRecordInterval(duration: number, nodeCount: number): number {
  const affordable = Math.max(LEAST_SAMPLES, Math.floor(MOST_NODE_SAMPLES / nodeCount));
  return duration / Math.min(DEFAULT_SAMPLES, affordable);
}

type Columns<Table> = { -readonly [Name in keyof Table]: number[] };

/** Watches one run: `simulate(run, { observer: recorder, sampling: recorder })`. */
export class Recorder
  implements Required<Pick<Observer, 'arrival' | 'start' | 'reject' | 'plan' | 'move'>>, Sampling
{
  private readonly world: World;
  private readonly decisions: number[] = [];
  private readonly samples: Columns<Recording['samples']> = {
    time_s: [],
    arrivals: [],
    started: [],
    rejected: [],
    violations: [],
    offloaded: [],
    cold_starts: [],
  };
  private readonly nodeSamples: Columns<Recording['node_samples']> = {
    started: [],
    rejected: [],
    busy_containers: [],
    idle_containers: [],
    memory_mb: [],
  };
  private readonly moves: Columns<Recording['moves']> = { time_s: [], key: [], from: [], to: [] };
  /** Since the last sample. */
  private arrivals = 0;
  private violations = 0;
  private offloaded = 0;
  /** Cold starts that samples have covered. */
  private coldStarts = 0;
  private readonly started: Float64Array;
  private readonly rejected: Float64Array;

  readonly interval: number;

  /** @param interval time between samples in s. @throws RangeError where it is not above 0. */
  constructor(
    private readonly run: RunSpec,
    interval?: number,
  ) {
    this.world = buildWorld(run);
    const { nodeCount } = this.world.topology;
    this.interval = interval ?? defaultRecordInterval(run.parameters.duration, nodeCount);
    if (!(this.interval > 0)) throw new RangeError(`An interval of ${this.interval} s is not above 0.`);
    this.started = new Float64Array(this.world.topology.nodeCount);
    this.rejected = new Float64Array(this.world.topology.nodeCount);
  }

  arrival(): void {
    this.arrivals++;
  }

  start(
    _time: number,
    _request: number,
    node: number,
    _coldStart: number,
    dataAccessTime: number,
    _completion: number,
    _response: number,
    f: number,
    origin: number,
  ): void {
    this.started[node] = this.started[node] + 1;
    this.violations += Number(dataAccessTime > this.world.application.tMax[f]);
    this.offloaded += Number(node !== origin);
  }

  reject(_time: number, _request: number, node: number): void {
    this.rejected[node] = this.rejected[node] + 1;
  }

  plan(time: number): void {
    this.decisions.push(decimals(time, DECIMALS_OF_TIME));
  }

  move(time: number, key: number, from: number, to: number): void {
    this.moves.time_s.push(decimals(time, DECIMALS_OF_TIME));
    this.moves.key.push(key);
    this.moves.from.push(from);
    this.moves.to.push(to);
  }

  sample(time: number, pool: SampledPool): void {
    const { samples, nodeSamples, started, rejected } = this;
    samples.time_s.push(decimals(time, DECIMALS_OF_TIME));
    samples.arrivals.push(this.arrivals);
    samples.started.push(total(started));
    samples.rejected.push(total(rejected));
    samples.violations.push(this.violations);
    samples.offloaded.push(this.offloaded);
    // A cold start may take no time, so that the pool has to say how many there were.
    samples.cold_starts.push(pool.coldStarts - this.coldStarts);
    this.coldStarts = pool.coldStarts;
    for (let node = 0; node < started.length; node++) {
      const { busy, idle, memory } = pool.census(node, time);
      nodeSamples.started.push(started[node]);
      nodeSamples.rejected.push(rejected[node]);
      nodeSamples.busy_containers.push(busy);
      nodeSamples.idle_containers.push(idle);
      nodeSamples.memory_mb.push(decimals(memory, DECIMALS_OF_MEMORY));
    }
    this.arrivals = this.violations = this.offloaded = 0;
    started.fill(0);
    rejected.fill(0);
  }

  /** What was recorded, when the run has ended. */
  recording(): Recording {
    const { application } = this.world;
    return {
      duration_s: this.run.parameters.duration,
      interval_s: this.interval,
      decisions_s: this.decisions,
      nodes: recordedNodes(this.world),
      functions: {
        name: application.functionNames,
        t_max_s: Array.from(application.tMax),
        memory_mb: Array.from(application.memory),
      },
      keys: {
        name: application.keyNames,
        size_b: Array.from(application.keySize),
        place: Array.from(application.initialNode),
      },
      accesses: recordedAccesses(this.world),
      samples: this.samples,
      node_samples: this.nodeSamples,
      moves: this.moves,
    };
  }
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);

function recordedNodes({ topology }: World): Recording['nodes'] {
  const { nodeCount, edgeCount, store, nodeNames, memory, latency } = topology;
  const kindOf = (node: number): NodeKind => (node < edgeCount ? 'edge' : node === store ? 'store' : 'cloud');
  return {
    name: nodeNames,
    kind: nodeNames.map((_, node) => kindOf(node)),
    memory_mb: Array.from(memory),
    latency_ms: Array.from(latency, (seconds) => decimals(1000 * seconds, DECIMALS_OF_LATENCY_MS)),
    ns_per_byte: Array.from(latency, (_, link) =>
      digits(1e9 * topology.secondsPerByte(Math.floor(link / nodeCount), link % nodeCount)),
    ),
  };
}

function recordedAccesses({ application }: World): RecordedAccesses {
  const accesses: Columns<RecordedAccesses> = { function: [], key: [], probability: [] };
  application.accessKey.forEach((key, slot) => {
    if (key < 0) return;
    accesses.function.push(Math.floor(slot / application.keySlots));
    accesses.key.push(key);
    accesses.probability.push(digits(application.accessProbability[slot]));
  });
  return accesses;
}

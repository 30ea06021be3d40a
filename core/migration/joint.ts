import type { MigrationPolicy, Move, PolicyContext } from '../policy.js';
import { parseReference } from '../policy-reference.js';
import type { Access } from '../view.js';
import { Forecast, type Rule } from './joint/forecast.js';

type Own = {
  readonly rule: string;
  readonly timeWeight: number;
  readonly moveWeight: number;
  readonly fill: number;
};

/**
 * Joint: places keys with a view to where requests will run afterwards. The integer program of sec. 4.2 assumes that
 * functions go on running where they ran; but slo-aware sends the next request where the keys are, a node full of keys
 * draws everybody, and its memory ends. Here a placement costs what the offloading policy will make of it:
 *
 *     interval x (late + unserved + overflow + timeWeight x completion time)  +  moveWeight x transfer time
 *
 * in requests, for the requests of an interval at their mean rates of arrival. `overflow` are the requests beyond what
 * `fill` of a node's memory holds on average (rate x time x m_f, Little's law). Keys, and all keys of a function at
 * once, are moved while that lowers the cost.
 */
export const joint: MigrationPolicy<Own> = {
  kind: 'migration',
  name: 'joint',
  doc: 'keys where requests will be in time after the offloading policy has followed them, memory counted',
  source: 'this project',
  reads: ['policy.offloading', 'slo.tMax', 'migration.interval', 'offloading.overhead', 'knowledge.mode'],
  parameters: {
    rule: {
      unit: '-',
      kind: { type: 'choice', choices: ['auto', 'slo-aware', 'least-late'] },
      default: 'auto',
      doc: 'how requests will choose their node; auto: as least-late where that is the offloading policy, else as slo-aware',
    },
    timeWeight: {
      unit: 'req/s',
      kind: { type: 'number', min: 0 },
      default: 0.1,
      doc: 'late requests that a second of completion time counts for',
    },
    moveWeight: {
      unit: 'req/s',
      kind: { type: 'number', min: 0 },
      default: 10,
      doc: 'late requests that a second of transferring keys counts for',
    },
    fill: {
      unit: '-',
      kind: { type: 'number', above: 0, max: 1 },
      default: 0.7,
      doc: 'part of the memory of a node that requests may hold on average; above it they find it full too often',
    },
  },
  make(context) {
    const { view, parameters, own } = context;
    const isLeastLate = parseReference(parameters.offloading).name === 'least-late';
    const rule = own.rule === 'auto' ? (isLeastLate ? 'least-late' : 'slo-aware') : (own.rule as Rule);
    const forecast = new Forecast(view, rule, parameters.offloadOverhead / 1000);
    const keys = view.accessedKeys;
    return () => {
      const search = new JointSearch(context, forecast);
      search.run(keys);
      const moves: Move[] = [];
      for (const key of keys) {
        const to = search.place[key];
        if (to !== view.placeOf(key)) moves.push({ key, to });
      }
      return { moves };
    };
  },
};

/** A step must lower the cost by this much, in requests. */
const LEAST_GAIN = 1e-6;
const MOST_SWEEPS = 20;

class JointSearch {
  readonly place: Int32Array;
  readonly #context: PolicyContext<Own>;
  readonly #forecast: Forecast;
  readonly #functionsOf = new Map<number, number[]>();
  readonly #spare: Float64Array;
  readonly #accesses: readonly (readonly Access[])[];

  constructor(context: PolicyContext<Own>, forecast: Forecast) {
    const { view } = context;
    this.#context = context;
    this.#forecast = forecast;
    this.place = Int32Array.from({ length: view.keyCount }, (_, key) => view.placeOf(key));
    this.#spare = Float64Array.from({ length: view.nodeCount }, (_, node) => view.spareStorage(node));
    this.#accesses = Array.from({ length: view.functionCount }, (_, f) => view.accessesOf(f));
    for (let f = 0; f < view.functionCount; f++) {
      for (const { key } of this.#accesses[f]) {
        this.#functionsOf.set(key, [...(this.#functionsOf.get(key) ?? []), f]);
      }
    }
    forecast.begin(this.place, this.#accesses);
  }

  /** Cost of the placement in requests of one interval. */
  #cost(): number {
    const { view, parameters, own } = this.#context;
    const { nodeCount, functionCount } = view;
    const { late, time, flow, memory } = this.#forecast;
    let rate = 0;
    for (let f = 0; f < functionCount; f++) rate += late[f] + own.timeWeight * time[f];
    for (let j = 0; j < nodeCount; j++) {
      const most = own.fill * view.memory(j);
      if (memory[j] > most) rate += flow[j] * (1 - most / memory[j]);
    }
    let transfer = 0;
    for (const key of this.#functionsOf.keys()) {
      transfer += view.accessTime(view.placeOf(key), this.place[key], key);
    }
    return parameters.migrationInterval * rate + own.moveWeight * transfer;
  }

  #put(key: number, node: number): void {
    const size = this.#context.view.keySize(key);
    const from = this.place[key];
    this.#spare[from] = this.#spare[from] + size;
    this.#spare[node] = this.#spare[node] - size;
    this.place[key] = node;
  }

  /** Puts `keys` on the node if they have room and that costs less; else leaves all as it was. */
  #try(keys: readonly number[], node: number, before: number): number {
    const old = keys.map((key) => this.place[key]);
    if (old.every((place) => place === node)) return before;
    const touched = new Set(keys.flatMap((key) => this.#functionsOf.get(key) ?? []));
    for (const key of keys) this.#put(key, node);
    if (this.#spare[node] >= 0) {
      for (const f of touched) this.#forecast.update(f, this.place);
      const after = this.#cost();
      if (after < before - LEAST_GAIN) return after;
    }
    keys.forEach((key, i) => {
      this.#put(key, old[i]);
    });
    for (const f of touched) this.#forecast.update(f, this.place);
    return before;
  }

  /**
   * Nodes worth trying for `keys`: where requests arrive, the cloud node next to each of these, and where keys of the
   * same functions are. Other nodes are further from everybody concerned.
   */
  #targets(keys: readonly number[]): Set<number> {
    const { view } = this.#context;
    const targets = new Set<number>();
    for (let i = 0; i < view.edgeCount; i++) {
      targets.add(i);
      if (view.nearestCloud(i) >= 0) targets.add(view.nearestCloud(i));
    }
    for (const key of keys)
      for (const f of this.#functionsOf.get(key) ?? [])
        for (const { key: other } of this.#accesses[f]) targets.add(this.place[other]);
    return targets;
  }

  run(keys: Int32Array): void {
    const groups = [
      ...this.#accesses.map((list) => list.map(({ key }) => key)),
      ...Array.from(keys, (key) => [key]),
    ];
    // A group is tried again only when something has changed since.
    const stamp = new Int32Array(groups.length).fill(-1);
    let cost = this.#cost();
    let changes = 0;
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const before = changes;
      groups.forEach((group, g) => {
        if (stamp[g] === changes) return;
        for (const node of this.#targets(group)) {
          const after = this.#try(group, node, cost);
          if (after < cost) changes++;
          cost = after;
        }
        stamp[g] = changes;
      });
      if (changes === before) return;
    }
  }
}

/**
 * The Data Migrator (sec. 3), logically central: it asks the migration policy at every interval and carries
 * the plan out, at once or after the transfer time of each key (migration.mode).
 */
import type { DataDistanceTable } from './data-distance.js';
import { PolicyError } from './errors.js';
import type { LocalDataStores } from './local-data-store.js';
import type { Observer } from './observer.js';
import type { Parameters } from './parameters.js';
import { CAPACITY_TOLERANCE } from './placement/problem.js';
import type { PlacementRecord } from './placement/tally.js';
import type { MigrationDecision, MigrationPlan, Move } from './policy.js';
import type { Topology } from './topology.js';

interface Transfer extends Move {
  readonly done: number;
}

export class DataMigrator {
  migrations = 0;
  migratedBytes = 0;
  decisions = 0;
  /** One a decision of a policy that solves placement problems. */
  readonly placements: PlacementRecord[] = [];
  readonly decisionTimesMs: number[] = [];
  /** Under way, by time of arrival. */
  private transfers: Transfer[] = [];

  constructor(
    private readonly parameters: Parameters,
    private readonly topology: Topology,
    private readonly stores: LocalDataStores,
    private readonly distance: DataDistanceTable,
    private readonly keySize: Float64Array,
    private readonly decide: MigrationDecision,
    private readonly policyName: string,
    private readonly observer: Observer | undefined,
    private readonly clock: (() => number) | undefined,
  ) {}

  /** When the next transfer arrives, in s; Infinity when none is under way. */
  get nextTransfer(): number {
    return this.transfers[0]?.done ?? Infinity;
  }

  /**
   * Asks the policy, and moves keys or starts to transfer them.
   * @throws PolicyError when the plan names a key or node that is none, or fills a node beyond its storage.
   */
  step(now: number): void {
    this.observer?.plan?.(now);
    const started = this.clock?.();
    const plan = this.decide();
    if (started !== undefined && this.clock !== undefined) this.decisionTimesMs.push(this.clock() - started);
    this.decisions++;
    // A policy in plain JavaScript may forget to return its plan.
    if (!Array.isArray(plan?.moves)) {
      throw new PolicyError(
        this.policyName,
        now,
        'migration',
        'the decision is no plan: it has no list "moves"',
      );
    }
    if (plan.placement !== undefined) this.placements.push(plan.placement);
    for (const move of plan.moves) this.check(move, now);
    if (plan.ifRoom !== true) this.checkRoom(plan.moves, now);
    if (this.parameters.migrationMode === 'transfer') this.startTransfers(plan.moves, now);
    else this.moveAll(plan, now);
  }

  /** Completes the transfers that have arrived by `now`. */
  finishTransfers(now: number): void {
    while (this.transfers.length > 0 && this.transfers[0].done <= now) {
      const { key, to } = this.transfers.shift()!;
      // Room that was there when the transfer began may have been taken meanwhile.
      if (this.stores.fits(key, to)) this.move(key, to, now);
    }
  }

  private moveAll(plan: MigrationPlan, now: number): void {
    for (const { key, to } of plan.moves) {
      if (plan.ifRoom !== true || this.stores.fits(key, to)) this.move(key, to, now);
    }
  }

  /**
   * A plan may pass through states without room, as when two keys change places; its end may not. Solvers may use up
   * their whole tolerance, and sums in another order differ by rounding, so that here it is twice as wide.
   */
  private checkRoom(moves: readonly Move[], now: number): void {
    const { storage, nodeCount } = this.topology;
    const places = new Map(moves.map(({ key, to }) => [key, to]));
    const gained = new Float64Array(nodeCount);
    const last = new Int32Array(nodeCount);
    for (const [key, to] of places) {
      gained[this.stores.place[key]] -= this.keySize[key];
      gained[to] += this.keySize[key];
      last[to] = key;
    }
    for (let node = 0; node < nodeCount; node++) {
      const beyond = gained[node] - this.stores.spare(node);
      if (gained[node] <= 0 || beyond <= 2 * CAPACITY_TOLERANCE * storage[node]) continue;
      const about = `migration of key ${last[node]} (${this.keySize[last[node]]} B)`;
      const reason = `node ${node} would hold ${beyond} B more than its storage of ${storage[node]} B`;
      throw new PolicyError(this.policyName, now, about, reason);
    }
  }

  private startTransfers(moves: readonly Move[], now: number): void {
    const { nodeCount, latency } = this.topology;
    for (const { key, to } of moves) {
      const from = this.stores.place[key];
      // A newer decision on a key replaces the one under way.
      this.transfers = this.transfers.filter((transfer) => transfer.key !== key);
      if (from === to || !this.stores.fits(key, to)) continue;
      const time = 2 * latency[from * nodeCount + to];
      const done = now + time + this.keySize[key] * this.topology.secondsPerByte(from, to);
      this.transfers.push({ key, to, done });
    }
    this.transfers.sort((x, y) => x.done - y.done || x.key - y.key);
  }

  private move(key: number, to: number, now: number): void {
    const from = this.stores.place[key];
    if (from === to) return;
    this.stores.move(key, to);
    this.distance.placesChanged();
    this.migrations++;
    this.migratedBytes += this.keySize[key];
    this.observer?.move?.(now, key, from, to);
  }

  private check(move: Move, now: number): void {
    const { key, to } = move ?? {};
    const isIndex = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
    if (!isIndex(key, this.keySize.length)) {
      throw new PolicyError(
        this.policyName,
        now,
        'migration',
        `${key} is no key; keys are 0 to ${this.keySize.length - 1}`,
      );
    }
    if (!isIndex(to, this.topology.nodeCount)) {
      const range = `; nodes are 0 to ${this.topology.nodeCount - 1}`;
      throw new PolicyError(this.policyName, now, `migration of key ${key}`, `${to} is no node${range}`);
    }
  }
}

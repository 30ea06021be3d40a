/** What a policy is: one decision over a read-only view, made afresh for each run. */
import type { ParameterKind, Parameters, ParameterValue } from './parameters.js';
import type { PlacementRecord } from './placement/tally.js';
import type { Stream } from './rng.js';
import type { SystemView } from './view.js';

/** A parameter of a policy's own, in the form of the rows of core/parameters.ts; its key is its name. */
export interface PolicyParameter<Value extends ParameterValue = ParameterValue> {
  /** "s", "MB", "%"; "-" where there is none. */
  readonly unit: string;
  /** Which values make sense: `{ type: 'number', min: 0, max: 1 }`. */
  readonly kind: ParameterKind;
  readonly default: Value;
  readonly doc: string;
}

/** Values of a policy's own parameters, by name. */
export type OwnValues = Readonly<Record<string, ParameterValue>>;

/** A row of a registry. `Own` names the policy's own parameters: `OffloadingPolicy<{ alpha: number }>`. */
export interface PolicyInfo<Own extends OwnValues = OwnValues> {
  /** Lower case, words joined by hyphens: what `--offloading` and `--migration` take. */
  readonly name: string;
  /** One line: what it decides. */
  readonly doc: string;
  /** The paper or section that the policy comes from. */
  readonly source: string;
  /** Public names of the parameters of the simulator that it reads, for the documentation. */
  readonly reads?: readonly string[];
  /** Its own parameters, set with `--set <policy>.<parameter>=<value>`. */
  readonly parameters?: { readonly [Name in keyof Own]: PolicyParameter<Own[Name]> };
}

/** What a policy is made with. */
export interface PolicyContext<Own extends OwnValues = OwnValues> {
  /** The parameters of the run, frozen. */
  readonly parameters: Parameters;
  readonly view: SystemView;
  /** A random stream of the policy's own. */
  readonly random: Stream;
  /** The policy's own parameters: as set, else their defaults. */
  readonly own: Own;
}

/** The request that the Scheduler decides on. The object is reused: keep its numbers, not it. */
export interface RequestView {
  readonly function: number;
  /** Where the request is: an edge node. */
  readonly node: number;
  /** How often it has been offloaded so far. */
  readonly offloads: number;
}

/** Decision of an offloading policy: the request is refused. */
export const REJECT = -1;
/**
 * Decision of an offloading policy: offload to the node where the request is, i.e. decide again there after
 * the overhead of an offload. Only sense in this: the authors' simulator does it (offloading.checkMemory).
 */
export const TRY_AGAIN = -2;

/**
 * Returns the node where the request goes: its own node to run it there (if the node cannot, the request is
 * rejected), another to offload it, REJECT, or TRY_AGAIN.
 */
export type OffloadingDecision = (request: RequestView) => number;

/** A number by which a policy judges a node. */
export interface Estimate {
  /** In a few words: "data access". */
  readonly name: string;
  readonly value: number;
  /** "s", "MB", "%"; "-" where there is none. */
  readonly unit: string;
}

/** A node to which the request could go. */
export interface Candidate {
  readonly node: number;
  readonly values: readonly Estimate[];
  /** Whether the rule lets the request go there now. */
  readonly admissible: boolean;
  /** Why, or why not, in a few words. */
  readonly reason: string;
}

/** Why a policy decides as it does. */
export interface Explanation {
  /** The rule in a sentence. */
  readonly rule: string;
  /** In the order in which the policy prefers them. */
  readonly candidates: readonly Candidate[];
  /** What follows from the rule and the candidates: a node, REJECT or TRY_AGAIN. It has to be the decision. */
  readonly decision: number;
  /** Why it follows, in a few words. */
  readonly because: string;
}

/** Explains a decision right after it was made. @param decision what the policy answered. */
export type ExplainDecision = (request: RequestView, decision: number) => Explanation;

/** A policy of the Scheduler. `make` is called once a run; what it returns, once for each request at an edge node. */
export interface OffloadingPolicy<Own extends OwnValues = OwnValues> extends PolicyInfo<Own> {
  readonly kind: 'offloading';
  make(context: PolicyContext<Own>): OffloadingDecision;
  /**
   * Called once for a run whose decisions are to be explained. What it returns sees the system as the decision saw it,
   * and must not draw from the policy's random stream.
   */
  explain?(context: PolicyContext<Own>): ExplainDecision;
}

/** Key `key` goes to node `to`. Moves are applied in order, so a later move of a key wins. */
export interface Move {
  readonly key: number;
  readonly to: number;
}

/** What a migration policy wants done now. */
export interface MigrationPlan {
  readonly moves: readonly Move[];
  /** Leave out moves to nodes without room for the key; else such a move is an error. */
  readonly ifRoom?: boolean;
  /** How the placement problem was solved, for policies that solve one. */
  readonly placement?: PlacementRecord;
}

/** Returns what to move now. */
export type MigrationDecision = () => MigrationPlan;

/** A policy of the Data Migrator. `make` is called once a run; what it returns, once every `migration.interval`. */
export interface MigrationPolicy<Own extends OwnValues = OwnValues> extends PolicyInfo<Own> {
  readonly kind: 'migration';
  /** Null: keys never move, and nothing needs to be traced. */
  make(context: PolicyContext<Own>): MigrationDecision | null;
}

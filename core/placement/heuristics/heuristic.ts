/** What a heuristic answers. */
export interface HeuristicOutcome {
  /** One candidate a key, or null when no plan that fits was found. */
  readonly choice: Int32Array | null;
  /** A proven lower bound in `reducedValue`'s terms; -Infinity where the heuristic has none. */
  readonly bound: number;
}

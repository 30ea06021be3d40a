/** What every solver of the reduced problem answers. */
export interface SolverOutcome {
  /** 'stopped': the limit came before a proof; `choice` is then the best found, if any. */
  readonly status: 'optimal' | 'stopped' | 'infeasible';
  /** One candidate a key, or null when none was found. */
  readonly choice: Int32Array | null;
  /** The solver's value of `choice` and its proven lower bound; both in `reducedValue`'s terms. */
  readonly value: number;
  readonly bound: number;
}

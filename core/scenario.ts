/**
 * Optional input that replaces what would be generated: pure data, with units in the names. The harness
 * reads it from JSON and checks it; the core trusts it.
 */

/** A node. What is absent comes from the parameters of its kind. */
export interface ScenarioNode {
  readonly name: string;
  readonly kind: 'edge' | 'cloud' | 'store';
  readonly memory_mb?: number;
  readonly storage_mb?: number;
  readonly speedup?: number;
}

/** A function with its measured demands. */
export interface ScenarioFunction {
  readonly name: string;
  readonly memory_mb: number;
  /** Mean of the exponential execution time on the reference architecture. */
  readonly warm_duration_s: number;
  readonly cold_start_s: number;
  /** Total arrival rate; absent: as the parameters say. Not used beside a trace. */
  readonly rate_per_s?: number;
  readonly t_max_s?: number;
  /** Keys that the function accesses; absent: drawn as the parameters say. */
  readonly keys?: readonly { readonly key: string; readonly probability: number }[];
}

/** A key; without a size, one is drawn. */
export interface ScenarioKey {
  readonly name: string;
  readonly size_bytes?: number;
  /** Name of the node that holds the key at first; absent: the data store. */
  readonly node?: string;
}

/** Arrivals in time order, one entry a request in each array. */
export interface ArrivalTrace {
  readonly time_s: Float64Array;
  /** Index into the functions of the scenario. */
  readonly function: Int32Array;
  /** Index into the nodes of the scenario; absent: assigned as the workload says. */
  readonly node?: Int32Array;
}

/** Each part may be absent; it is then generated as the parameters say. */
export interface Scenario {
  readonly name?: string;
  readonly nodes?: readonly ScenarioNode[];
  /** One-way latency, symmetric, zero diagonal, in the order of `nodes`. */
  readonly latency_ms?: readonly (readonly number[])[];
  /** Same shape; the diagonal is ignored. */
  readonly bandwidth_mbps?: readonly (readonly number[])[];
  readonly functions?: readonly ScenarioFunction[];
  readonly keys?: readonly ScenarioKey[];
  readonly trace?: ArrivalTrace;
}

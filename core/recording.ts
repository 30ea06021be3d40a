/**
 * What one run looked like over time, in columns: all lists of a table have one entry a row. Plain numbers and
 * texts only, so that it is the same in memory, in a file and in a page. Nodes, functions and keys are indices.
 */

export type NodeKind = 'edge' | 'cloud' | 'store';

export interface RecordedNodes {
  readonly name: readonly string[];
  readonly kind: readonly NodeKind[];
  /** Memory M_i in MB; 0 for the store. */
  readonly memory_mb: readonly number[];
  /** One-way latency d_ij in ms, from * nodes + to. */
  readonly latency_ms: readonly number[];
  /** Time of a byte on the link, 1 / b_ij, in ns, from * nodes + to. */
  readonly ns_per_byte: readonly number[];
}

export interface RecordedFunctions {
  readonly name: readonly string[];
  readonly t_max_s: readonly number[];
  readonly memory_mb: readonly number[];
}

export interface RecordedKeys {
  readonly name: readonly string[];
  readonly size_b: readonly number[];
  /** The node that holds the key at the start. */
  readonly place: readonly number[];
}

/** Who accesses what: a row for each function and key with its true probability p_fk. */
export interface RecordedAccesses {
  readonly function: readonly number[];
  readonly key: readonly number[];
  readonly probability: readonly number[];
}

/** What happened in the interval that ends at `time_s`; every request counts when it arrives, starts or is rejected. */
export interface RecordedSamples {
  readonly time_s: readonly number[];
  readonly arrivals: readonly number[];
  /** Executions that began. */
  readonly started: readonly number[];
  readonly rejected: readonly number[];
  /** Executions that began, with a data access time above T_max of their function. */
  readonly violations: readonly number[];
  /** Executions that began on another node than the one of arrival. */
  readonly offloaded: readonly number[];
  readonly cold_starts: readonly number[];
}

/** The same by node, and its containers at `time_s`; each list is sample * nodes + node. */
export interface RecordedNodeSamples {
  readonly started: readonly number[];
  readonly rejected: readonly number[];
  readonly busy_containers: readonly number[];
  readonly idle_containers: readonly number[];
  /** Memory in MB that containers hold, busy or idle. */
  readonly memory_mb: readonly number[];
}

/** Keys that were moved, in the order of time. */
export interface RecordedMoves {
  readonly time_s: readonly number[];
  readonly key: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface Recording {
  /** Seconds of arrivals; samples go on until the last request has started. */
  readonly duration_s: number;
  /** Time between samples. */
  readonly interval_s: number;
  /** Instants at which the migration policy was asked. */
  readonly decisions_s: readonly number[];
  readonly nodes: RecordedNodes;
  readonly functions: RecordedFunctions;
  readonly keys: RecordedKeys;
  readonly accesses: RecordedAccesses;
  readonly samples: RecordedSamples;
  readonly node_samples: RecordedNodeSamples;
  readonly moves: RecordedMoves;
}

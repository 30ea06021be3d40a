/** What is told of one request: what it met, what was decided and why, and what came of it. Names, not numbers. */
import type { Room } from './offloading/explaining.js';
import type { Candidate } from './policy.js';

/** A key that the function may access, seen from a node. */
export interface AccountedKey {
  readonly key: string;
  /** True p_fk. */
  readonly probability: number;
  /** Whether this request accesses it. */
  readonly accessed: boolean;
  readonly size_b: number;
  readonly place: string;
  /** From the node in question, whether or not it is accessed. */
  readonly access_time_s: number;
}

/** A candidate with names in place of numbers, and what holds for any policy. */
export interface AccountedCandidate extends Omit<Candidate, 'node'> {
  readonly node: string;
  readonly expected_access_s: number;
  readonly meets_t_max: boolean;
  readonly room: Room;
  readonly chosen: boolean;
}

/** What becomes of a request at a node. */
export type Action = 'run here' | 'offload' | 'decide again' | 'reject';

export interface AccountedStep {
  readonly time_s: number;
  readonly node: string;
  /** How often the request has been offloaded so far. */
  readonly offloads: number;
  /** Who decides: the policy, or nobody, since cloud nodes run what they are sent and offloads are used up. */
  readonly decided_by: 'policy' | 'cloud node' | 'last offload';
  /** Where the policy decides. */
  readonly rule?: string;
  readonly candidates?: readonly AccountedCandidate[];
  readonly because?: string;
  /** What the policy answered: a node, "reject" or "decide again". A node may turn out to have no room. */
  readonly decision?: string;
  /** What the policy's own explanation leads to, where it is not what was decided. */
  readonly contradiction?: string;
  readonly action: Action;
  /** Where the request goes, where it is offloaded. */
  readonly to?: string;
}

export interface RequestAccount {
  /** From 1, in the order of arrival. */
  readonly request: number;
  readonly offloading: string;
  readonly migration: string;
  /** Age limit in s of what nodes know of others; 0: always fresh. */
  readonly gossip_interval_s: number;
  /** knowledge.mode: whether expected data access times rest on the "true" p_fk or on "estimated" ones. */
  readonly knowledge_mode: string;
  readonly arrival: {
    readonly time_s: number;
    readonly node: string;
    readonly function: string;
    readonly t_max_s: number;
    /** On the reference architecture. */
    readonly service_time_s: number;
    readonly keys: readonly AccountedKey[];
  };
  readonly steps: readonly AccountedStep[];
  readonly outcome:
    | {
        readonly kind: 'started';
        readonly time_s: number;
        readonly node: string;
        /** 0: a container was idle, or one starts in no time. */
        readonly cold_start_s: number;
        readonly execution_time_s: number;
        readonly data_access_time_s: number;
        readonly keys: readonly AccountedKey[];
        readonly response_time_s: number;
        readonly violation: boolean;
        readonly offloaded: boolean;
      }
    | { readonly kind: 'rejected'; readonly time_s: number; readonly node: string };
}

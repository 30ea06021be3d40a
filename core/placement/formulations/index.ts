/**
 * How eqs. (8)-(25) are read. What all readings share: access times (8) with the nodes weighed by where f runs, migration
 * terms (9) over their normalisation (17), one place a key (20), a capacity a place (19).
 */
import type { SloScope } from '../problem.js';

export type FormulationName = 'as-written' | 'no-slack' | 'per-function' | 'sound';

/** A row of the table of readings. */
export interface Formulation {
  readonly name: FormulationName;
  readonly doc: string;
  /** The objective and what it is subject to. */
  readonly equations: readonly string[];
  /** Is Z (18) in the objective? */
  readonly slack: boolean;
  /** The scope of the SLO that this reading fixes; undefined where `placement.slo` chooses. */
  readonly scope?: SloScope;
  /** Does (19) count capacity once: less what keys outside the problem hold, not less those that stay, too? */
  readonly capacityOnce: boolean;
  /** Is the penalty of f weighed by its requests expected until the next decision (r_f), or that of one request? */
  readonly expectedRequests: boolean;
  /** Are ties broken by access time, with the weight `placement.tieWeight`? */
  readonly tieBreak: boolean;
}

const CONSTRAINTS = [
  'sum_j x_j^k = 1 for every k (20), x binary (25)',
  'T_fk(x) = p_fk sum_i share_fi sum_j (d_ij + l_k / b_ij + d_ji) x_j^k (8)',
] as const;

export const FORMULATIONS: readonly Formulation[] = [
  {
    name: 'as-written',
    doc: '(8)-(25) as printed: with Z, the penalty of one request, capacity less what every key holds now',
    equations: [
      'min w_p sum_f rho_f delta_f + w_m sum_k mig_k(x) / migmax_k + sum_f sum_k z_fk (16)-(18)',
      'T_fk(x) + z_fk = T_max_f + delta_fk, delta_f >= delta_fk for every f, k (13), (14)',
      'sum_k l_k x_j^k <= S_j - sum_k l_k xbar_j^k for every j (19)',
      ...CONSTRAINTS,
    ],
    slack: true,
    capacityOnce: false,
    expectedRequests: false,
    tieBreak: false,
  },
  {
    name: 'no-slack',
    doc: 'as written without Z: the excess is bounded from below only',
    equations: [
      'min w_p sum_f rho_f delta_f + w_m sum_k mig_k(x) / migmax_k (17)',
      'delta_f >= T_fk(x) - T_max_f for every f, k (13), (14)',
      'sum_k l_k x_j^k <= S_j - sum_k l_k xbar_j^k for every j (19)',
      ...CONSTRAINTS,
    ],
    slack: false,
    capacityOnce: false,
    expectedRequests: false,
    tieBreak: false,
  },
  {
    name: 'per-function',
    doc: 'without Z, and the excess of f is that of the sum of the access times of its keys',
    equations: [
      'min w_p sum_f rho_f delta_f + w_m sum_k mig_k(x) / migmax_k (17)',
      'delta_f >= sum_k T_fk(x) - T_max_f for every f, in place of (13), (14)',
      'sum_k l_k x_j^k <= S_j - sum_k l_k xbar_j^k for every j (19)',
      ...CONSTRAINTS,
    ],
    slack: false,
    scope: 'per-function',
    capacityOnce: false,
    expectedRequests: false,
    tieBreak: false,
  },
  {
    name: 'sound',
    doc: 'without Z, capacity counted once, penalties times the requests expected until the next decision, ties broken by access time',
    equations: [
      'min w_p sum_f rho_f r_f delta_f + w_m sum_k mig_k(x) / migmax_k + tie sum_f sum_k T_fk(x)',
      'delta_f >= T_fk(x) - T_max_f for every f, k, or >= sum_k T_fk(x) - T_max_f for every f (placement.slo)',
      'sum_k l_k x_j^k <= S_j - what keys outside the problem hold, for every j',
      ...CONSTRAINTS,
    ],
    slack: false,
    capacityOnce: true,
    expectedRequests: true,
    tieBreak: true,
  },
];

/** The row of the table. @throws RangeError when there is none of this name. */
export function formulationNamed(name: string): Formulation {
  const formulation = FORMULATIONS.find((row) => row.name === name);
  if (formulation === undefined) {
    const known = FORMULATIONS.map((row) => row.name).join(', ');
    throw new RangeError(`"${name}" is not a formulation. Known: ${known}.`);
  }
  return formulation;
}

/** What the formulation, and the SLO scope where it leaves that open, mean for a `PlacementProblem`. */
export function readingOf(
  { slack, scope, tieBreak }: Formulation,
  options: { readonly slo: SloScope; readonly tieWeight: number },
): { readonly slack: boolean; readonly scope: SloScope; readonly tieWeight: number } {
  return { slack, scope: scope ?? options.slo, tieWeight: tieBreak ? options.tieWeight : 0 };
}

/** Placement problems as JSON files: the format of the reference instances, turned into a `PlacementProblem`. */
import { type FormulationName, formulationNamed, readingOf } from './formulations/index.js';
import { accessFrom, type PlacementProblem, type SloScope } from './problem.js';

/** One problem as a file holds it. Arrays of arrays are indexed as written; times in s, sizes in bytes. */
export interface ReferenceInstance {
  readonly N: number;
  readonly F: number;
  readonly K: number;
  readonly latency: readonly (readonly number[])[];
  readonly bandwidth: readonly (readonly number[])[];
  readonly size: readonly number[];
  /** Triples [f, k, p]; pairs not listed have probability 0. */
  readonly access: readonly (readonly [number, number, number])[];
  /** share[f][i]: part of the executions of f at i. */
  readonly share: readonly (readonly number[])[];
  readonly Tmax: readonly number[];
  readonly rho: readonly number[];
  readonly wp: number;
  readonly wm: number;
  /** Where each key is now. */
  readonly loc: readonly number[];
  /** The right-hand side of (19). */
  readonly cap: readonly number[];
}

/** What the reference instances call the readings. */
export const REFERENCE_READINGS = {
  literal: 'as-written',
  noZ: 'no-slack',
  perFunction: 'per-function',
} as const satisfies Record<string, FormulationName>;

export interface ReferenceOptions {
  /** The scope of the SLO where the formulation leaves it open; default per key. */
  readonly slo?: SloScope;
  /** Weight of access times in `sound`, 1/s. */
  readonly tieWeight?: number;
}

/**
 * The problem of a file under a reading. A file knows no rates, so that in `sound` too the penalty of f is that of one request,
 * and `cap` is the right-hand side of (19) in every reading.
 * @throws RangeError when an array has a wrong length or `access` names what is not there.
 */
export function problemFromReference(
  instance: ReferenceInstance,
  formulation: FormulationName,
  { slo = 'per-key', tieWeight = 1e-3 }: ReferenceOptions = {},
): PlacementProblem {
  const { N, F, K } = instance;
  return {
    nodes: N,
    functions: F,
    keys: K,
    latency: matrix('latency', instance.latency, N, N),
    bandwidth: matrix('bandwidth', instance.bandwidth, N, N),
    size: vector('size', instance.size, K),
    access: accessFrom(F, K, instance.access),
    share: matrix('share', instance.share, F, N),
    tMax: vector('Tmax', instance.Tmax, F),
    penalty: vector('rho', instance.rho, F),
    requests: new Float64Array(F).fill(1),
    wp: instance.wp,
    wm: instance.wm,
    current: Int32Array.from(vector('loc', instance.loc, K)),
    capacity: vector('cap', instance.cap, N),
    mayHost: new Uint8Array(N).fill(1),
    ...readingOf(formulationNamed(formulation), { slo, tieWeight }),
  };
}

function vector(name: string, values: readonly number[], length: number): Float64Array {
  if (values.length !== length)
    throw new RangeError(`${name}: expected ${length} numbers, got ${values.length}.`);
  return Float64Array.from(values);
}

function matrix(
  name: string,
  rows: readonly (readonly number[])[],
  height: number,
  width: number,
): Float64Array {
  if (rows.length !== height) throw new RangeError(`${name}: expected ${height} rows, got ${rows.length}.`);
  const flat = new Float64Array(height * width);
  rows.forEach((row, i) => {
    flat.set(vector(`${name}[${i}]`, row, width), i * width);
  });
  return flat;
}

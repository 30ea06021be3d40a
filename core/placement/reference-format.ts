/** Placement problems as JSON files: the format of the reference instances, turned into a `PlacementProblem`. */
import { accessFrom, type PlacementProblem } from './problem.js';

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

/**
 * How the equations are read: 'literal' is (8)-(25) with Z; 'noZ' drops Z, so that excesses are bounded from
 * below only; 'perFunction' also takes the excess of f on the sum over its keys.
 */
export type Reading = 'literal' | 'noZ' | 'perFunction';

/** @throws RangeError when an array has a wrong length or `access` names what is not there. */
export function problemFromReference(instance: ReferenceInstance, reading: Reading): PlacementProblem {
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
    tieWeight: 0,
    slack: reading === 'literal',
    scope: reading === 'perFunction' ? 'per-function' : 'per-key',
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

/** The sparse relation between functions and keys: p_fk of sec. 4.1, in rows by key and in rows by function. */

/** Who uses which key, in compressed rows both ways; pairs with probability 0 are left out. */
export interface Access {
  /** Length K + 1: the uses of key k are `keyStart[k]` up to `keyStart[k + 1]`, by rising function. */
  readonly keyStart: Int32Array;
  /** The function of each use. */
  readonly keyFunction: Int32Array;
  /** p_fk of each use, in (0, 1]. */
  readonly probability: Float64Array;
  /** Length F + 1: the rows of function f in the next two arrays, by rising key. */
  readonly functionStart: Int32Array;
  readonly functionKey: Int32Array;
  /** The index of the same pair among the uses of keys. */
  readonly functionUse: Int32Array;
}

/**
 * Builds both directions of `Access` from triples (f, k, p) in any order.
 * @throws RangeError on an index out of range, a probability outside [0, 1] or a pair listed twice.
 */
export function accessFrom(
  functions: number,
  keys: number,
  triples: Iterable<readonly [f: number, k: number, p: number]>,
): Access {
  const pairs: (readonly [number, number, number])[] = [];
  for (const [f, k, p] of triples) {
    if (!Number.isInteger(f) || f < 0 || f >= functions)
      throw new RangeError(`access (${f}, ${k}): ${f} is not a function; there are ${functions}.`);
    if (!Number.isInteger(k) || k < 0 || k >= keys)
      throw new RangeError(`access (${f}, ${k}): ${k} is not a key; there are ${keys}.`);
    if (!(p >= 0 && p <= 1)) throw new RangeError(`access (${f}, ${k}): probability ${p} is not in [0, 1].`);
    if (p > 0) pairs.push([f, k, p]);
  }
  pairs.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const keyStart = new Int32Array(keys + 1);
  const functionStart = new Int32Array(functions + 1);
  for (let u = 0; u < pairs.length; u++) {
    const [f, k] = pairs[u];
    if (u > 0 && pairs[u - 1][0] === f && pairs[u - 1][1] === k)
      throw new RangeError(`access (${f}, ${k}) is listed twice.`);
    keyStart[k + 1]++;
    functionStart[f + 1]++;
  }
  for (let k = 0; k < keys; k++) keyStart[k + 1] += keyStart[k];
  for (let f = 0; f < functions; f++) functionStart[f + 1] += functionStart[f];
  const functionKey = new Int32Array(pairs.length);
  const functionUse = new Int32Array(pairs.length);
  const next = functionStart.slice();
  pairs.forEach(([f, k], u) => {
    functionKey[next[f]] = k;
    functionUse[next[f]++] = u;
  });
  return {
    keyStart,
    keyFunction: Int32Array.from(pairs, (pair) => pair[0]),
    probability: Float64Array.from(pairs, (pair) => pair[2]),
    functionStart,
    functionKey,
    functionUse,
  };
}

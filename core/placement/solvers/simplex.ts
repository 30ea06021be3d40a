/** Steps within a simplex { x >= 0, sum x = total } whose coordinates lie scattered in a larger vector. */

/**
 * Takes the mean from the gradient of the active members, as their sum is fixed.
 * Returns the squared norm of what is left, without coordinates that already rest at 0 and would fall.
 */
export function centre(
  members: readonly number[],
  active: Uint8Array,
  x: Float64Array,
  gradient: Float64Array,
): number {
  let sum = 0;
  let count = 0;
  for (const u of members) {
    if (active[u] === 0) continue;
    sum += gradient[u];
    count++;
  }
  const mean = count > 0 ? sum / count : 0;
  let norm = 0;
  for (const u of members) {
    if (active[u] === 0) continue;
    gradient[u] -= mean;
    if (gradient[u] > 0 || x[u] > 0) norm += gradient[u] * gradient[u];
  }
  return norm;
}

/**
 * Adds `stride` times the gradient to the active members and projects them back, others become 0. The projection is
 * that of Michelot, "A finite algorithm for finding the projection of a point onto the canonical simplex of R^n",
 * J. Optim. Theory Appl. 50, 1986: shift all alike, drop what falls to 0 or below, repeat.
 */
export function moveOnSimplex(
  members: readonly number[],
  active: Uint8Array,
  x: Float64Array,
  gradient: Float64Array,
  stride: number,
  total: number,
): void {
  let count = 0;
  let sum = 0;
  for (const u of members) {
    if (active[u] === 0) {
      x[u] = 0;
      continue;
    }
    x[u] += stride * gradient[u];
    sum += x[u];
    count++;
  }
  while (count > 0) {
    const shift = (sum - total) / count;
    let kept = 0;
    let keptSum = 0;
    for (const u of members) {
      if (active[u] === 0 || x[u] === Number.NEGATIVE_INFINITY) continue;
      if (x[u] <= shift) x[u] = Number.NEGATIVE_INFINITY;
      else {
        kept++;
        keptSum += x[u];
      }
    }
    if (kept === count || kept === 0) {
      for (const u of members)
        if (active[u] === 1) x[u] = x[u] === Number.NEGATIVE_INFINITY ? 0 : x[u] - shift;
      return;
    }
    count = kept;
    sum = keptSum;
  }
}

/** Student's t distribution for a whole number of degrees of freedom, by its closed form. */

/**
 * Probability that |T| <= t for `dof` degrees of freedom: A(t|v) of Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.7.3 (odd v) and 26.7.4 (even v), finite sums of powers of cos(theta)
 * with theta = atan(t / sqrt(v)).
 */
export function centralProbability(t: number, dof: number): number {
  const theta = Math.atan(t / Math.sqrt(dof));
  const cos2 = Math.cos(theta) ** 2;
  const odd = dof % 2 === 1;
  // Both sums start with their first term; each term is the one before times cos^2 (j - 1) / j.
  let term = odd ? Math.cos(theta) : 1;
  let sum = dof === 1 ? 0 : term;
  for (let j = odd ? 3 : 2; j <= dof - 2; j += 2) {
    term *= (cos2 * (j - 1)) / j;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

/**
 * The t with P(|T| <= t) = `probability`: 12.706 for 0.95 and one degree of freedom. By bisection, to the
 * last bit but one or two.
 * @param probability in (0, 1). @param dof a whole number >= 1. @throws RangeError otherwise.
 */
export function studentT(probability: number, dof: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`probability ${probability} is not in (0, 1)`);
  if (!(Number.isInteger(dof) && dof >= 1)) throw new RangeError(`${dof} is no number of degrees of freedom`);
  let low = 0;
  let high = 1;
  while (centralProbability(high, dof) < probability) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (centralProbability(middle, dof) < probability) low = middle;
    else high = middle;
  }
}

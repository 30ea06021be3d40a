/** Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979). */

/**
 * Adjusted p values, in the order given: those below alpha are rejected by Holm's procedure at family-wise level alpha.
 * NaN, a test that was not made, stays NaN and does not count.
 */
export function holmAdjusted(p: readonly number[]): readonly number[] {
  const tests = p.flatMap((value, i) => (Number.isNaN(value) ? [] : [{ value, i }]));
  tests.sort((a, b) => a.value - b.value || a.i - b.i);
  const adjusted = p.map(() => Number.NaN);
  let highest = 0;
  tests.forEach(({ value, i }, rank) => {
    highest = Math.max(highest, Math.min(1, value * (tests.length - rank)));
    adjusted[i] = highest;
  });
  return adjusted;
}

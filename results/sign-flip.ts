/**
 * The randomisation test of pairs: Fisher, The Design of Experiments (1935), sec. 21. Were the two policies alike, each
 * difference might as well have had the other sign; the p value is the part of all sign patterns whose mean is at
 * least as far from 0. It needs no law of the differences, however skewed they are.
 */
import type { Stream } from '../core/index.js';

/** Up to so many differences all 2^n patterns are visited; beyond, patterns are drawn. */
const MOST_EXACT = 16;
const DRAWN = 9999;

/** Two-sided p of "no difference". @param stream for more than 16 differences. */
export function signFlipP(differences: readonly number[], stream: Stream): number {
  const n = differences.length;
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  // Sums in another order may differ by rounding.
  const enough = observed - 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0);
  let extreme = 0;
  if (n <= MOST_EXACT) {
    const patterns = 2 ** n;
    for (let pattern = 0; pattern < patterns; pattern++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (pattern >>> i) & 1 ? differences[i] : -differences[i];
      if (Math.abs(sum) >= enough) extreme++;
    }
    return extreme / patterns;
  }
  for (let draw = 0; draw < DRAWN; draw++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += stream.next32() & 0x8000 ? differences[i] : -differences[i];
    if (Math.abs(sum) >= enough) extreme++;
  }
  return (extreme + 1) / (DRAWN + 1);
}

/** A reduced problem narrowed step by step, and the way back to choices of the whole. */
import { type Narrowed, parentChoice } from '../narrow.js';
import type { ReducedProblem } from '../reduced-problem.js';

export interface Stage {
  readonly reduced: ReducedProblem;
  readonly offset: number;
  readonly steps: readonly Narrowed[];
}

/** The choice of the whole problem that a choice of the last step stands for. */
export function wholeChoice(steps: readonly Narrowed[], choice: Int32Array): Int32Array {
  return steps.reduceRight((part: Int32Array, step) => parentChoice(step, part), choice);
}

/** The choice of a narrowed problem that is part of `whole`, null when that uses what was dropped. */
export function childChoice(
  { settled, parentKey, parentCandidate }: Narrowed,
  whole: Int32Array,
): Int32Array | null {
  for (let k = 0; k < settled.length; k++) if (settled[k] >= 0 && settled[k] !== whole[k]) return null;
  const choice = new Int32Array(parentKey.length);
  for (let k = 0; k < choice.length; k++) {
    choice[k] = parentCandidate.indexOf(whole[parentKey[k]]);
    if (choice[k] < 0) return null;
  }
  return choice;
}

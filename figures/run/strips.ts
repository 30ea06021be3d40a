/** Strips along the axis of time, one below the other, each with its name on the left. */
import { LABELS_WIDTH } from './time-axis.js';

/** Whole pixels between strips, so that all of them are equally sharp. */
const GAP = 1;

/** Pixels that strips take, `step` each from the top of one to that of the next. */
export const stripsHeight = (count: number, step: number): number => Math.max(1, count) * step - GAP;

/** The strips of `names`, values of the column `field`, in that order. */
export const stripChannel = (
  field: string,
  names: readonly string[],
  step: number,
  labels: { readonly labelLimit: number; readonly labelFontSize?: number; readonly labelOverlap?: false },
) => ({
  field,
  type: 'nominal' as const,
  sort: [...names],
  scale: { paddingInner: GAP / step, paddingOuter: 0 },
  axis: { ticks: false, domain: false, minExtent: LABELS_WIDTH, maxExtent: LABELS_WIDTH, ...labels },
  title: null,
});

/** Thousands of marks tell nothing to who hears them one by one. */
export const STRIP_MARK = { type: 'rect', aria: false } as const;

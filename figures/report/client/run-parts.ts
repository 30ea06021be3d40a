/** What the parts of the view of a run are given. */
import type { Recording } from '../../../core/recording.js';
import { LABELS_WIDTH } from '../../run/time-axis.js';

export interface PartProps {
  readonly recording: Recording;
  /** Names of files begin with it: which run it is. */
  readonly runName: string;
  /** The chosen instant in s. */
  readonly time: number;
  /** Pixels of the part. */
  readonly width: number;
}

/** Pixels at the borders of a drawing, and the least and most between the ends of an axis of time. */
const PADDING = 34;
const NARROWEST = 170;
const WIDEST = 1000;

/** Pixels between the ends of an axis of time in a part of `width` pixels. */
export const plotWidth = (width: number): number =>
  Math.max(NARROWEST, Math.min(WIDEST, width - LABELS_WIDTH - PADDING));

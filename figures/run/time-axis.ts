/** What figures of one run share: the axis of time, the line at the chosen instant, and sizes. */
import type { Recording } from '../../core/recording.js';
import type { Layer } from '../figure.js';
import type { FigureRow } from '../rows.js';
import { OKABE_ITO } from '../theme.js';

/** The instant in s at which a reader looks: a signal of each spec with an axis of time. */
export const CURSOR = 'cursor_s';
export const CURSOR_PARAM = { name: CURSOR, value: 0 } as const;

/** How a figure of one run is drawn. */
export interface RunFigureView {
  /** Pixels between the ends of the axis of time. */
  readonly width?: number;
}

export const DEFAULT_WIDTH = 640;
/** Pixels left of the axis of time, the same in all figures, so that instants stand below each other. */
export const LABELS_WIDTH = 76;

/** The last instant in s that a recording tells of. */
export const endOf = ({ duration_s, samples }: Recording): number =>
  Math.max(duration_s, samples.time_s.at(-1) ?? 0);

/** The axis of time, from 0 to the end of the recording. */
export const timeChannel = (field: string, end: number, title: string | null = 'Time (s)') => ({
  field,
  type: 'quantitative' as const,
  scale: { domain: [0, end], nice: false },
  axis: { grid: false, tickCount: 8 },
  title,
});

/** A line at the chosen instant, which moves when the signal is set. */
export const cursorLayer = (): Layer => ({
  data: { values: [{}] },
  mark: {
    type: 'rule',
    color: OKABE_ITO.black,
    strokeWidth: 1.5,
    strokeDash: [4, 3],
    tooltip: null,
    aria: false,
  },
  encoding: { x: { datum: { expr: CURSOR }, type: 'quantitative' } },
});

/** Nothing that is seen: where all values are smaller, the vertical axis ends at 1, and so has a length. */
export const atLeastOne: Layer = {
  data: { values: [{}] },
  mark: { type: 'rule', opacity: 0, aria: false },
  encoding: { y: { datum: 1, type: 'quantitative' } },
};

/** Instants as people read them; the first seconds more finely. */
export const secondsText = (time: number): string => `${Number(time.toFixed(time < 10 ? 3 : 1))} s`;

/** Of rows of intervals one after the other, that in which `time` (s) lies or which it ends, by the column of their ends. */
export const intervalAt = (rows: readonly FigureRow[], end: string, time: number): FigureRow | undefined =>
  rows.find((row) => Number(row[end]) >= time) ?? rows.at(-1);

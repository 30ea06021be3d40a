/**
 * How parts of a text are set off from the rest. Whoever makes a text for people takes a style and knows nothing of
 * terminals; words say all that a style does, since it may be absent or not be seen.
 */

type Paint = (text: string) => string;

export interface Style {
  /** Heads of tables, and the place of a problem. */
  readonly strong: Paint;
  /** What is as it should be: holds, better, finished. */
  readonly good: Paint;
  /** What is not: fails, worse, failed runs. */
  readonly bad: Paint;
  /** What has to be looked at: incomplete, held by a condition. */
  readonly doubtful: Paint;
  /** What matters least: no difference, not evaluated. */
  readonly faint: Paint;
}

const same: Paint = (text) => text;

/** For files, pipes and tests. */
export const PLAIN: Style = { strong: same, good: same, bad: same, doubtful: same, faint: same };

/** Times of placement problems: what the paper says of them, and ours in words. */
import { counted } from '../experiments/harness/words.js';
import { shortNumber } from './number-text.js';

/** A row of summary.csv of `ds2p scalability`. */
type CsvRow = Readonly<Record<string, string>>;

/** What sec. 5.3 says, with CPLEX 12.6 on the authors' machine: less than 2 s at 10 nodes, than 10 s at 35. */
export const PAPER_LIMITS = [
  { nodes: 10, seconds: 2 },
  { nodes: 35, seconds: 10 },
] as const;

/** "10 nodes, 5 functions" */
export const sizeText = (nodes: number, functions: number): string =>
  `${counted(nodes, 'node')}, ${counted(functions, 'function')}`;

/**
 * "0.2313, median of 4, from 0.2201 to 0.25", in seconds; a series that ran into a limit may need any time beyond.
 * @param kind of the row of the figure. @param median s.
 */
export function timeText(row: CsvRow, kind: string, median: number): string {
  if (kind === 'skipped') return 'not tried';
  const seconds = (name: string) => shortNumber(Number(row[name]) / 1000);
  const [least, most] = [seconds('solve_time_min_ms'), seconds('solve_time_max_ms')];
  const told = kind === 'timeout' ? `at least ${shortNumber(median)}` : shortNumber(median);
  if (row.solve_time_median_ms === '' || Number(row.n) === 1) return told;
  return `${told}, median of ${row.n}, from ${least} to ${most}`;
}

/** How many of so many problems ended in which way. */
export interface Endings {
  /** Problems that were tried, and of these the solved ones. */
  readonly tried: number;
  readonly solved: number;
  /** What these are: "proven optimal". */
  readonly as: string;
  readonly timeouts: number;
  readonly stopped: number;
  readonly failed: number;
  /** Problems that were not tried. */
  readonly skipped: number;
}

/** "1 of 2 proven optimal, 1 timeout, 3 not tried" */
export const endingsText = ({ tried, solved, as, timeouts, stopped, failed, skipped }: Endings): string =>
  [
    ...(tried > 0 ? [`${solved} of ${tried} ${as}`] : []),
    ...(timeouts > 0 ? [counted(timeouts, 'timeout')] : []),
    ...(stopped > 0 ? [`${stopped} stopped at a limit of work`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} not tried`] : []),
  ].join(', ');

/** "1 of 2 proven optimal, 1 timeout, limit 3 s": how the problems of a row ended. */
export function statusText(row: CsvRow): string {
  const count = (name: string) => Number(row[name] ?? 0);
  const ended = endingsText({
    tried: count('n'),
    solved: count('optimal'),
    as: 'proven optimal',
    timeouts: count('timeouts'),
    stopped: count('stopped'),
    failed: count('failed'),
    skipped: count('skipped'),
  });
  return [...(ended === '' ? [] : [ended]), `limit ${row.time_limit_s} s`].join(', ');
}

/** "median 0 %, largest 0.5 %": how far plans may be from the best ones; null where no bound is known. */
export function gapText({ n, gap_median_percent: median, gap_max_percent: most }: CsvRow): string | null {
  if (!most || !Number.isFinite(Number(most))) return null;
  const [middle, largest] = [median, most].map((cell) => shortNumber(Number(cell)));
  return Number(n) === 1 ? `${largest} %` : `median ${middle} %, largest ${largest} %`;
}

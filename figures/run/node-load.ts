/** What each node carries over time: the share of its memory that containers hold, and how many containers there are. */
import type { Recording } from '../../core/recording.js';
import { groupBy } from '../group-by.js';
import type { FigureRow } from '../rows.js';
import { endOf, intervalAt, secondsText } from './time-axis.js';

/** Cells of a strip, and of all strips together: more would make a page slow. */
const MOST_CELLS_OF_NODE = 180;
const MOST_CELLS = 4000;

/** Nodes that run functions. */
export const computeNodes = ({ nodes }: Recording): readonly number[] =>
  nodes.name.map((_, node) => node).filter((node) => nodes.memory_mb[node]! > 0);

/** What is told of a row under the pointer. */
export const LOAD_TOLD = [
  { field: 'node', type: 'nominal', title: 'Node' },
  { field: 'during', type: 'nominal', title: 'From' },
  { field: 'memory_percent', type: 'quantitative', title: 'Memory (%)' },
  { field: 'busy_containers', type: 'quantitative', title: 'Busy containers' },
  { field: 'idle_containers', type: 'quantitative', title: 'Idle containers' },
] as const;

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;
const tenth = (value: number): number => Math.round(10 * value) / 10;

/**
 * A row a node and cell of time: means of the samples in it, of memory in % of M_i and of containers. With many nodes a
 * cell takes in more samples.
 */
export function nodeLoadRows(recording: Recording): readonly FigureRow[] {
  const { nodes, samples, node_samples: own } = recording;
  const shown = computeNodes(recording);
  const nodeCount = nodes.name.length;
  const count = samples.time_s.length;
  if (count === 0 || shown.length === 0) return [];
  const cells = Math.max(1, Math.min(MOST_CELLS_OF_NODE, Math.floor(MOST_CELLS / shown.length)));
  const size = Math.ceil(count / cells);
  return shown.flatMap((node) => {
    const rows: FigureRow[] = [];
    for (let first = 0; first < count; first += size) {
      const last = Math.min(first + size, count) - 1;
      const mean = (values: readonly number[]): number => {
        let sum = 0;
        for (let sample = first; sample <= last; sample++) sum += values[sample * nodeCount + node]!;
        return sum / (last - first + 1);
      };
      const begin = first === 0 ? 0 : samples.time_s[first - 1]!;
      const end = samples.time_s[last]!;
      rows.push({
        node: nodes.name[node]!,
        kind: nodes.kind[node]!,
        begin_s: begin,
        end_s: end,
        during: `${secondsText(begin)} to ${secondsText(end)}`,
        memory_percent: percent(mean(own.memory_mb), nodes.memory_mb[node]!),
        busy_containers: tenth(mean(own.busy_containers)),
        idle_containers: tenth(mean(own.idle_containers)),
      });
    }
    return rows;
  });
}

/** What a row tells of: a sample, or the mean of several. */
export function cellText(recording: Recording, rows: readonly FigureRow[]): string {
  const [row] = rows;
  const long = row === undefined ? endOf(recording) : Number(row.end_s) - Number(row.begin_s);
  return `Means of ${Number(long.toPrecision(4))} s.`;
}

/** The rows of the cells that `time` (s) lies in or ends, a node each; the first ones at 0. */
export function loadAt(rows: readonly FigureRow[], time: number): readonly FigureRow[] {
  return groupBy(rows, ({ node }) => String(node)).map((own) => intervalAt(own, 'end_s', time)!);
}

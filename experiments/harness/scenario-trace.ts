/** The arrivals of a scenario: a CSV with the columns function, time_ms and, if any, node. */
import type { ArrivalTrace } from '../../core/index.js';
import { didYouMean, type Problem, sentences, shown } from './errors.js';
import { firstProblems } from './scenario-checks.js';
import { cellAsNumber, findColumn, readTable } from './scenario-tables.js';

/** What the names in a trace may refer to. */
export interface TraceNames {
  readonly functions: readonly string[];
  readonly nodes: readonly string[];
  /** Whether requests can arrive at the node of that index. */
  readonly isEdge: (node: number) => boolean;
}

/**
 * Reads a trace. Rows have to be in time order: which of two rows out of order is wrong (a clock that was
 * set back, two logs one after the other, another unit) only the user can tell.
 * @throws InputError where the file cannot be read; problems of rows are added to `problems`.
 */
export function readTrace(path: string, names: TraceNames, problems: Problem[]): ArrivalTrace {
  const table = readTable(path);
  const functionColumn = findColumn(table, ['function'], problems);
  const timeColumn = findColumn(table, ['time_ms'], problems);
  const nodeColumn = table.header.indexOf('node');
  for (const name of table.header) {
    if (!['function', 'time_ms', 'node'].includes(name))
      problems.push({
        path: `${path}: header`,
        fact: `${shown(name)} is not a column of a trace.`,
        remedy: 'Known: function, time_ms, node.',
      });
  }
  const count = table.rows.length;
  const functionOf = new Int32Array(count);
  const time_s = new Float64Array(count);
  const node = new Int32Array(nodeColumn < 0 ? 0 : count);
  if (functionColumn < 0 || timeColumn < 0) return { time_s, function: functionOf };

  const found: Problem[] = [];
  const functionNames = new NameIndex(names.functions, 'a function');
  const nodeNames = new NameIndex(names.nodes, 'a node');
  let latest = 0;
  table.rows.forEach((row, r) => {
    const at = `${path}: line ${row.line}`;
    functionOf[r] = functionNames.look(row.cells[functionColumn] ?? '', row.line);
    const ms = cellAsNumber(table, row, timeColumn, 'ms from the start', found);
    time_s[r] = ms / 1000;
    if (ms < latest)
      found.push({
        path: `${at}, time_ms`,
        fact: `${ms} is earlier than ${latest} of a row before.`,
        remedy: 'Sort the rows by time, once you know why they are not.',
      });
    else if (ms > latest) latest = ms;
    if (nodeColumn < 0) return;
    node[r] = nodeNames.look(row.cells[nodeColumn] ?? '', row.line);
    if (node[r] >= 0 && !names.isEdge(node[r]))
      found.push({
        path: `${at}, node`,
        fact: `${shown(row.cells[nodeColumn])} is not an edge node.`,
        remedy: 'Requests arrive at edge nodes: name one, or make that node one.',
      });
  });
  problems.push(...firstProblems(functionNames.problems(`${path}:`, 'function'), path));
  problems.push(...firstProblems(nodeNames.problems(`${path}:`, 'node'), path));
  problems.push(...firstProblems(found, path));
  return nodeColumn < 0 ? { time_s, function: functionOf } : { time_s, function: functionOf, node };
}

/** Indices by name, which remembers names that it does not know and where they first were. */
class NameIndex {
  private readonly indices: ReadonlyMap<string, number>;
  private readonly unknown = new Map<string, { readonly line: number; rows: number }>();

  constructor(
    names: readonly string[],
    private readonly noun: string,
  ) {
    this.indices = new Map(names.map((name, i) => [name, i]));
  }

  /** The index of a name, or -1. */
  look(name: string, line: number): number {
    const index = this.indices.get(name);
    if (index !== undefined) return index;
    const before = this.unknown.get(name);
    if (before === undefined) this.unknown.set(name, { line, rows: 1 });
    else before.rows++;
    return -1;
  }

  /** One problem a name, however many rows have it. */
  problems(file: string, column: string): readonly Problem[] {
    const { noun, indices } = this;
    return [...this.unknown].map(([name, { line, rows }]) => ({
      path: `${file} line ${line}, ${column}`,
      fact: `${shown(name)} is not ${noun} of the scenario${rows > 1 ? ` (${rows} rows)` : ''}.`,
      remedy: sentences(
        didYouMean(name, [...indices.keys()]),
        `Give the name of ${noun} that the scenario lists.`,
      ),
    }));
  }
}

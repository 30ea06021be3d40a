/** The CSV files of the figures of a run: times in s, latencies in ms, memory in %, counts of requests and containers. */
import type { Recording } from '../../core/recording.js';
import { type CsvTable, csvTable } from '../csv-table.js';
import type { FigureRow } from '../rows.js';
import { accessorsOfKeys } from './key-places.js';
import { keysHeldAt } from './node-map-rows.js';
import { overTimeRows } from './over-time.js';

/** Counts of a sample, under their names in a file. */
const COUNTS = ['arrivals', 'started', 'rejected', 'violations', 'offloaded', 'cold_starts'] as const;

/**
 * A row a sample. Sums of the counts are metrics of the run: all that `started` completes, so that it comes to `completions`,
 * and `violations` to `slo_violations`.
 */
export function overTimeCsv(recording: Recording): CsvTable {
  const rows = overTimeRows(recording).map(({ time_s, ...row }, i) => ({
    ...row,
    end_s: time_s!,
    ...Object.fromEntries(COUNTS.map((count) => [count, recording.samples[count][i]!])),
  }));
  const shares = [
    'arrivals_per_s',
    'rejected_percent',
    'violations_percent',
    'offloaded_percent',
    'cold_starts_per_s',
  ];
  return csvTable(['begin_s', 'end_s', ...COUNTS, ...shares], rows);
}

const CELL = ['node', 'kind', 'begin_s', 'end_s'];

/** @param rows of `nodeLoadRows`. */
export const memoryCsv = (rows: readonly FigureRow[]): CsvTable =>
  csvTable([...CELL, 'memory_percent'], rows);

/** @param rows of `nodeLoadRows`. */
export const containersCsv = (rows: readonly FigureRow[]): CsvTable =>
  csvTable([...CELL, 'busy_containers', 'idle_containers'], rows);

/** A row a stay of a key; those that access it are an object in JSON, with their probabilities. */
export function keyPlacesCsv(recording: Recording, rows: readonly FigureRow[]): CsvTable {
  const accessors = accessorsOfKeys(recording);
  const indices = new Map(recording.keys.name.map((name, key) => [name, key]));
  const accessedBy = (key: string): string =>
    JSON.stringify(
      Object.fromEntries(
        accessors[indices.get(key)!]!.map((accessor) => [
          recording.functions.name[accessor.function]!,
          accessor.probability,
        ]),
      ),
    );
  return csvTable(
    ['key', 'node', 'begin_s', 'end_s', 'moved', 'came_from', 'accessed_by'],
    rows.map((row) => ({
      ...row,
      came_from: row.moved === 1 ? row.came_from! : null,
      accessed_by: accessedBy(String(row.key)),
    })),
  );
}

/** A row a node with its keys at `time` (s) and its latency from node `selected`; without one, from every node. */
export function nodeMapCsv(recording: Recording, time: number, selected: number | undefined): CsvTable {
  const { name, kind, latency_ms: latencies } = recording.nodes;
  const held = keysHeldAt(recording, time);
  const from = selected === undefined ? name.map((_, node) => node) : [selected];
  const rows = from.flatMap((begin) =>
    name.map((node, i) => ({
      time_s: time,
      from_node: name[begin]!,
      node,
      kind: kind[i]!,
      latency_ms: latencies[begin * name.length + i]!,
      keys: held[i]!,
    })),
  );
  return csvTable(['time_s', 'from_node', 'node', 'kind', 'latency_ms', 'keys'], rows);
}

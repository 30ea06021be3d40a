/** A recording as a page carries it: without what can be computed, and lists of numbers as short texts. No loss. */
import type { NodeKind, RecordedFunctions, Recording } from '../../core/recording.js';
import { type PackedNumbers, packNumbers, unpackNumbers } from './pack-numbers.js';

type Columns<Name extends string> = Readonly<Record<Name, PackedNumbers>>;

type SampleColumn = keyof Recording['samples'];
type NodeSampleColumn = keyof Recording['node_samples'];

export interface PackedRecording {
  readonly duration_s: number;
  readonly interval_s: number;
  readonly decisions_s: PackedNumbers;
  readonly nodes: {
    readonly name: readonly string[];
    readonly kind: readonly NodeKind[];
    readonly memory_mb: PackedNumbers;
    /** Half of the matrix where it is symmetric, a row after the other without the diagonal; else all of it. */
    readonly latency_ms: PackedNumbers;
    readonly symmetric: boolean;
    /** The different times of a byte, and which of them each link has. */
    readonly ns_per_byte: { readonly values: readonly number[]; readonly link: PackedNumbers };
  };
  readonly functions: RecordedFunctions;
  readonly keys: { readonly name: readonly string[] } & Columns<'size_b' | 'place'>;
  readonly accesses: Columns<keyof Recording['accesses']>;
  readonly samples: Columns<Exclude<SampleColumn, 'started' | 'rejected'>>;
  /** Node after node, since a node changes little from one sample to the next. */
  readonly node_samples: Columns<NodeSampleColumn>;
  readonly moves: Columns<'time_s' | 'key' | 'to'>;
}

const SAMPLES = ['time_s', 'arrivals', 'violations', 'offloaded', 'cold_starts'] as const;
const NODE_SAMPLES = ['started', 'rejected', 'busy_containers', 'idle_containers', 'memory_mb'] as const;
const MOVES = ['time_s', 'key', 'to'] as const;
const ACCESSES = ['function', 'key', 'probability'] as const;

function mapped<Name extends string, From, To>(
  names: readonly Name[],
  from: Readonly<Record<Name, From>>,
  action: (value: From) => To,
): Record<Name, To> {
  return Object.fromEntries(names.map((name) => [name, action(from[name])])) as Record<Name, To>;
}

/** A matrix of `rows` rows with columns for rows. */
function transposed(values: readonly number[], rows: number): number[] {
  const columns = rows === 0 ? 0 : values.length / rows;
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
}

const isSymmetric = (matrix: readonly number[], count: number): boolean =>
  matrix.every((value, i) => {
    const [row, column] = [Math.floor(i / count), i % count];
    return row === column ? value === 0 : value === matrix[column * count + row];
  });

export function packRecording(recording: Recording): PackedRecording {
  const { nodes, samples, node_samples, keys } = recording;
  const count = nodes.name.length;
  const symmetric = isSymmetric(nodes.latency_ms, count);
  const latencies = nodes.latency_ms.filter((_, i) => !symmetric || i % count > Math.floor(i / count));
  const times = [...new Set(nodes.ns_per_byte)];
  return {
    duration_s: recording.duration_s,
    interval_s: recording.interval_s,
    decisions_s: packNumbers(recording.decisions_s),
    nodes: {
      name: nodes.name,
      kind: nodes.kind,
      memory_mb: packNumbers(nodes.memory_mb),
      latency_ms: packNumbers(latencies),
      symmetric,
      ns_per_byte: { values: times, link: packNumbers(nodes.ns_per_byte.map((time) => times.indexOf(time))) },
    },
    functions: recording.functions,
    keys: { name: keys.name, size_b: packNumbers(keys.size_b), place: packNumbers(keys.place) },
    accesses: mapped(ACCESSES, recording.accesses, packNumbers),
    samples: mapped(SAMPLES, samples, packNumbers),
    node_samples: mapped(NODE_SAMPLES, node_samples, (values) =>
      packNumbers(transposed(values, samples.time_s.length)),
    ),
    moves: mapped(MOVES, recording.moves, packNumbers),
  };
}

/** Sums over nodes, a sample each. */
function totals(values: readonly number[], nodeCount: number): number[] {
  const sums = new Array<number>(nodeCount === 0 ? 0 : values.length / nodeCount).fill(0);
  values.forEach((value, i) => {
    sums[Math.floor(i / nodeCount)]! += value;
  });
  return sums;
}

function wholeMatrix(half: readonly number[], count: number): number[] {
  const matrix = new Array<number>(count * count).fill(0);
  let next = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      matrix[i * count + j] = matrix[j * count + i] = half[next++]!;
    }
  }
  return matrix;
}

export function unpackRecording(packed: PackedRecording): Recording {
  const { nodes } = packed;
  const count = nodes.name.length;
  const latencies = unpackNumbers(nodes.latency_ms);
  const samples = mapped(SAMPLES, packed.samples, unpackNumbers);
  const node_samples = mapped(NODE_SAMPLES, packed.node_samples, (values) =>
    transposed(unpackNumbers(values), count),
  );
  const moves = mapped(MOVES, packed.moves, unpackNumbers);
  const place = unpackNumbers(packed.keys.place);
  const places = [...place];
  const from = moves.key.map((key, move) => {
    const before = places[key]!;
    places[key] = moves.to[move]!;
    return before;
  });
  return {
    duration_s: packed.duration_s,
    interval_s: packed.interval_s,
    decisions_s: unpackNumbers(packed.decisions_s),
    nodes: {
      name: nodes.name,
      kind: nodes.kind,
      memory_mb: unpackNumbers(nodes.memory_mb),
      latency_ms: nodes.symmetric ? wholeMatrix(latencies, count) : latencies,
      ns_per_byte: unpackNumbers(nodes.ns_per_byte.link).map((link) => nodes.ns_per_byte.values[link]!),
    },
    functions: packed.functions,
    keys: { name: packed.keys.name, size_b: unpackNumbers(packed.keys.size_b), place },
    accesses: mapped(ACCESSES, packed.accesses, unpackNumbers),
    samples: {
      ...samples,
      started: totals(node_samples.started, count),
      rejected: totals(node_samples.rejected, count),
    },
    node_samples,
    moves: { ...moves, from },
  };
}

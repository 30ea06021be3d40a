/** Checks of the parts of a scenario: nodes, links, functions and keys. docs/scenarios.md describes them. */
import { LIMITS } from '../../core/index.js';
import { type Problem, shown } from './errors.js';
import { type Checker, firstProblems } from './scenario-checks.js';

/** A request draws which keys it accesses from a table of 2^keys outcomes, hence a bound. */
export const MAX_KEYS_PER_FUNCTION = 12;

const KINDS = ['edge', 'cloud', 'store'] as const;

/** The name of the data store that the core adds where the scenario lists none. */
export const ADDED_STORE = 'store';

type Fields = Readonly<Record<string, unknown>>;

export interface CheckedNodes {
  /** Names in the order of the file; '' where one is missing. */
  readonly names: readonly string[];
  readonly kinds: readonly unknown[];
}

/** Nodes: names, kinds, sizes; at least one edge node and at most one data store. */
export function checkNodes(checker: Checker, value: unknown): CheckedNodes {
  const entries = checker.list(value, 'nodes', { atLeast: 1, atMost: LIMITS.edgeNodes + LIMITS.cloudNodes });
  const names = checker.names(entries, 'nodes');
  const kinds = entries.map((entry, i) => {
    const at = `nodes[${i}]`;
    const node = checker.object(entry, at, ['name', 'kind'], ['memory_mb', 'storage_mb', 'speedup']);
    if (node === undefined) return undefined;
    checker.oneOf(node.kind, `${at}.kind`, 'a kind of node', KINDS);
    checker.number(node.memory_mb, `${at}.memory_mb`, { min: 0 }, 'MB');
    checker.number(node.storage_mb, `${at}.storage_mb`, { min: 0 }, 'MB');
    checker.number(node.speedup, `${at}.speedup`, { above: 0 });
    return node.kind;
  });
  const indices = (kind: string) => kinds.flatMap((k, i) => (k === kind ? [i] : []));
  const [stores, edges] = [indices('store'), indices('edge')];
  if (entries.length > 0 && edges.length === 0)
    checker.report(
      'nodes',
      'no node is of kind "edge".',
      'Requests arrive at edge nodes: give at least one.',
    );
  if (edges.length > LIMITS.edgeNodes)
    checker.report('nodes', `${edges.length} edge nodes are too many.`, `Give at most ${LIMITS.edgeNodes}.`);
  if (stores.length > 1)
    checker.report(
      'nodes',
      `${stores.map((i) => shown(names[i])).join(' and ')} are both of kind "store".`,
      'The model has one data store: make the others "cloud".',
    );
  if (stores.length === 0 && names.includes(ADDED_STORE))
    checker.report(
      `nodes[${names.indexOf(ADDED_STORE)}].name`,
      `"${ADDED_STORE}" is the name of the data store that is added where none is listed.`,
      'Give the node another name, or list a node of kind "store".',
    );
  return { names, kinds };
}

/** A matrix over the nodes; `latency` has to have a zero diagonal, that of a bandwidth is ignored. */
export function checkMatrix(
  checker: Checker,
  value: unknown,
  name: 'latency_ms' | 'bandwidth_mbps',
  nodes: readonly string[],
): void {
  if (value === undefined) return;
  const n = nodes.length;
  if (n === 0) {
    checker.report(name, 'the matrix has no nodes to belong to.', 'List "nodes", in the order of its rows.');
    return;
  }
  const shape = `Give ${n} rows of ${n} numbers, one for each of the nodes, in their order.`;
  const rows = checker.list(value, name, { atLeast: 0, atMost: Infinity });
  if (!Array.isArray(value)) return;
  const ragged = rows.findIndex((row) => !Array.isArray(row) || row.length !== n);
  const square = rows.length === n && ragged < 0;
  if (rows.length !== n) checker.report(name, `${rows.length} rows do not fit ${n} nodes.`, shape);
  if (ragged >= 0) {
    const row = rows[ragged];
    const fact = Array.isArray(row)
      ? `${row.length} numbers do not fit ${n} nodes.`
      : `${shown(row)} is not a row.`;
    checker.report(`${name}[${ragged}]`, fact, shape);
  }
  const found: Problem[] = [];
  const latency = name === 'latency_ms';
  const unit = latency ? 'ms' : 'Mbit/s';
  const cells = rows.map((row) => (Array.isArray(row) ? (row as readonly unknown[]) : []));
  const wrong = (i: number, j: number, fact: string, remedy: string) =>
    found.push({ path: `${checker.file}: ${name}[${i}][${j}]`, fact, remedy });
  cells.forEach((row, i) => {
    row.forEach((cell, j) => {
      if (i === j && !latency) return;
      const sound = typeof cell === 'number' && Number.isFinite(cell);
      const remedy = `Give a number ${latency ? '>=' : '>'} 0, in ${unit}.`;
      if (!sound) wrong(i, j, `${shown(cell)} is not a number.`, remedy);
      else if (cell < 0 || (cell === 0 && !latency)) wrong(i, j, `${cell} is out of range.`, remedy);
      else if (i === j && cell !== 0)
        wrong(i, j, `${cell} ms from "${nodes[i]}" to itself.`, 'Give 0 on the diagonal.');
      else if (square && i < j && typeof cells[j][i] === 'number' && cells[j][i] !== cell)
        wrong(
          i,
          j,
          `${cell} differs from ${cells[j][i]} of ${name}[${j}][${i}].`,
          `Links are the same both ways: give one value${latency ? ', such as half the mean round trip' : ''}.`,
        );
    });
  });
  checker.problems.push(...firstProblems(found, `${checker.file}: ${name}`));
}

/** Keys: names, sizes, first places. @returns their names. */
export function checkKeys(checker: Checker, value: unknown, nodes: CheckedNodes): readonly string[] {
  const entries = checker.list(value, 'keys', { atLeast: 1, atMost: LIMITS.keys });
  const names = checker.names(entries, 'keys');
  const places = nodes.kinds.includes('store') ? nodes.names : [...nodes.names, ADDED_STORE];
  entries.forEach((entry, i) => {
    const at = `keys[${i}]`;
    const key = checker.object(entry, at, ['name'], ['size_bytes', 'node']);
    checker.number(key?.size_bytes, `${at}.size_bytes`, { above: 0 }, 'bytes');
    checker.oneOf(key?.node, `${at}.node`, 'the name of a node', places);
  });
  return names;
}

/** Functions: names, demands, rates, accesses to keys. @returns their names. */
export function checkFunctions(checker: Checker, value: unknown, keys: readonly string[]): readonly string[] {
  const entries = checker.list(value, 'functions', { atLeast: 1, atMost: LIMITS.functions });
  const names = checker.names(entries, 'functions');
  const required = ['name', 'memory_mb', 'warm_duration_s', 'cold_start_s'];
  entries.forEach((entry, i) => {
    const at = `functions[${i}]`;
    const f = checker.object(entry, at, required, ['rate_per_s', 't_max_s', 'keys']);
    if (f === undefined) return;
    checker.number(f.memory_mb, `${at}.memory_mb`, { above: 0 }, 'MB');
    checker.number(f.warm_duration_s, `${at}.warm_duration_s`, { above: 0 }, 's');
    checker.number(f.cold_start_s, `${at}.cold_start_s`, { min: 0 }, 's');
    checker.number(f.rate_per_s, `${at}.rate_per_s`, { above: 0 }, 'req/s');
    checker.number(f.t_max_s, `${at}.t_max_s`, { above: 0 }, 's');
    checkAccesses(checker, f, at, keys);
  });
  return names;
}

function checkAccesses(checker: Checker, f: Fields, at: string, keys: readonly string[]): void {
  const accesses = checker.list(f.keys, `${at}.keys`, { atLeast: 0, atMost: MAX_KEYS_PER_FUNCTION });
  if (accesses.length > 0 && keys.length === 0) {
    const remedy = 'List "keys" with at least the names that functions refer to.';
    checker.report(`${at}.keys`, 'the scenario lists no keys to refer to.', remedy);
    return;
  }
  checker.names(accesses, `${at}.keys`, 'key').forEach((key, q) => {
    if (key !== '') checker.oneOf(key, `${at}.keys[${q}].key`, 'the name of a key', keys);
  });
  accesses.forEach((access, q) => {
    const where = `${at}.keys[${q}]`;
    const fields = checker.object(access, where, ['key', 'probability'], []);
    checker.number(fields?.probability, `${where}.probability`, { min: 0, max: 1 });
  });
}

/**
 * Regions between which round-trip times were measured, and the roles that they play as nodes.
 *
 * By default the roles follow section 5.1 of the paper, where the cloud nodes are next to the data store and
 * the edge nodes far from both: the data store is the region with the least mean latency to all others, the
 * cloud nodes are the regions nearest to it, and every other region is an edge node.
 */

import { type Problem, shown, unknownName } from './errors.js';
import { firstProblems } from './scenario-checks.js';
import { cellAsNumber, type Table } from './scenario-tables.js';
import { counted } from './words.js';

/** Cloud nodes by default, as in section 5.1. */
const CLOUD_NODES = 5;

export interface Regions {
  readonly names: readonly string[];
  /** One-way latency in ms: half the mean of the round-trip times of both directions. */
  readonly latency_ms: readonly (readonly number[])[];
  /** Pairs whose directions differ, and pairs of which one direction only was measured. */
  readonly asymmetric: number;
  readonly oneDirection: number;
}

/** What a user asked for: names separated by commas, or a count; undefined: the default. */
export interface RoleRequest {
  readonly edge?: string;
  readonly cloud?: string;
  readonly store?: string;
}

/** Indices of regions, each list in the order of the file. */
export interface Roles {
  readonly edge: readonly number[];
  readonly cloud: readonly number[];
  readonly store: number;
}

/** Reads a matrix: one row a source, one column a destination, cells in ms; the diagonal is not used. */
export function readRegions(table: Table, sourceColumn: number, problems: Problem[]): Regions {
  const { path, header, rows } = table;
  const names = header.filter((_, column) => column !== sourceColumn);
  const found: Problem[] = [];
  const n = names.length;
  if (new Set(names).size < n)
    found.push({
      path: `${path}: header`,
      fact: `the column ${shown(names.find((name, i) => names.indexOf(name) < i))} is there twice.`,
      remedy: 'Keep one column a destination.',
    });
  const roundTrip = new Map<string, number>();
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const at = `${path}: line ${row.line}`;
    const source = row.cells[sourceColumn] ?? '';
    const before = lineOf.get(source);
    if (!names.includes(source)) found.push(unknownName(at, 'the name of a column', source, names));
    else if (before !== undefined) {
      const fact = `${shown(source)} was the source of line ${before} already.`;
      found.push({ path: at, fact, remedy: 'Keep one row a source.' });
    }
    lineOf.set(source, row.line);
    header.forEach((destination, column) => {
      // An empty cell was not measured; the other direction may do.
      if (column === sourceColumn || destination === source || !row.cells[column]) return;
      roundTrip.set(`${source}\n${destination}`, cellAsNumber(table, row, column, 'ms', found));
    });
  }
  let asymmetric = 0;
  let oneDirection = 0;
  const latency_ms = names.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const there = roundTrip.get(`${names[i]}\n${names[j]}`);
      const back = roundTrip.get(`${names[j]}\n${names[i]}`);
      if (there === undefined && back === undefined)
        found.push({
          path: `${path}: ${names[i]}, ${names[j]}`,
          fact: 'no round-trip time in either direction.',
          remedy: 'Fill in at least one of the two cells, or remove one of the regions.',
        });
      if (there === undefined || back === undefined) oneDirection++;
      else if (there !== back) asymmetric++;
      const value = ((there ?? back ?? 0) + (back ?? there ?? 0)) / 4;
      latency_ms[i][j] = value;
      latency_ms[j][i] = value;
    }
  }
  problems.push(...firstProblems(found, path));
  return { names, latency_ms, asymmetric, oneDirection };
}

/** Gives each region its role; a region may stay without one. Problems are added to `problems`. */
export function assignRoles({ names, latency_ms }: Regions, asked: RoleRequest, problems: Problem[]): Roles {
  const given = {
    store: namesOrCount(asked.store, '--store', names, problems),
    cloud: namesOrCount(asked.cloud, '--cloud', names, problems),
    edge: namesOrCount(asked.edge, '--edge', names, problems),
  };
  const taken = new Map<number, string>();
  for (const [role, value] of Object.entries(given)) {
    for (const region of typeof value === 'object' ? value : []) {
      const before = taken.get(region);
      if (before !== undefined)
        problems.push({
          path: `--${role}`,
          fact: `${shown(names[region])} is named by --${before} already.`,
          remedy: 'Give each region one role.',
        });
      taken.set(region, role);
    }
  }
  const free = () => names.map((_, i) => i).filter((i) => !taken.has(i));
  const mean = (i: number) => latency_ms[i].reduce((sum, value) => sum + value, 0);
  if (typeof given.store === 'number' || (typeof given.store === 'object' && given.store.length > 1))
    problems.push({
      path: '--store',
      fact: `${shown(asked.store)} is not one region.`,
      remedy: 'The model has one data store: name one region.',
    });
  const [medoid = 0] = free().sort((i, j) => mean(i) - mean(j) || i - j);
  const store = typeof given.store === 'object' ? (given.store[0] ?? medoid) : medoid;
  taken.set(store, 'store');

  /** Takes `count` free regions, those nearest to the data store. */
  const takeNearest = (role: 'cloud' | 'edge', count: number): readonly number[] => {
    const distance = latency_ms[store] ?? [];
    const found = free().sort((i, j) => distance[i] - distance[j] || i - j);
    if (found.length < count)
      problems.push({
        path: `--${role}`,
        fact: `${counted(count, 'region')} ${count === 1 ? 'is' : 'are'} asked for and ${found.length} ${found.length === 1 ? 'is' : 'are'} left.`,
        remedy: `Give at most ${found.length}.`,
      });
    const chosen = found.slice(0, count);
    for (const region of chosen) taken.set(region, role);
    return chosen.sort((i, j) => i - j);
  };
  // Where nothing is said of the edge, the cloud leaves two thirds of the regions to it.
  const left = free().length;
  const forEdge = typeof given.edge === 'object' ? 0 : (given.edge ?? Math.ceil((2 * left) / 3));
  const cloudCount = Math.max(0, Math.min(CLOUD_NODES, left - forEdge));
  const cloud =
    typeof given.cloud === 'object' ? given.cloud : takeNearest('cloud', given.cloud ?? cloudCount);
  const edge = typeof given.edge === 'object' ? given.edge : takeNearest('edge', given.edge ?? free().length);
  if (edge.length === 0)
    problems.push({
      path: '--edge',
      fact: 'no region is left to be an edge node.',
      remedy: 'Requests arrive at edge nodes: keep at least one region for them.',
    });
  return { edge, cloud, store };
}

function namesOrCount(
  text: string | undefined,
  path: string,
  names: readonly string[],
  problems: Problem[],
): number | readonly number[] | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text);
  const indices = text.split(',').map((part) => {
    const name = part.trim();
    const index = names.indexOf(name);
    if (index < 0) problems.push(unknownName(path, 'a region of the matrix', name, names));
    return index;
  });
  return indices.filter((index) => index >= 0).sort((i, j) => i - j);
}

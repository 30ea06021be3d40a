/**
 * Placement problems from files, checked before anything is solved: every problem of the file is told, each with its
 * path, its value and a remedy. docs/placement.md describes the format.
 */
import type { ReferenceInstance } from '../../../core/placement/reference-format.js';
import { type Problem, shown, throwProblems } from '../errors.js';
import { readJson } from '../json-file.js';
import { Checker, firstProblems } from '../scenario-checks.js';

const REQUIRED = [
  'N',
  'F',
  'K',
  'nodes',
  'latency',
  'bandwidth',
  'size',
  'access',
  'share',
  'Tmax',
  'rho',
  'wp',
  'wm',
  'loc',
  'cap',
] as const;
/** Known, and not part of the problem. */
const IGNORED = ['id', 'params', 'S', 'optimal'] as const;
const NODE_KINDS = ['edge', 'cloud', 'ds'] as const;
/** Larger counts are taken for mistakes: no solver here would finish. */
const MOST = { N: 10_000, F: 100_000, K: 1_000_000 } as const;
/** Sums of shares and weights may miss 1 by this much, since files hold rounded numbers. */
const SUM_TOLERANCE = 1e-6;

/** What a file that passes the checks holds. */
export interface PlacementFile extends ReferenceInstance {
  /** edge, cloud or ds (data store), by node. */
  readonly nodes: readonly string[];
}

type Bounds = { readonly min?: number; readonly max?: number; readonly above?: number };

/** @throws InputError with every problem of the file. */
export function readPlacementFile(path: string): PlacementFile {
  const content = readJson(path);
  const file = new FileChecker(path);
  file.check(content);
  throwProblems(file.checker.problems);
  return content as PlacementFile;
}

class FileChecker {
  readonly checker: Checker;

  constructor(path: string) {
    this.checker = new Checker(path);
  }

  check(content: unknown): void {
    const fields = this.checker.object(content, '', REQUIRED, IGNORED);
    if (fields === undefined) return;
    const N = this.count(fields.N, 'N');
    const F = this.count(fields.F, 'F');
    const K = this.count(fields.K, 'K');
    this.list(fields.nodes, 'nodes', N, 'N', (value, path) =>
      this.checker.oneOf(value ?? null, path, 'a kind of node', NODE_KINDS),
    );
    this.latency(fields.latency, N);
    this.matrix(
      fields.bandwidth,
      'bandwidth',
      [N, 'N'],
      [N, 'N'],
      { above: 0 },
      'bytes/s',
      (i, j) => i === j,
    );
    this.numbers(fields.size, 'size', K, 'K', { min: 0 }, 'bytes');
    this.access(fields.access, F, K);
    this.share(fields.share, F, N);
    this.numbers(fields.Tmax, 'Tmax', F, 'F', { min: 0 }, 's');
    this.numbers(fields.rho, 'rho', F, 'F', { min: 0 }, '$/s');
    this.weights(fields.wp, fields.wm);
    this.list(fields.loc, 'loc', K, 'K', (value, path) => this.index(value, path, N, 'node'));
    this.numbers(fields.cap, 'cap', N, 'N', { min: 0 }, 'bytes');
  }

  /** N, F or K; undefined where it is none, so that what depends on it is not reported again. */
  private count(value: unknown, name: keyof typeof MOST): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST[name])
      return value;
    this.checker.report(
      name,
      `${shown(value)} is not a count.`,
      `Give a whole number from 1 to ${MOST[name]}.`,
    );
    return undefined;
  }

  /** A list of `length` entries, each looked at; long lists of problems are cut. Returns whether it is one. */
  private list(
    value: unknown,
    path: string,
    length: number | undefined,
    name: string,
    each: (entry: unknown, path: string, index: number) => unknown,
  ): value is readonly unknown[] {
    if (value === undefined) return false;
    if (!Array.isArray(value)) {
      const entries = length === undefined ? name : `${name} = ${length}`;
      this.checker.report(path, `${shown(value)} is not a list.`, `Give a list of ${entries} entries.`);
      return false;
    }
    const fits = length === undefined || value.length === length;
    if (!fits)
      this.checker.report(
        path,
        `${value.length} entries do not fit ${name} = ${length}.`,
        `Give ${length} entries, or mend ${name}.`,
      );
    this.cut(path, () => value.forEach((entry, i) => void each(entry, `${path}[${i}]`, i)));
    return fits;
  }

  /** Runs `action`; of the problems that it adds only the first are kept, and the others counted. */
  private cut(path: string, action: () => void): void {
    const { problems, file } = this.checker;
    const before = problems.length;
    action();
    const found: Problem[] = problems.splice(before);
    problems.push(...firstProblems(found, `${file}: ${path}`));
  }

  private number(value: unknown, path: string, bounds: Bounds, unit: string): boolean {
    return this.checker.number(value ?? null, path, bounds, unit);
  }

  private numbers(
    value: unknown,
    path: string,
    length: number | undefined,
    name: string,
    bounds: Bounds,
    unit: string,
  ): void {
    this.list(value, path, length, name, (entry, at) => this.number(entry, at, bounds, unit));
  }

  /** Returns whether the shape is right; cells that `ignored` names may hold anything. */
  private matrix(
    value: unknown,
    path: string,
    [rows, rowName]: readonly [number | undefined, string],
    [columns, columnName]: readonly [number | undefined, string],
    bounds: Bounds,
    unit: string,
    ignored: (i: number, j: number) => boolean = () => false,
  ): boolean {
    let isWhole = true;
    const isList = this.list(value, path, rows, rowName, (row, at, i) => {
      const fits = this.list(row ?? null, at, columns, columnName, (cell, where, j) => {
        if (!ignored(i, j) && !this.number(cell, where, bounds, unit)) isWhole = false;
      });
      if (!fits) isWhole = false;
    });
    return isList && isWhole;
  }

  private latency(value: unknown, N: number | undefined): void {
    const isWhole = this.matrix(value, 'latency', [N, 'N'], [N, 'N'], { min: 0 }, 's one way');
    if (!isWhole || N === undefined) return;
    const d = value as readonly (readonly number[])[];
    this.cut('latency', () => {
      for (let i = 0; i < N; i++) {
        for (let j = 0; j < i; j++) {
          if (d[i][j] === d[j][i]) continue;
          this.checker.report(
            `latency[${i}][${j}]`,
            `${d[i][j]} s differs from ${d[j][i]} s of latency[${j}][${i}].`,
            'Latency is symmetric: give one value both ways, such as half the round trip.',
          );
        }
      }
    });
  }

  private access(value: unknown, F: number | undefined, K: number | undefined): void {
    const first = new Map<string, number>();
    this.list(value, 'access', undefined, 'triples [f, k, p]', (entry, path, i) => {
      if (!Array.isArray(entry) || entry.length !== 3) {
        const remedy = 'Give [f, k, p]: function, key, access probability.';
        this.checker.report(path, `${shown(entry)} is not a triple.`, remedy);
        return;
      }
      const [f, k, p] = entry as readonly unknown[];
      const areIndices = [
        this.index(f, `${path}[0]`, F, 'function'),
        this.index(k, `${path}[1]`, K, 'key'),
        this.number(p, `${path}[2]`, { min: 0, max: 1 }, ''),
      ];
      if (!areIndices[0] || !areIndices[1]) return;
      const pair = `${f}, ${k}`;
      const known = first.get(pair);
      if (known === undefined) first.set(pair, i);
      else
        this.checker.report(
          path,
          `the pair (f, k) = (${pair}) is also access[${known}].`,
          'List every pair once, with its access probability.',
        );
    });
  }

  private share(value: unknown, F: number | undefined, N: number | undefined): void {
    const isWhole = this.matrix(value, 'share', [F, 'F'], [N, 'N'], { min: 0, max: 1 }, '');
    if (!isWhole) return;
    this.cut('share', () => {
      (value as readonly (readonly number[])[]).forEach((row, f) => {
        const sum = row.reduce((total, part) => total + part, 0);
        if (Math.abs(sum - 1) <= SUM_TOLERANCE) return;
        this.checker.report(
          `share[${f}]`,
          `the shares of function ${f} sum to ${sum}, not to 1.`,
          sum === 0
            ? 'Where a function has not run yet, give its share of arrivals at each node.'
            : 'Give the part of its executions at each node.',
        );
      });
    });
  }

  private weights(wp: unknown, wm: unknown): void {
    const bounds = { min: 0, max: 1 };
    const areNumbers = [this.checker.number(wp, 'wp', bounds), this.checker.number(wm, 'wm', bounds)];
    if (!areNumbers[0] || !areNumbers[1]) return;
    const sum = (wp as number) + (wm as number);
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      this.checker.report('wm', `wp + wm = ${sum}, not 1 (17).`, `Give wm = 1 - wp = ${1 - (wp as number)}.`);
  }

  private index(value: unknown, path: string, count: number | undefined, noun: string): boolean {
    const most = count ?? Number.POSITIVE_INFINITY;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < most) return true;
    const remedy =
      count === undefined ? 'Give a whole number from 0.' : `Give a whole number from 0 to ${count - 1}.`;
    this.checker.report(path, `${shown(value)} is not the index of a ${noun}.`, remedy);
    return false;
  }
}

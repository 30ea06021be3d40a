/** A benchmark's results as a table, a CSV file and a figure. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { benchFigure } from '../../figures/bench.js';
import { renderPng, renderSvg } from '../../figures/render.js';
import { BENCH_COLUMNS } from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { numberText, textTable } from '../terminal.js';
import type { Measured } from './measure.js';

/** A measured case, beside the same case in another core. */
export interface Comparison {
  readonly measured: Measured;
  readonly other?: Measured;
}

/** Median of the ratios of repetitions that were made one after the other: this core to the other. */
function ratioOf({ measured, other }: Comparison): number {
  if (other === undefined) return Number.NaN;
  const paired = Math.min(measured.allNs.length, other.allNs.length);
  if (paired === 0) return Number.NaN;
  return median(Array.from({ length: paired }, (_, r) => measured.allNs[r] / other.allNs[r]));
}

function rowOf(comparison: Comparison, against: string): Row {
  const { measured, other } = comparison;
  return {
    group: measured.group,
    case: measured.name,
    operation: measured.operation,
    repetitions: measured.repetitions,
    least_ns: measured.leastNs,
    median_ns: measured.medianNs,
    against,
    against_least_ns: other?.leastNs ?? Number.NaN,
    against_median_ns: other?.medianNs ?? Number.NaN,
    ratio: ratioOf(comparison),
  };
}

export function tableOf(comparisons: readonly Comparison[], against: string): string {
  const isCompared = comparisons.some(({ other }) => other !== undefined);
  const ns = (value: number | undefined) => (value === undefined ? '-' : numberText(value, 3));
  const rows = comparisons.map((comparison) => {
    const { measured, other } = comparison;
    const own = [measured.group, measured.name, `ns/${measured.operation}`];
    const times = [ns(measured.leastNs), ns(measured.medianNs)];
    if (!isCompared) return [...own, ...times];
    return [...own, ...times, ns(other?.leastNs), ns(other?.medianNs), numberText(ratioOf(comparison), 3)];
  });
  const head = ['group', 'case', 'unit', 'min', 'median'];
  const short = against.slice(0, 9);
  return textTable(isCompared ? [...head, `min ${short}`, `median ${short}`, 'ratio'] : head, rows);
}

/** Writes bench.csv and the figure into a folder. @returns the paths. */
export async function writeResults(
  folder: string,
  comparisons: readonly Comparison[],
  against: string,
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const csv = join(folder, 'bench.csv');
  const lines = comparisons.map((comparison) => rowLine(BENCH_COLUMNS, rowOf(comparison, against)));
  writeFileSync(csv, headerLine(BENCH_COLUMNS) + lines.join(''));
  const rows = benchFigure.rows(csv);
  const svg = await renderSvg(benchFigure.spec(rows), rows);
  const figure = join(folder, 'bench');
  writeFileSync(`${figure}.svg`, svg);
  writeFileSync(`${figure}.png`, renderPng(svg));
  return [csv, `${figure}.svg`, `${figure}.png`];
}

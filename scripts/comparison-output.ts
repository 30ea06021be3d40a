/** What `ds2p compare` shows and writes. */

import { join, parse } from 'node:path';
import { COMPARISON_FILES } from '../experiments/harness/comparison-files.js';
import { RUNS_ARE_KEPT, replaceFile, storingRuns } from '../experiments/harness/storage.js';
import { headerLine, rowLine } from '../results/csv.js';
import type { ComparisonRow, Verdict } from '../results/policy-comparison.js';
import {
  COMPARISON_COLUMNS,
  type ComparisonSetting,
  comparisonCells,
  comparisonMarkdown,
} from '../results/policy-comparison-table.js';
import {
  COMPARED_HEAD,
  comparedBlocks,
  comparedCells,
  comparisonNotes,
} from '../results/policy-comparison-text.js';
import { onStdout } from './colour.js';
import { textTable, wrapped } from './terminal.js';

const VERDICT_STYLE = {
  better: onStdout.good,
  worse: onStdout.bad,
  higher: onStdout.strong,
  lower: onStdout.strong,
  'practically equal': onStdout.faint,
  'no difference shown': onStdout.faint,
  'not compared': onStdout.faint,
} as const satisfies Record<Verdict, unknown>;

/** The comparison for a terminal: a table a scenario and candidate, and what its columns mean. */
export function tablesText(rows: readonly ComparisonRow[], setting: ComparisonSetting): string {
  const tables = comparedBlocks(rows, setting).map(({ title, rows: own }) => {
    const lines = own.map((row) => {
      const cells = comparedCells(row);
      return [...cells.slice(0, -1), VERDICT_STYLE[row.verdict](cells.at(-1)!)];
    });
    return `${onStdout.strong(title)}\n${textTable(COMPARED_HEAD, lines)}`;
  });
  return [
    ...tables,
    comparisonNotes(rows, setting)
      .map((note) => wrapped(note))
      .join('\n'),
  ].join('\n\n');
}

/** Writes comparison.csv, comparison.md and the forest plot into the folder of the comparison, and returns their paths. */
export async function writeOutputs(
  folder: string,
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
): Promise<readonly string[]> {
  const cells = rows.map((row) => rowLine(COMPARISON_COLUMNS, comparisonCells(row, setting)));
  const path = (file: keyof typeof COMPARISON_FILES) => join(folder, COMPARISON_FILES[file]);
  const write = (file: 'csv' | 'markdown', content: string) =>
    storingRuns(path(file), () => replaceFile(path(file), content));
  write('csv', headerLine(COMPARISON_COLUMNS) + cells.join(''));
  write('markdown', comparisonMarkdown(rows, setting));
  // Loaded only now: the drawing library would slow the start of every command.
  const { comparisonSpec, forestRows } = await import('../figures/forest.js');
  const { renderSvg } = await import('../figures/render.js');
  const { writeDrawing } = await import('../figures/write-drawing.js');
  const svg = await renderSvg(comparisonSpec(rows, setting), forestRows(rows, setting));
  const { dir, name } = parse(path('svg'));
  const drawn = writeDrawing(dir, name, svg, RUNS_ARE_KEPT);
  return [path('csv'), path('markdown'), ...drawn];
}

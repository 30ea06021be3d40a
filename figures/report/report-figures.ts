/** The figures of a report: which there are for some folders of results, and what a page carries of each. */
import { join } from 'node:path';
import type { ScalabilityManifestFacts } from '../../experiments/harness/placement/scalability-command.js';
import { SUMMARY_METRICS } from '../../results/columns.js';
import { readCsv } from '../../results/csv.js';
import type { ComparisonRow } from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import type { Figure } from '../figure.js';
import { comparisonSpec, forestRows } from '../forest.js';
import { readManifest } from '../manifest.js';
import { FIGURES } from '../registry.js';
import { distinct, type FigureRow } from '../rows.js';
import { scalabilityRows, scalabilitySpec } from '../scalability.js';
import { isScalability } from '../scalability-folder.js';
import { explorers } from './explorers.js';
import {
  type Choice,
  type ChoiceFigure,
  type FixedFigure,
  type PageData,
  packRows,
  packSummary,
} from './page-data.js';
import type { ReportFolder } from './report-folder.js';

/** A figure of a report, with the words around it. */
export interface ReportFigure {
  readonly figure: ChoiceFigure | FixedFigure;
  readonly title: string;
}

/** What a reader may choose, as far as it varies. */
const CHOICES: readonly Choice[] = [
  { column: 'workload', title: 'Workload' },
  { column: 'popularity', title: 'Popularity' },
  { column: 't_max_s', title: 'Tₘₐₓ (s)' },
  { column: 'preset', title: 'Preset' },
];

/** Columns whose values can be shown or hidden in a figure with one view. */
const FILTERS: readonly Choice[] = [
  { column: 'source', title: 'Source' },
  { column: 'outcome', title: 'Outcome' },
  { column: 'verdict', title: 'Verdict' },
  { column: 'origin', title: 'Policy' },
  { column: 'formulation', title: 'Formulation' },
  { column: 'series', title: 'Series' },
  { column: 'offloading', title: 'Offloading' },
  { column: 'migration', title: 'Migration' },
];

/** Experiments of the paper that run the same pairs of policies: a reader may go from one to another. */
const SAME_PAIRS = ['table3', 'fig3', 'uniform'];

const titleOf = (spec: FixedFigure['spec']): string => {
  const { title } = spec as { readonly title?: { readonly text?: string | readonly string[] } };
  return [title?.text ?? ''].flat().join(' ');
};

/** A figure with one view, for rows that are there. */
export function fixedFigure(id: string, spec: FixedFigure['spec'], rows: readonly FigureRow[]): ReportFigure {
  const filters = FILTERS.filter(({ column }) => distinct(rows, column).length > 1);
  return { title: titleOf(spec), figure: { id, spec, rows: packRows(rows), filters } };
}

function choiceFigure(figure: Figure, own: ReportFolder, all: readonly ReportFolder[]): ReportFigure {
  const form = figure.form!;
  const isOfPaper = SAME_PAIRS.includes(own.data.experiment) && form.kind === 'pairs';
  const folders = isOfPaper ? all.filter(({ data }) => SAME_PAIRS.includes(data.experiment)) : [own];
  const rows = folders.flatMap(({ data }) => data.summary);
  const swept = form.kind === 'sweep' ? form.swept.column : '';
  const choices = CHOICES.filter(({ column }) => column !== swept && distinct(rows, column).length > 1);
  // Where the form leaves a column open, the first row of the figure's own folder decides.
  const first = figure.rows(own.data)[0]!;
  const chosen = Object.fromEntries(choices.map(({ column }) => [column, first[column] as string | number]));
  return {
    title: form.title,
    figure: { id: figure.name, form, folders: folders.map(({ path }) => path), choices, chosen },
  };
}

/** The figures that are made for the experiment of a folder, as far as it holds what they show. */
function madeFigures(own: ReportFolder, all: readonly ReportFolder[]): readonly ReportFigure[] {
  const { data } = own;
  return FIGURES.filter(({ experiment }) => experiment === data.experiment).flatMap((figure) => {
    const rows = figure.rows(data);
    if (rows.length === 0) return [];
    return figure.form === undefined
      ? fixedFigure(figure.name, figure.spec(rows), rows)
      : choiceFigure(figure, own, all);
  });
}

/** The figures of all folders, in the order of the folders. */
export function reportFigures(folders: readonly ReportFolder[]): readonly ReportFigure[] {
  return folders.flatMap((own) => {
    const made = madeFigures(own, folders);
    if (made.length > 0) return made;
    const { path, data } = own;
    const figures = explorers(path, data);
    return figures.map((figure) => ({ title: figure.form.title, figure }));
  });
}

/** The figure of a folder of `ds2p scalability`; none where it is none, or empty. */
export function scalabilityFigure(folder: string): readonly ReportFigure[] {
  if (!isScalability(folder)) return [];
  const rows = scalabilityRows(
    readCsv(join(folder, 'summary.csv')),
    readManifest<ScalabilityManifestFacts>(folder),
  );
  return rows.every(({ kind }) => kind === 'paper')
    ? []
    : [fixedFigure('scalability', scalabilitySpec(rows), rows)];
}

/** The forest plot of a comparison. */
export const comparisonFigure = (rows: readonly ComparisonRow[], setting: ComparisonSetting): ReportFigure =>
  fixedFigure('comparison', comparisonSpec(rows, setting), forestRows(rows, setting));

/** What the page's code needs to draw them. */
export function figureData(folders: readonly ReportFolder[], figures: readonly ReportFigure[]): PageData {
  return {
    summaries: Object.fromEntries(folders.map(({ path, data }) => [path, packSummary(data.summary)])),
    figures: figures.map(({ figure }) => figure),
    metrics: SUMMARY_METRICS,
  };
}

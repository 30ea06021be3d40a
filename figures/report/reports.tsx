/** The reports: what stands in each, in which order, and where it is written. */
import { join } from 'node:path';
import type { ExampleRuns } from '../../experiments/harness/example-runs.js';
import { makeFolder } from '../../experiments/harness/folders.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import type { ComparisonRow } from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { isScalability } from '../scalability-draw.js';
import { Figures } from './figure-section.js';
import { type PageContent, pageText, type Section } from './page.js';
import { withinPage } from './page-room.js';
import {
  comparisonFigure,
  figureData,
  type ReportFigure,
  reportFigures,
  scalabilityFigure,
} from './report-figures.js';
import { reportFolder } from './report-folder.js';
import { runsPageData, runsSection } from './run-page.js';

const REPORT_FILE = 'report.html';
/** The folder beside those of the experiments that holds the report of them all. */
const REPRODUCTION_FOLDER = 'reproduction';

/** Writes a page in a piece. @returns its path. @throws StorageError where the file system refuses. */
function writePage(folder: string, content: PageContent): string {
  makeFolder(folder);
  const path = join(folder, REPORT_FILE);
  storing(path, () => replaceFile(path, pageText(content)));
  return path;
}

const figuresSection = (
  figures: readonly ReportFigure[],
  notes: readonly string[] = [],
): readonly Section[] =>
  figures.length === 0
    ? []
    : [{ id: 'figures', title: 'Figures', body: <Figures figures={figures} notes={notes} /> }];

const runSections = (examples: ExampleRuns): readonly Section[] =>
  examples.runs.length === 0 && examples.note === undefined ? [] : [runsSection(examples)];

/**
 * The report of a whole reproduction.
 * @param root the folder in which the folders of the experiments are, of which `paths` were run. @returns its path.
 */
export function writeReproductionReport(
  root: string,
  paths: readonly string[],
  examples: ExampleRuns,
): string {
  const { folders, notes } = withinPage(paths.map(reportFolder));
  const figures = [...reportFigures(folders), ...scalabilityFigure(join(root, 'scalability'))];
  return writePage(join(root, REPRODUCTION_FOLDER), {
    title: 'Function offloading and data migration: the evaluation, made again',
    lead: <p />,
    sections: [...figuresSection(figures, notes), ...runSections(examples)],
    data: {
      'page-figures': figureData(folders, figures),
      ...runsPageData(examples.runs, ({ experiment }) => join(root, experiment)),
    },
  });
}

/** The report of one experiment, or of a folder of `ds2p scalability`. @returns its path. */
export function writeSweepReport(path: string, examples: ExampleRuns): string {
  const { folders, notes } = withinPage(isScalability(path) ? [] : [reportFolder(path)]);
  const figures = [...reportFigures(folders), ...scalabilityFigure(path)];
  const { title, question } = folders[0]?.manifest.experiment ?? {};
  return writePage(path, {
    title: title ?? path,
    lead: <p>{question}</p>,
    sections: [...figuresSection(figures, notes), ...runSections(examples)],
    data: { 'page-figures': figureData(folders, figures), ...runsPageData(examples.runs, () => path) },
  });
}

/** The report of a comparison of policies. @returns its path. */
export function writeComparisonReport(
  path: string,
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
  examples: ExampleRuns,
): string {
  const figures = [comparisonFigure(rows, setting)];
  return writePage(path, {
    title: `Comparison in experiment ${setting.experiment}`,
    lead: <p />,
    sections: [...figuresSection(figures), ...runSections(examples)],
    data: { 'page-figures': figureData([], figures), ...runsPageData(examples.runs, () => path) },
  });
}

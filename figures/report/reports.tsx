/** The reports: what stands in each, in which order, and where it is written. */
import { join } from 'node:path';
import type { ExampleRuns } from '../../experiments/harness/example-runs.js';
import { makeFolder } from '../../experiments/harness/folders.js';
import { shellWord } from '../../experiments/harness/manifest.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import type { ComparisonRow } from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { evaluateReproduction } from '../../results/reproduction.js';
import { isScalability } from '../scalability-draw.js';
import { readFolderFacts } from './facts.js';
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
import { answerSection } from './sections/answer.js';
import { table3Section } from './sections/table3.js';
import { trustSection } from './sections/trust.js';

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

/** The inside of some runs of a folder. */
function runsPart(path: string, { runs, note }: ExampleRuns): Section {
  const folder = shellWord(path);
  const hints = [
    { purpose: 'Any other run, by its row in runs.csv', command: `npx ds2p inspect ${folder} --run 7` },
    {
      purpose: 'Why a request went where it went',
      command: `npx ds2p explain ${folder} --run 7 --request 1000`,
    },
  ];
  return runsSection(runs, hints, note);
}

/**
 * The report of a whole reproduction.
 * @param root the folder in which the folders of the experiments are, of which `paths` were run.
 * @param shown the folder that the examples are of. @returns its path.
 */
export function writeReproductionReport(
  root: string,
  paths: readonly string[],
  shown: string,
  examples: ExampleRuns,
): string {
  const { folders, notes } = withinPage(paths.map(reportFolder));
  const facts = paths.map(readFolderFacts);
  const scalability = join(root, 'scalability');
  const figures = [...reportFigures(folders), ...scalabilityFigure(scalability)];
  const reproduction = evaluateReproduction(root);
  return writePage(join(root, REPRODUCTION_FOLDER), {
    title: 'Function offloading and data migration: the evaluation, made again',
    lead: (
      <p>
        Every claim, table and figure of “Function Offloading and Data Migration for Stateful Serverless Edge
        Computing” (M. Nardelli and G. Russo Russo, ICPE ’24), beside what our runs say. Means come with 95 %
        intervals, and requests that a policy rejects are told of wherever it serves others.
      </p>
    ),
    sections: [
      answerSection(
        reproduction,
        figures.map(({ figure }) => figure.id),
      ),
      table3Section(reproduction),
      ...figuresSection(figures, notes),
      runsPart(shown, examples),
      trustSection(facts),
    ],
    data: { 'page-figures': figureData(folders, figures), ...runsPageData(examples.runs) },
  });
}

/** The report of one experiment, or of a folder of `ds2p scalability`. @returns its path. */
export function writeSweepReport(path: string, examples: ExampleRuns): string {
  const isPlacement = isScalability(path);
  const { folders, notes } = withinPage(isPlacement ? [] : [reportFolder(path)]);
  const figures = [...reportFigures(folders), ...scalabilityFigure(path)];
  const { title, question } = folders[0]?.manifest.experiment ?? {};
  return writePage(path, {
    title: title ?? path,
    lead: <p>{question}</p>,
    sections: [
      ...figuresSection(figures, notes),
      ...(isPlacement ? [] : [runsPart(path, examples)]),
      trustSection([readFolderFacts(path)]),
    ],
    data: { 'page-figures': figureData(folders, figures), ...runsPageData(examples.runs) },
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
    sections: [...figuresSection(figures), runsPart(path, examples), trustSection([readFolderFacts(path)])],
    data: { 'page-figures': figureData([], figures), ...runsPageData(examples.runs) },
  });
}

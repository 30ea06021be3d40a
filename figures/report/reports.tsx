/** The reports: what stands in each, in which order, and where it is written. */
import { join } from 'node:path';
import { REPORT_FILE, REPRODUCTION_FOLDER } from '../../experiments/harness/earlier-report.js';
import type { ExampleRuns } from '../../experiments/harness/example-runs.js';
import { makeFolder } from '../../experiments/harness/folders.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import type { ComparisonRow } from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { evaluateReproduction } from '../../results/reproduction.js';
import { isScalability } from '../scalability-folder.js';
import { type FolderFacts, readFolderFacts, readScalabilityFacts } from './facts.js';
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
import { compareAnswerSection } from './sections/compare-answer.js';
import { placementSection } from './sections/placement.js';
import {
  SCALABILITY_TITLE,
  ScalabilityLead,
  scalabilityAnswerSection,
} from './sections/scalability-answer.js';
import { sweepAnswerSection } from './sections/sweep-answer.js';
import { table3Section } from './sections/table3.js';
import { placementTrustSection, trustSection } from './sections/trust.js';

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

const placementSections = (facts: readonly FolderFacts[], scalability?: string): readonly Section[] =>
  [placementSection(facts, scalability === undefined ? [] : readScalabilityFacts(scalability))].filter(
    (section) => section !== undefined,
  );

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
  const facts = paths.map(readFolderFacts);
  // Runs of a folder may all have failed: there is nothing to draw then, and much to tell.
  const drawn = facts.filter(({ summary }) => summary.length > 0);
  const { folders, notes } = withinPage(drawn.map(({ path }) => reportFolder(path)));
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
        facts,
      ),
      table3Section(reproduction),
      ...figuresSection(figures, notes),
      ...runSections(examples),
      ...placementSections(facts, scalability),
      trustSection(facts),
    ],
    data: { 'page-figures': figureData(folders, figures), ...runsPageData(examples.runs, () => shown) },
  });
}

/** The report of one experiment, or of a folder of `ds2p scalability`. @returns its path. */
export function writeSweepReport(path: string, examples: ExampleRuns): string {
  const isPlacement = isScalability(path);
  const facts = readFolderFacts(path);
  const isDrawn = !isPlacement && facts.summary.length > 0;
  const { folders, notes } = withinPage(isDrawn ? [reportFolder(path)] : []);
  const figures = [...reportFigures(folders), ...scalabilityFigure(path)];
  const { title = '', question = '' } = facts.manifest ?? {};
  // A title that is a mere name does not say what the page is.
  const named = title === '' || title === facts.name ? `Results of ${facts.name}` : title;
  return writePage(path, {
    title: isPlacement ? SCALABILITY_TITLE : named,
    lead: isPlacement ? <ScalabilityLead rows={facts.summary} /> : <p>{question}</p>,
    sections: [
      isPlacement ? scalabilityAnswerSection(facts.summary) : sweepAnswerSection(facts),
      ...figuresSection(figures, notes),
      ...runSections(examples),
      ...placementSections([facts], isPlacement ? path : undefined),
      isPlacement ? placementTrustSection(facts) : trustSection([facts]),
    ],
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
  const facts = readFolderFacts(path);
  const figures = [comparisonFigure(rows, setting)];
  return writePage(path, {
    title: `Comparison in experiment ${setting.experiment}`,
    lead: (
      <p>
        Policies under common random numbers: every pair meets the same requests, so that differences are
        taken replication by replication.
      </p>
    ),
    sections: [
      compareAnswerSection(rows, setting, facts.summary),
      ...figuresSection(figures),
      ...runSections(examples),
      trustSection([facts]),
    ],
    data: { 'page-figures': figureData([], figures), ...runsPageData(examples.runs, () => path) },
  });
}

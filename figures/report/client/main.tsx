/** The code of a page: it finds the places that the document has for it, and fills them. */
import { render, type VNode } from 'preact';
import type { ChoiceFigure, FixedFigure, PageData } from '../page-data.js';
import { unpackSummary } from '../page-data.js';
import { type PackedRun, RUN_VIEW_ELEMENT, RUNS_ELEMENT, type RunList } from '../run-data.js';
import { ChoiceFigureView } from './choice-figure.js';
import { FixedFigureView } from './fixed-figure.js';
import { holdTarget } from './hold-target.js';
import { PageTools } from './page-tools.js';
import { prepareForPaper } from './printing.js';
import { RunsView } from './run-view.js';
import { tellOfMore } from './tell-of-more.js';
import { tellTouched } from './touch-tooltip.js';
import { workOff } from './when-seen.js';

/** What a script element of the document holds; undefined where there is none. */
function dataOf<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  return text === null || text === undefined ? undefined : (JSON.parse(text) as T);
}

function fill(id: string, content: () => VNode): void {
  const place = document.getElementById(id);
  if (place === null) return;
  place.textContent = '';
  render(content(), place);
}

const isChoice = (figure: ChoiceFigure | FixedFigure): figure is ChoiceFigure => 'form' in figure;

function fillFigures({ figures, summaries, metrics }: PageData): void {
  for (const figure of figures) {
    fill(`chart-${figure.id}`, () => {
      if (!isChoice(figure)) return <FixedFigureView figure={figure} />;
      const rows = figure.folders.flatMap((name) => unpackSummary(summaries[name]!, metrics));
      return <ChoiceFigureView figure={figure} rows={rows} metrics={metrics} />;
    });
  }
}

prepareForPaper();
fill('page-tools', () => <PageTools />);
const figures = dataOf<PageData>('page-figures');
if (figures !== undefined) fillFigures(figures);
const runs = dataOf<RunList>(RUNS_ELEMENT);
if (runs !== undefined)
  fill(RUN_VIEW_ELEMENT, () => <RunsView list={runs} load={(element) => dataOf<PackedRun>(element)} />);
holdTarget();
tellOfMore();
tellTouched();
// What was filled has asked to be drawn by then.
setTimeout(workOff);

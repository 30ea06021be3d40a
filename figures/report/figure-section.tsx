/** The figures of a report: a place for each, which the page's code fills. */
import { CLAIMS } from '../../results/claims.js';
import { figureAnchor } from './figure-anchor.js';
import type { ReportFigure } from './report-figures.js';

interface FiguresProps {
  readonly figures: readonly ReportFigure[];
  /** What the page leaves out. */
  readonly notes?: readonly string[];
}

/** Metrics that claims link a figure by. Their addresses stand in the document, so that links lead there without code, too. */
const linkedMetrics = (id: string): readonly string[] =>
  CLAIMS.flatMap(({ metric, shownIn }) =>
    metric !== undefined && shownIn.some((name) => name === id) ? [metric] : [],
  );

export const Figures = ({ figures, notes = [] }: FiguresProps) => (
  <>
    {notes.map((note) => (
      <p key={note} class="note">
        {note}
      </p>
    ))}
    {figures.map(({ title, figure }) => (
      <figure key={figure.id} id={figureAnchor(figure.id)}>
        {linkedMetrics(figure.id).map((metric) => (
          <span key={metric} id={figureAnchor(figure.id, metric)} />
        ))}
        <div id={`chart-${figure.id}`}>
          <h3>{title}</h3>
          <p class="soft">This figure is drawn by JavaScript.</p>
        </div>
      </figure>
    ))}
  </>
);

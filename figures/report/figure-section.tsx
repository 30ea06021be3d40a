/** The figures of a report: a place for each, which the page's code fills. */
import type { ReportFigure } from './report-figures.js';

interface FiguresProps {
  readonly figures: readonly ReportFigure[];
  /** What the page leaves out. */
  readonly notes?: readonly string[];
}

/** The address of a figure within a page. */
export const figureAnchor = (id: string): string => `figure-${id}`;

export const Figures = ({ figures, notes = [] }: FiguresProps) => (
  <>
    {notes.map((note) => (
      <p key={note} class="note">
        {note}
      </p>
    ))}
    {figures.map(({ title, figure }) => (
      <figure key={figure.id} id={figureAnchor(figure.id)}>
        <div id={`chart-${figure.id}`}>
          <h3>{title}</h3>
          <p class="soft">This figure is drawn by JavaScript.</p>
        </div>
      </figure>
    ))}
  </>
);

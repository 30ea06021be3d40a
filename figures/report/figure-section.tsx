/** The figures of a report: a place for each, which the page's code fills. */
import { CLAIMS } from '../../results/claims.js';
import { figureAnchor } from './figure-anchor.js';
import type { ReportFigure } from './report-figures.js';

interface FiguresProps {
  readonly figures: readonly ReportFigure[];
  /** What the page leaves out. */
  readonly notes?: readonly string[];
}

/** Addresses by which claims set a figure to something. They stand in the document, so that links lead there without code, too. */
const linkedAddresses = (id: string): ReadonlySet<string> => {
  const links = CLAIMS.filter(({ shownIn }) => shownIn.some((name) => name === id));
  const addresses = links.map(({ metric, setting }) => figureAnchor(id, metric, setting));
  return new Set(addresses.filter((address) => address !== figureAnchor(id)));
};

export const Figures = ({ figures, notes = [] }: FiguresProps) => (
  <>
    {notes.map((note) => (
      <p key={note} class="note">
        {note}
      </p>
    ))}
    {figures.map(({ title, figure }) => (
      <figure key={figure.id} id={figureAnchor(figure.id)}>
        {[...linkedAddresses(figure.id)].map((address) => (
          <span key={address} id={address} />
        ))}
        <div id={`chart-${figure.id}`}>
          <h3>{title}</h3>
          <p class="soft">This figure is drawn by JavaScript.</p>
        </div>
      </figure>
    ))}
  </>
);

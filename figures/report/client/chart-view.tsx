/** A drawn specification with its downloads and its rows as a table. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Result } from 'vega-embed';
import type { CsvTable } from '../../csv-table.js';
import type { TopLevelSpec } from '../../figure.js';
import { forPage } from '../fit.js';
import { reflowed } from '../reflow.js';
import { roughHeight } from '../rough-height.js';
import { Scroll } from '../scroll.js';
import { draw, saveCsv, savePng, saveSvg } from './chart.js';
import { FIXED_PAPER_WIDTH, useWidth } from './use-width.js';
import { whenSeen } from './when-seen.js';

interface ChartProps {
  readonly name: string;
  readonly description: string;
  readonly spec: TopLevelSpec;
  /** What the CSV file holds. */
  readonly csv: () => CsvTable;
  /** Given each view that was drawn, to keep it at what the reader sets. */
  readonly onView?: (view: Result['view']) => void;
  /** What a file shows, where that is more than `spec` says. */
  readonly fileSpec?: () => TopLevelSpec;
  /** Whether panels are placed anew where they do not fit side by side; a file has them as in `spec`. */
  readonly reflows?: boolean;
  /** Told the text of a mark of the legend that was clicked. */
  readonly onLegend?: (label: string) => void;
}

/** What Vega keeps with the elements that it draws. */
interface Drawn {
  readonly __data__?: { readonly datum?: { readonly label?: unknown } };
}

/** The entry of a legend that an event came from, if it did. */
function legendLabel({ target }: Event): string | undefined {
  if (!(target instanceof Element) || target.closest('.role-legend-entry') === null) return undefined;
  const label = (target as Element & Drawn).__data__?.datum?.label;
  return label === undefined ? undefined : String(label);
}

export function Chart({
  name,
  description,
  spec,
  csv,
  onView,
  fileSpec = () => spec,
  reflows = false,
  onLegend,
}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const { element: around, width } = useWidth(reflows ? FIXED_PAPER_WIDTH : undefined);
  const result = useRef<Result | undefined>(undefined);
  const seen = useRef(false);
  const [failed, setFailed] = useState('');
  const onLegendNow = useRef(onLegend);
  onLegendNow.current = onLegend;
  const onViewNow = useRef(onView);
  onViewNow.current = onView;

  // Legends are no controls for Vega, so that it tells nobody of clicks on them; switches beside a figure do the same.
  useEffect(() => {
    const element = place.current;
    const click = (event: Event) => {
      const label = legendLabel(event);
      if (label !== undefined) onLegendNow.current?.(label);
    };
    element?.addEventListener('click', click);
    return () => element?.removeEventListener('click', click);
  }, []);

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null || width === 0) return undefined;
    let stale = false;
    const fitted = forPage(reflows ? reflowed(spec, width) : spec, width);
    if (!seen.current) element.style.minHeight = `${roughHeight(fitted)}px`;
    const task = async () => {
      seen.current = true;
      try {
        const drawn = await draw(element, fitted, description);
        if (stale) return drawn.finalize();
        result.current?.finalize();
        result.current = drawn;
        onViewNow.current?.(drawn.view);
        element.dataset.drawn = 'true';
        element.style.minHeight = '';
      } catch (error) {
        setFailed(String(error));
      }
    };
    // What has been drawn once is drawn anew at once when the reader changes it.
    const cancel = seen.current ? void task() : whenSeen(element, task);
    return () => {
      stale = true;
      cancel?.();
    };
  }, [spec, description, width]);

  return (
    <div ref={around}>
      <Scroll label={`Figure: ${description}`}>
        <div class="chart" ref={place} />
      </Scroll>
      {failed !== '' && <p class="error">This figure could not be drawn: {failed}</p>}
      <p class="downloads">
        <span>Download</span>
        <button
          type="button"
          aria-label={`SVG of ${description}`}
          onClick={() => void saveSvg(fileSpec(), name)}
        >
          SVG
        </button>
        <button
          type="button"
          aria-label={`PNG of ${description}`}
          onClick={() => void savePng(fileSpec(), name)}
        >
          PNG
        </button>
        <button type="button" aria-label={`CSV of ${description}`} onClick={() => saveCsv(csv(), name)}>
          CSV
        </button>
      </p>
    </div>
  );
}

/** In place of a drawing, where its reader has hidden every series. */
export const NothingShown = () => <p class="note">Every series is hidden. Tick one above to see it again.</p>;

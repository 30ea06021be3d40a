/** A drawn specification with its downloads and its rows as a table. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from 'vega-embed';
import type { TopLevelSpec } from '../../figure.js';
import type { FigureRow } from '../../rows.js';
import { Scroll } from '../scroll.js';
import { draw, saveCsv, savePng, saveSvg } from './chart.js';
import { whenSeen } from './when-seen.js';

interface ChartProps {
  readonly name: string;
  readonly description: string;
  readonly spec: TopLevelSpec;
  /** What the CSV file holds. */
  readonly rows: readonly FigureRow[];
  /** Given each view that was drawn, to keep it at what the reader sets. */
  readonly onView?: (view: Result['view']) => void;
  /** What a file shows, where that is more than `spec` says. */
  readonly fileSpec?: () => TopLevelSpec;
  /** Told the text of a mark of the legend that was clicked. */
  readonly onLegend?: (label: string) => void;
  /** Told the row of a point that was clicked. */
  readonly onPoint?: (row: FigureRow) => void;
}

interface Clicked {
  readonly datum?: FigureRow & { readonly value?: unknown; readonly label?: unknown };
  readonly mark?: { readonly role?: string };
}

export function Chart({
  name,
  description,
  spec,
  rows,
  onView,
  fileSpec = () => spec,
  onLegend,
  onPoint,
}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const result = useRef<Result | undefined>(undefined);
  const seen = useRef(false);
  const [failed, setFailed] = useState('');
  const handlers = useRef({ onLegend, onPoint, onView });
  handlers.current = { onLegend, onPoint, onView };

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let stale = false;
    const task = async () => {
      seen.current = true;
      try {
        const drawn = await draw(element, spec, description);
        if (stale) return drawn.finalize();
        result.current?.finalize();
        result.current = drawn;
        handlers.current.onView?.(drawn.view);
        drawn.view.addEventListener('click', (_event, item) => {
          const { datum, mark } = (item ?? {}) as Clicked;
          if (datum === undefined) return;
          if (mark?.role?.startsWith('legend'))
            handlers.current.onLegend?.(String(datum.value ?? datum.label));
          else handlers.current.onPoint?.(datum);
        });
        element.dataset.drawn = 'true';
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
  }, [spec, description]);

  return (
    <>
      <Scroll label={`Figure: ${description}`}>
        <div class="chart" ref={place} />
      </Scroll>
      {failed !== '' && <p class="error">This figure could not be drawn: {failed}</p>}
      <p class="downloads">
        <span>Download</span>
        <button type="button" onClick={() => void saveSvg(fileSpec(), name)}>
          SVG
        </button>
        <button type="button" onClick={() => void savePng(fileSpec(), name)}>
          PNG
        </button>
        <button type="button" onClick={() => saveCsv(rows, name)}>
          CSV
        </button>
      </p>
    </>
  );
}

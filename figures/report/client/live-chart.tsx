/** A figure that follows what a reader sets, without being drawn anew. */
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import type { Result } from 'vega-embed';
import type { CsvTable } from '../../csv-table.js';
import { DATA_NAME, type TopLevelSpec } from '../../figure.js';
import type { FigureRow } from '../../rows.js';
import { CURSOR } from '../../run/time-axis.js';
import { Chart } from './chart-view.js';

type View = Result['view'];

interface Props {
  readonly name: string;
  readonly title: string;
  /** The specification without its data. */
  readonly spec: TopLevelSpec;
  readonly rows: readonly FigureRow[];
  /** What the CSV file holds. */
  readonly csv: () => CsvTable;
  /** Further data sets, by name. */
  readonly more?: Readonly<Record<string, readonly FigureRow[]>>;
  /** The instant in s at which the line stands; absent where there is none. */
  readonly time?: number;
  /** Told the row of a mark that was clicked. */
  readonly onRow?: (row: FigureRow) => void;
}

type Params = readonly { readonly name: string; readonly value: number }[];

/** The specification with its data, and the line at `time`. */
function filled(
  spec: TopLevelSpec,
  rows: readonly FigureRow[],
  more: Readonly<Record<string, readonly FigureRow[]>>,
  time: number | undefined,
): TopLevelSpec {
  const params = ((spec.params ?? []) as Params).map((param) =>
    param.name === CURSOR && time !== undefined ? { ...param, value: time } : param,
  );
  return { ...spec, params, datasets: { [DATA_NAME]: rows, ...more } } as TopLevelSpec;
}

export function LiveChart({ name, title, spec, rows, csv, more = {}, time, onRow }: Props) {
  const view = useRef<View | undefined>(undefined);
  const now = useRef({ rows, more, time, onRow });
  const drawnRows = useRef(rows);
  now.current = { rows, more, time, onRow };

  /** Changes of data are rare and slow beside a line that moves. */
  const follow = () => {
    const drawn = view.current;
    if (drawn === undefined) return;
    const { rows: newRows, more: newMore, time: newTime } = now.current;
    if (newTime !== undefined) drawn.signal(CURSOR, newTime);
    if (drawnRows.current !== newRows) {
      for (const [set, values] of Object.entries({ [DATA_NAME]: newRows, ...newMore }))
        drawn.data(
          set,
          values.map((row) => ({ ...row })),
        );
      drawnRows.current = newRows;
    }
    void drawn.runAsync();
  };
  useEffect(follow, [time, rows]);

  // A new specification is drawn with the rows of then.
  const drawn = useMemo(() => ({ spec: filled(spec, rows, more, time), rows }), [spec]);
  const onView = useCallback(
    (made: View) => {
      view.current = made;
      drawnRows.current = drawn.rows;
      made.addEventListener('click', (_event, item) => {
        const datum = (item as { readonly datum?: FigureRow } | null | undefined)?.datum;
        if (datum !== undefined) now.current.onRow?.(datum);
      });
      follow();
    },
    [drawn],
  );
  return (
    <Chart
      name={name}
      description={title}
      spec={drawn.spec}
      csv={csv}
      onView={onView}
      fileSpec={() => filled(spec, rows, more, time)}
    />
  );
}

/** A figure with one view: series can be hidden, points are told of, files given out. */
import { useMemo } from 'preact/hooks';
import { figureCsv } from '../../csv-table.js';
import { distinct } from '../../rows.js';
import { standingAlone } from '../../unserved-or-late.js';
import { withHover } from '../hover.js';
import { type FixedFigure, unpackRows } from '../page-data.js';
import { Chart, NothingShown } from './chart-view.js';
import { Filter } from './controls.js';
import { useFigureLink } from './figure-link.js';
import { useHidden } from './hidden.js';
import { hoverLines, titleText } from './texts.js';
import { ToldTable } from './told-table.js';

export function FixedFigureView({ figure }: { readonly figure: FixedFigure }) {
  const all = useMemo(() => unpackRows(figure.rows), [figure]);
  const hidden = useHidden();
  useFigureLink(figure.id, () => hidden.reset());
  const { spec, rows } = useMemo(
    () => standingAlone(figure.spec, hidden.shown(all)),
    [hidden.shown, all, figure],
  );
  const drawn = useMemo(() => withHover(spec, rows, hoverLines(rows)), [spec, rows]);
  const title = titleText(figure.spec);
  return (
    <>
      <h3>{title}</h3>
      <div class="controls">
        {figure.filters.map(({ column, title }) => (
          <Filter
            key={column}
            title={title}
            labels={distinct(all, column).map(String)}
            hidden={hidden.of(column)}
            onToggle={(label) => hidden.toggle(column, label)}
          />
        ))}
      </div>
      {rows.length === 0 ? (
        <NothingShown />
      ) : (
        <Chart
          name={figure.id}
          description={title}
          spec={drawn.spec}
          csv={() => figureCsv(spec, rows)}
          reflows
          onLegend={(label) => hidden.toggleAny(figure.filters, all, label)}
        />
      )}
      <ToldTable name={title} hovered={drawn} />
    </>
  );
}

/** A figure whose reader chooses rows and metrics: pairs of policies, or a sweep along one parameter. */
import { useMemo, useState } from 'preact/hooks';
import { figureCsv } from '../../csv-table.js';
import { type Chosen, chosenRows, formSpec } from '../../forms.js';
import { lookOf, type MetricLook, PANELS, REJECTED, UNSERVED_OR_LATE } from '../../metrics.js';
import { distinct, type FigureRow } from '../../rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, seriesOf } from '../../theme.js';
import type { FigureLink } from '../figure-anchor.js';
import { withHover } from '../hover.js';
import type { Choice, ChoiceFigure, PageMetric } from '../page-data.js';
import { Chart, NothingShown } from './chart-view.js';
import { Filter, Select } from './controls.js';
import { useFigureLink } from './figure-link.js';
import { useHidden } from './hidden.js';
import { PointsTable } from './points-table.js';
import { hoverLines, whereText } from './texts.js';
import { useWidth } from './use-width.js';

/** The value of a choice that shows the panels of the static figure. */
const ALL_PANELS = '';

/** Pixels beside the panels of a row, beside each panel, and of a panel at least and at most. */
const ROOM = {
  pairs: { beside: 105, gap: 32, least: 185, most: 320 },
  categories: { beside: 140, gap: 32, least: 185, most: 320 },
  sweep: { beside: 10, gap: 76, least: 175, most: 290 },
} as const;
const MOST_COLUMNS = 3;

const matching = (row: FigureRow, chosen: Chosen): number =>
  Object.entries(chosen).filter(([column, value]) => row[column] === value).length;

/**
 * The choice after `column` was set: other columns keep their values as far as there are rows for it, and else take
 * those of the row that keeps most of them.
 */
function settled(
  rows: readonly FigureRow[],
  choices: readonly Choice[],
  chosen: Chosen,
  column?: string,
): Chosen {
  const fitting = column === undefined ? rows : chosenRows(rows, { [column]: chosen[column]! });
  const best = fitting.reduce<FigureRow | undefined>(
    (best, row) => (best === undefined || matching(row, chosen) > matching(best, chosen) ? row : best),
    undefined,
  );
  if (best === undefined) return chosen;
  return Object.fromEntries(choices.map((choice) => [choice.column, best[choice.column] ?? '']));
}

/** The choice with the values that a link names, as far as they are there. */
function withSetting(
  rows: readonly FigureRow[],
  choices: readonly Choice[],
  start: Chosen,
  setting: FigureLink['setting'],
): Chosen {
  const named = choices.flatMap(({ column }) =>
    distinct(rows, column)
      .filter((value) => String(value) === setting[column])
      .map((value) => [column, value] as const),
  );
  return named.length === 0 ? start : settled(rows, choices, { ...start, ...Object.fromEntries(named) });
}

/** The panels of one metric: rejected requests stand beside all that leaves them out. */
function looksOf(metrics: readonly PageMetric[], metric: string): readonly MetricLook[] {
  const found = metrics.find(({ name }) => name === metric);
  if (found === undefined) return PANELS;
  const look = lookOf(found);
  return [look, ...[REJECTED, UNSERVED_OR_LATE].filter(({ column }) => column !== look.column)];
}

/** As many panels side by side as fit, as wide as they may be. */
function fitting(kind: ChoiceFigure['form']['kind'], width: number, panels: number) {
  const { beside, gap, least, most } = ROOM[kind];
  const room = width - beside;
  const columns = Math.max(1, Math.min(MOST_COLUMNS, panels, Math.floor(room / (least + gap))));
  return { columns, panelWidth: Math.max(least, Math.min(most, Math.floor(room / columns) - gap)) };
}

/** What a choice has changed beside the column that was set, in words. */
function changedText(choices: readonly Choice[], column: string, wanted: Chosen, settledTo: Chosen): string {
  const changed = choices.filter(
    (choice) => choice.column !== column && wanted[choice.column] !== settledTo[choice.column],
  );
  if (changed.length === 0) return '';
  const told = changed.map(({ column: other, title }) => `${title} ${settledTo[other]}`);
  return ` There are no runs of the choice before: it is now ${told.join(', ')}.`;
}

interface Props {
  readonly figure: ChoiceFigure;
  readonly rows: readonly FigureRow[];
  readonly metrics: readonly PageMetric[];
}

export function ChoiceFigureView({ figure, rows, metrics }: Props) {
  const { form, choices } = figure;
  const start = useMemo(() => settled(rows, choices, figure.chosen), [figure, rows]);
  const [chosen, setChosen] = useState(start);
  const [metric, setMetric] = useState(ALL_PANELS);
  const hidden = useHidden();
  const { element, width } = useWidth();
  const [note, setNote] = useState('');
  const reset = () => {
    setChosen(start);
    setMetric(ALL_PANELS);
    setNote('');
    hidden.reset();
  };
  // What a link is there to show is not to be hidden by what the reader has set before.
  useFigureLink(figure.id, ({ metric: linked, setting }) => {
    reset();
    setChosen(withSetting(rows, choices, start, setting));
    if (rows.some((row) => typeof row[`${linked}_mean`] === 'number')) setMetric(linked!);
  });

  const selected = useMemo(() => chosenRows(rows, chosen), [rows, chosen]);
  const shown = useMemo(() => hidden.shown(selected), [hidden.shown, selected]);
  const isStart = Object.entries(start).every(([column, value]) => chosen[column] === value);
  const looks = looksOf(metrics, metric);
  const name = form.kind === 'pairs' ? 'Policies' : form.title;
  const title = isStart ? form.title : `${name}: ${whereText(selected, choices)}`;
  const view = { looks, ...fitting(form.kind, width, looks.length) };
  // What varies within the figure is told of each row.
  const along = form.kind === 'pairs' ? [] : [form.swept];
  const drawn = useMemo(() => {
    const plain = formSpec({ ...form, title }, shown, view);
    return withHover(plain, shown, hoverLines(shown, [...choices, ...along]));
  }, [form, title, metric, view.columns, view.panelWidth, shown]);

  const toldColumns = [...choices, ...along].map(({ column }) => column);
  const hasValues = looks.some(({ column }) =>
    shown.some((row) => typeof row[`${column}_mean`] === 'number'),
  );
  const known = metrics.filter(({ name }) => selected.some((row) => row[`${name}_mean`] !== null));
  const filters: readonly Choice[] = [
    { column: 'offloading', title: 'Offloading' },
    { column: 'migration', title: 'Migration' },
  ];
  const offloading = seriesOf(OFFLOADING_LOOKS, distinct(selected, 'offloading'));
  const migration = seriesOf(MIGRATION_LOOKS, distinct(selected, 'migration'));
  return (
    <div ref={element}>
      <h3>{title}</h3>
      <div class="controls">
        {choices.map(({ column, title: label }) => (
          <Select
            key={column}
            label={label}
            value={String(chosen[column])}
            options={distinct(rows, column).map((value) => ({ value: String(value), label: String(value) }))}
            onChange={(text) => {
              const value = distinct(rows, column).find((each) => String(each) === text);
              if (value === undefined) return;
              const wanted = { ...chosen, [column]: value };
              const next = settled(rows, choices, wanted, column);
              setChosen(next);
              setNote(changedText(choices, column, wanted, next));
            }}
          />
        ))}
        <Select
          label="Metric"
          value={metric}
          options={[
            { value: ALL_PANELS, label: 'the six of the figure' },
            ...known.map((each) => ({
              value: each.name,
              label: lookOf(each).title,
              ...(each.name.startsWith('placement_') ? { group: 'The placement problem' } : {}),
            })),
          ]}
          onChange={setMetric}
        />
        <Filter
          title="Offloading"
          labels={offloading.labels}
          colors={offloading.colors}
          hidden={hidden.of('offloading')}
          onToggle={(label) => hidden.toggle('offloading', label)}
        />
        <Filter
          title="Migration"
          labels={migration.labels}
          hidden={hidden.of('migration')}
          onToggle={(label) => hidden.toggle('migration', label)}
        />
      </div>
      {(!isStart || metric !== ALL_PANELS || hidden.any) && (
        <p>
          <button type="button" onClick={reset}>
            Reset this figure
          </button>
        </p>
      )}
      <p class="status" aria-live="polite">
        {shown.length} of {selected.length} configurations, {whereText(selected, choices)}.{note}
        {metric !== ALL_PANELS && ` ${metrics.find(({ name }) => name === metric)?.doc ?? ''}.`}
      </p>
      {shown.length === 0 && <NothingShown />}
      {shown.length > 0 && !hasValues && (
        <p class="note">None of these configurations has a value: no request was completed.</p>
      )}
      {hasValues && width > 0 && (
        <Chart
          name={figure.id}
          description={title}
          spec={drawn.spec}
          csv={() => figureCsv(drawn.spec, shown, toldColumns)}
          onLegend={(label) => hidden.toggleAny(filters, selected, label)}
        />
      )}
      <PointsTable name={title} rows={shown} looks={looks} choices={along} />
    </div>
  );
}

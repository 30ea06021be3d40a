/** What a page adds to a specification: what stands under the pointer, and a description for those who cannot see it. */
import { DATA_NAME, type TopLevelSpec } from '../figure.js';
import type { FigureRow } from '../rows.js';
import { type Drawn, drawnBy, type Layer, markOf, valueText } from './drawn-value.js';

/** A text of every row that is shown in each of its tooltips, where there is one. */
export interface HoverLine {
  readonly title: string;
  readonly text: (row: FigureRow) => string;
  /** Whether it tells marks apart, so that a screen reader is told of it, too. The first line always is. */
  readonly tellsApart?: boolean;
}

/** Marks under which a tooltip is worth having. */
const POINTED = ['point', 'bar', 'rect', 'circle', 'square'];

/** A column of the rows, with its name for people. */
interface Told {
  readonly column: string;
  readonly title: string;
}

export interface Hovered {
  readonly spec: TopLevelSpec;
  readonly rows: readonly FigureRow[];
  /** What is told of each row, as columns of `rows`: lines that tell rows apart, every value that is drawn, other lines. */
  readonly told: readonly Told[];
}

type TextRow = Record<string, string | number | null>;

/** The names that a specification gives to fields, where those of their axes do not say what they are. */
function namesIn(spec: TopLevelSpec): Readonly<Record<string, string>> {
  const { usermeta } = spec as { readonly usermeta?: { readonly told?: Readonly<Record<string, string>> } };
  return usermeta?.told ?? {};
}

/** Columns of one name as one, where no row has a text in two of them. */
function merged(rows: readonly TextRow[], columns: readonly Told[]): readonly Told[] {
  const out: Told[] = [];
  for (const told of columns) {
    const before = out.findIndex(
      ({ column, title }) =>
        title === told.title && rows.every((row) => row[column] === '' || row[told.column] === ''),
    );
    if (before < 0) {
      out.push(told);
      continue;
    }
    const column = `${out[before]!.column}_or_${told.column}`;
    for (const row of rows) row[column] = row[out[before]!.column] || row[told.column]!;
    out[before] = { column, title: told.title };
  }
  return out;
}

/**
 * The specification with a tooltip at every point and bar, and the rows with the texts that the tooltips show: first
 * the first of `lines`, then the value with its interval, then the other lines.
 */
export function withHover(
  spec: TopLevelSpec,
  rows: readonly FigureRow[],
  lines: readonly HoverLine[],
): Hovered {
  const copy = structuredClone(spec) as Layer;
  const names = namesIn(spec);
  const out = rows.map((row): TextRow => ({ ...row }));
  lines.forEach(({ text }, i) => {
    for (const row of out) row[`hover_${i}`] = text(row);
  });
  const shown = lines.map(({ title }, i) => ({ field: `hover_${i}`, type: 'nominal', title }));
  const isSpoken = ({ tellsApart }: HoverLine, i: number) =>
    i === 0 || (tellsApart === true && new Set(out.map((row) => row[`hover_${i}`])).size > 1);
  const spoken = lines.flatMap((line, i) => (isSpoken(line, i) ? [`hover_${i}`] : []));
  const texts = new Map<string, string>();
  const values: Told[] = [];
  const textColumn = (drawn: Drawn): string => {
    const key = [drawn.from, drawn.field, ...(drawn.ends ?? [])].join(' ');
    const column = texts.get(key) ?? `hover_value_${texts.size}`;
    if (!texts.has(key)) {
      texts.set(key, column);
      values.push({ column, title: drawn.title });
      for (const row of out) row[column] = valueText(row, drawn);
    }
    return column;
  };
  const spokenColumn = (drawn: Drawn): string => {
    const value = textColumn(drawn);
    const column = `${value}_spoken`;
    for (const row of out) {
      const parts = [...spoken.map((each) => row[each]), `${drawn.title}: ${row[value]}`];
      row[column] = parts.filter((part) => part !== '').join(', ');
    }
    return column;
  };
  const visit = (layer: Layer, siblings: readonly Layer[]): void => {
    const inner = layer.layer ?? [];
    for (const child of inner) visit(child, inner);
    for (const child of [layer.concat, layer.hconcat, layer.vconcat].flatMap((all) => all ?? []))
      visit(child, []);
    if (layer.spec !== undefined) visit(layer.spec, []);
    const mark = markOf(layer);
    if (mark === undefined) return;
    const found = POINTED.includes(mark) ? drawnBy(layer, siblings) : undefined;
    if (found === undefined) {
      // A screen reader is told of points, not of the lines between and through them.
      layer.mark = { ...(typeof layer.mark === 'object' ? layer.mark : { type: mark }), aria: false };
      return;
    }
    const drawn = { ...found, title: names[found.field] ?? found.title };
    layer.encoding = {
      ...layer.encoding,
      description: { field: spokenColumn(drawn), type: 'nominal' },
      tooltip: [
        ...shown.slice(0, 1),
        { field: textColumn(drawn), type: 'nominal', title: drawn.title },
        ...shown.slice(1),
      ],
    };
  };
  visit(copy, []);
  const told = lines.map(({ title }, i) => ({ column: `hover_${i}`, title }));
  const first = told.filter((_, i) => i === 0 || lines[i]!.tellsApart === true);
  const columns = [...first, ...merged(out, values), ...told.filter((each) => !first.includes(each))];
  return {
    spec: { ...copy, data: { name: DATA_NAME, values: out } } as TopLevelSpec,
    rows: out,
    told: columns.filter(({ column }) => out.some((row) => row[column] !== '')),
  };
}

/** What a page adds to a specification: what stands under the pointer, and a description for those who cannot see it. */
import { DATA_NAME, type TopLevelSpec } from '../figure.js';
import type { FigureRow } from '../rows.js';

/** A text of every row that is shown in each of its tooltips. */
export interface HoverLine {
  readonly title: string;
  readonly text: (row: FigureRow) => string;
}

interface Channel {
  readonly field?: string;
  readonly title?: string | null;
}

interface Layer {
  mark?: { type?: string; aria?: boolean } | string;
  encoding?: Record<string, unknown>;
  layer?: Layer[];
  concat?: Layer[];
  hconcat?: Layer[];
  spec?: Layer;
}

const markOf = ({ mark }: Layer): string | undefined => (typeof mark === 'string' ? mark : mark?.type);
const channel = (layer: Layer, name: string): Channel => (layer.encoding?.[name] ?? {}) as Channel;

/** A number as people read it: four digits. */
export function shortNumber(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not known';
  return Number.isInteger(value) && Math.abs(value) < 1e6
    ? String(value)
    : String(Number(value.toPrecision(4)));
}

/** The field of a point, of the two ends of the interval that is drawn through it, and its name. */
interface Drawn {
  readonly field: string;
  readonly ends?: readonly [low: string, high: string];
  readonly title: string;
}

/** The channel along which intervals are drawn in a group of layers. */
function intervalOf(layers: readonly Layer[]): { along: 'x' | 'y'; low: string; high: string } | undefined {
  for (const layer of layers) {
    for (const along of ['x', 'y'] as const) {
      const [low, high] = [channel(layer, along).field, channel(layer, `${along}2`).field];
      if (markOf(layer) === 'rule' && low && high) return { along, low, high };
    }
  }
  return undefined;
}

function drawnBy(layer: Layer, siblings: readonly Layer[]): Drawn | undefined {
  const interval = intervalOf(siblings);
  const along =
    interval?.along ??
    (['x', 'y'] as const).find(
      (name) => (layer.encoding?.[name] as { type?: string })?.type === 'quantitative',
    );
  if (along === undefined) return undefined;
  const { field, title } = channel(layer, along);
  if (field === undefined) return undefined;
  // The title may stand with the first layer only, which has the axis.
  const named = title ?? siblings.map((other) => channel(other, along).title).find(Boolean) ?? field;
  return { field, title: named, ...(interval === undefined ? {} : { ends: [interval.low, interval.high] }) };
}

/** Marks under which a tooltip is worth having. */
const POINTED = ['point', 'bar', 'rect', 'circle', 'square'];

export interface Hovered {
  readonly spec: TopLevelSpec;
  readonly rows: readonly FigureRow[];
  /** What is told of each row, as columns of `rows`: the lines, then every value that is drawn. */
  readonly told: readonly { readonly column: string; readonly title: string }[];
}

/**
 * The specification with a tooltip at every point and bar, and the rows with the texts that the tooltips show: first
 * `lines`, then the value with its interval.
 */
export function withHover(
  spec: TopLevelSpec,
  rows: readonly FigureRow[],
  lines: readonly HoverLine[],
): Hovered {
  const copy = structuredClone(spec) as Layer;
  const out = rows.map((row): Record<string, string | number | null> => ({ ...row }));
  lines.forEach(({ text }, i) => {
    for (const row of out) row[`hover_${i}`] = text(row);
  });
  const shown = lines.map(({ title }, i) => ({ field: `hover_${i}`, type: 'nominal', title }));
  const texts = new Map<string, string>();
  const values: { column: string; title: string }[] = [];
  const textColumn = ({ field, ends, title }: Drawn): string => {
    const key = [field, ...(ends ?? [])].join(' ');
    const column = texts.get(key) ?? `hover_value_${texts.size}`;
    if (!texts.has(key)) {
      texts.set(key, column);
      values.push({ column, title });
      for (const row of out) row[column] = valueText(row, field, ends);
    }
    return column;
  };
  const spokenColumn = (drawn: Drawn): string => {
    const value = textColumn(drawn);
    const column = `${value}_spoken`;
    for (const row of out) row[column] = [row.hover_0, `${drawn.title}: ${row[value]}`].join(', ');
    return column;
  };
  const visit = (layer: Layer, siblings: readonly Layer[]): void => {
    const inner = layer.layer ?? [];
    for (const child of inner) visit(child, inner);
    for (const child of [...(layer.concat ?? []), ...(layer.hconcat ?? [])]) visit(child, []);
    if (layer.spec !== undefined) visit(layer.spec, []);
    const mark = markOf(layer);
    if (mark === undefined) return;
    const drawn = POINTED.includes(mark) ? drawnBy(layer, siblings) : undefined;
    if (drawn === undefined) {
      // A screen reader is told of points, not of the lines between and through them.
      layer.mark = { ...(typeof layer.mark === 'object' ? layer.mark : { type: mark }), aria: false };
      return;
    }
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
  const described = { ...copy, data: { name: DATA_NAME, values: out } };
  const told = lines.map(({ title }, i) => ({ column: `hover_${i}`, title }));
  return { spec: described as TopLevelSpec, rows: out, told: [...told, ...values] };
}

/** A value with its interval, in words. */
function valueText(row: FigureRow, field: string, ends: readonly [string, string] | undefined): string {
  const value = shortNumber(row[field]);
  if (ends === undefined) return value;
  const [low, high] = ends.map((end) => row[end]);
  if (typeof low !== 'number' || typeof high !== 'number') return `${value} (no interval)`;
  return `${value}, 95 % interval ${shortNumber(low)} to ${shortNumber(high)}`;
}

/** What a mark shows of its row: a point, or the length of a bar, with its interval, in words. */
import { shortNumber } from '../number-text.js';
import type { FigureRow } from '../rows.js';

export interface Layer {
  mark?: { type?: string; aria?: boolean } | string;
  encoding?: Record<string, unknown>;
  layer?: Layer[];
  concat?: Layer[];
  hconcat?: Layer[];
  vconcat?: Layer[];
  spec?: Layer;
}

interface Channel {
  readonly field?: string;
  readonly title?: string | null;
  readonly type?: string;
}

export const markOf = ({ mark }: Layer): string | undefined => (typeof mark === 'string' ? mark : mark?.type);
const channel = (layer: Layer, name: string): Channel => (layer.encoding?.[name] ?? {}) as Channel;

/** The columns of a value and of the two ends of the interval that is drawn through it, and its name. */
export interface Drawn {
  readonly field: string;
  /** Where a bar begins whose other end is `field`: its value is what lies between. */
  readonly from?: string;
  readonly ends?: readonly [low: string, high: string];
  readonly title: string;
}

const AXES = ['x', 'y'] as const;

/** The channel along which intervals are drawn in a group of layers. */
function intervalOf(layers: readonly Layer[]): { along: 'x' | 'y'; low: string; high: string } | undefined {
  for (const layer of layers) {
    for (const along of AXES) {
      const [low, high] = [channel(layer, along).field, channel(layer, `${along}2`).field];
      if (markOf(layer) === 'rule' && low && high) return { along, low, high };
    }
  }
  return undefined;
}

/** @param siblings the layers that are drawn over each other, this one among them. */
export function drawnBy(layer: Layer, siblings: readonly Layer[]): Drawn | undefined {
  const segment = AXES.find((name) => channel(layer, name).field && channel(layer, `${name}2`).field);
  const interval = segment === undefined ? intervalOf(siblings) : undefined;
  const along =
    segment ?? interval?.along ?? AXES.find((name) => channel(layer, name).type === 'quantitative');
  if (along === undefined) return undefined;
  const { field, title } = channel(layer, along);
  if (field === undefined) return undefined;
  // The title may stand with the first layer only, which has the axis.
  const named = title ?? siblings.map((other) => channel(other, along).title).find(Boolean) ?? field;
  if (segment !== undefined) return { field: channel(layer, `${along}2`).field!, from: field, title: named };
  return { field, title: named, ...(interval === undefined ? {} : { ends: [interval.low, interval.high] }) };
}

/** Column of the half-width of the interval of a value. */
const halfWidthColumn = (field: string): string => `${field.replace(/_mean$/, '')}_half_width`;

/** The whole 95 % interval in words, whatever part of it has a meaning. */
export const intervalText = (value: number, halfWidth: number): string =>
  `95 % interval ${shortNumber(value - halfWidth)} to ${shortNumber(value + halfWidth)}`;

/** What a drawing leaves out of an interval, where it does. */
function cutText(row: FigureRow, whole: readonly [number, number], ends: Drawn['ends']): string {
  const [low, high] = (ends ?? []).map((end) => row[end]);
  // Numbers of a page have seven digits.
  const differs = (a: unknown, b: number) =>
    typeof a === 'number' && Math.abs(a - b) > 1e-5 * Math.max(Math.abs(whole[0]), Math.abs(whole[1]));
  const cuts = [
    ...(differs(low, whole[0]) ? [`from ${shortNumber(low)}`] : []),
    ...(differs(high, whole[1]) ? [`to ${shortNumber(high)}`] : []),
  ];
  return cuts.length === 0 ? '' : `, drawn ${cuts.join(' ')}`;
}

/**
 * A value with its 95 % interval, in words; nothing where the row has no value. A row whose value is no mere number has
 * its own words in `<field>_text`. The interval is what `<field>_half_width` says, and else what is drawn.
 */
export function valueText(row: FigureRow, { field, from, ends }: Drawn): string {
  const own = row[`${field}_text`];
  if (typeof own === 'string') return own;
  const end = row[field];
  if (typeof end !== 'number') return '';
  const value = from === undefined ? end : end - Number(row[from]);
  const halfWidth = row[halfWidthColumn(field)];
  if (typeof halfWidth === 'number') {
    const whole = [value - halfWidth, value + halfWidth] as const;
    return `${shortNumber(value)}, ${intervalText(value, halfWidth)}${cutText(row, whole, ends)}`;
  }
  const [low, high] = (ends ?? []).map((column) => row[column]);
  if (typeof low === 'number' && typeof high === 'number')
    return `${shortNumber(value)}, 95 % interval ${shortNumber(low)} to ${shortNumber(high)}`;
  return ends === undefined && halfWidth === undefined
    ? shortNumber(value)
    : `${shortNumber(value)} (no interval)`;
}

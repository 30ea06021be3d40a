/** Addresses of figures within a page. */

/** Between the name of a figure and what it is set to: no name has it. */
const SEPARATOR = '.';
/** Before each choice that follows the metric. */
const AND = '&';

/** Values of columns of which a figure shows one at a time. */
export type Setting = Readonly<Record<string, string | number>>;

/** The address of a figure, or of the figure set to a metric and to choices: "figure-fig2.migrated_data_mb&t_max_s=0.2". */
export function figureAnchor(id: string, metric?: string, setting: Setting = {}): string {
  const choices = Object.entries(setting).map(([column, value]) => `${AND}${column}=${value}`);
  const told = `${metric ?? ''}${choices.join('')}`;
  return `figure-${id}${told === '' ? '' : `${SEPARATOR}${told}`}`;
}

/** What a link sets a figure to; what it does not name is as the figure starts. */
export interface FigureLink {
  readonly metric?: string;
  /** Values as texts, by column. */
  readonly setting: Readonly<Record<string, string>>;
}

/** What the address after a "#" sets figure `id` to; undefined where it is that of something else. */
export function linkOfHash(hash: string, id: string): FigureLink | undefined {
  const address = `#${figureAnchor(id)}`;
  if (hash === address) return { setting: {} };
  if (!hash.startsWith(`${address}${SEPARATOR}`)) return undefined;
  const [metric, ...choices] = hash.slice(address.length + SEPARATOR.length).split(AND);
  const setting = Object.fromEntries(choices.map((choice) => choice.split('=', 2)));
  return metric === '' ? { setting } : { metric, setting };
}

/** The address of the figure alone that an address after a "#" sets to something; undefined where it sets none. */
export function figureOfHash(hash: string): string | undefined {
  const [place, told] = hash.slice(1).split(SEPARATOR, 2);
  return told !== undefined && place.startsWith(figureAnchor('')) ? place : undefined;
}

/** What a figure is: the experiment that it draws, the rows it takes from it, and a Vega-Lite spec. */
import type { TopLevelSpec } from 'vega-lite';
import type { FigureRow, FolderData } from './data.js';

export type { TopLevelSpec } from 'vega-lite';

/** One view in a concatenation. */
export type View = Extract<TopLevelSpec, { readonly concat: unknown }>['concat'][number];

export interface Figure {
  /** Name of its files, and of its golden spec. */
  readonly name: string;
  /** The experiment that it draws; absent: it draws any folder that no other figure draws. */
  readonly experiment?: string;
  /** The rows that the spec names as `rows`; none where the folder does not hold what the figure shows. */
  rows(folder: FolderData): readonly FigureRow[];
  /** The spec, for the policies that occur in `rows`; it holds no data itself. */
  spec(rows: readonly FigureRow[]): TopLevelSpec;
}

/** Name of the data set in every spec. */
export const DATA_NAME = 'rows';
export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

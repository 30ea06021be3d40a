/** What a figure is: the experiment that it draws, the rows it takes from it, and a Vega-Lite spec. */
import type { TopLevelSpec } from 'vega-lite';
import type { FigureForm } from './forms.js';
import type { MetricLook } from './metrics.js';
import type { FigureRow, FolderData } from './rows.js';

export type { TopLevelSpec } from 'vega-lite';

/** One view in a concatenation. */
export type View = Extract<TopLevelSpec, { readonly concat: unknown }>['concat'][number];
/** One mark, or several, of a layered view. */
export type Layer = Extract<TopLevelSpec, { readonly layer: unknown }>['layer'][number];

export interface Figure {
  /** Name of its files, and of its golden spec. */
  readonly name: string;
  /** The experiment that it draws; absent: it draws any folder that no other figure draws. */
  readonly experiment?: string;
  /** What the spec is made of, for pages whose reader may choose rows and metrics; absent where there is one view. */
  readonly form?: FigureForm;
  /** The rows that the spec names as `rows`; none where the folder does not hold what the figure shows. */
  rows(folder: FolderData): readonly FigureRow[];
  /** The spec, for the policies that occur in `rows`; it holds no data itself. */
  spec(rows: readonly FigureRow[]): TopLevelSpec;
}

/** Which panels a figure shows, where that is not what its file has. */
export interface FigureView {
  readonly looks?: readonly MetricLook[];
  /** Panels side by side. */
  readonly columns?: number;
  /** Pixels, without axes. */
  readonly panelWidth?: number;
}

/** Name of the data set in every spec. */
export const DATA_NAME = 'rows';
export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

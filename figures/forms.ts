/**
 * Figures that are made by one recipe, as data: which rows of a summary, under which title, along which parameter.
 * The files of `ds2p figures` and the pages whose reader chooses rows and metrics come from the same functions.
 */
import { type ComparedParameter, categoriesSpec } from './categories.js';
import type { Figure, FigureView, TopLevelSpec } from './figure.js';
import { pairsSpec } from './pairs.js';
import type { FigureRow } from './rows.js';
import { type SweptParameter, sweepSpec } from './sweeps.js';

/** Columns of a summary and the values that rows must have there. */
export type Chosen = Readonly<Record<string, string | number>>;

interface Form {
  /** What the file shows; a page starts with it. */
  readonly chosen: Chosen;
  readonly title: string;
}

/** A point a pair of policies. */
export interface PairsForm extends Form {
  readonly kind: 'pairs';
}

/** A line a pair of policies, along one parameter. */
export interface SweepForm extends Form {
  readonly kind: 'sweep';
  readonly swept: SweptParameter;
}

/** Values of a parameter that is no number side by side, a point a pair of policies. */
export interface CategoriesForm extends Form {
  readonly kind: 'categories';
  readonly swept: ComparedParameter;
}

export type FigureForm = PairsForm | SweepForm | CategoriesForm;

export const chosenRows = (rows: readonly FigureRow[], chosen: Chosen): readonly FigureRow[] =>
  rows.filter((row) => Object.entries(chosen).every(([column, value]) => row[column] === value));

/** The spec for rows that were chosen. */
export function formSpec(form: FigureForm, rows: readonly FigureRow[], view?: FigureView): TopLevelSpec {
  if (form.kind === 'pairs') return pairsSpec(rows, form.title, view);
  if (form.kind === 'categories') return categoriesSpec(rows, form.title, form.swept, view);
  return sweepSpec(rows, form.title, form.swept, view);
}

/** The figure of an experiment that follows a form. */
export function formFigure(name: string, experiment: string, form: FigureForm): Figure {
  return {
    name,
    experiment,
    form,
    rows: ({ summary }) => chosenRows(summary, form.chosen),
    spec: (rows) => formSpec(form, rows),
  };
}

/** Sweeps and comparisons of the paper show the preset that yields its numbers. */
const PUBLISHED = { preset: 'as-published' } as const;

/** Pairs of policies; `chosen` beside the preset. */
export const pairsFigure = (name: string, experiment: string, title: string, chosen: Chosen = {}): Figure =>
  formFigure(name, experiment, { kind: 'pairs', title, chosen: { ...PUBLISHED, ...chosen } });

/** The figure of a sweep; its experiment has the same name. */
export const sweepFigure = (name: string, title: string, swept: SweptParameter): Figure =>
  formFigure(name, name, { kind: 'sweep', title, swept, chosen: PUBLISHED });

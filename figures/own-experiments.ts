/**
 * Figures of a folder for which none is made, such as that of a user's own experiment: pairs of policies for each of
 * its configurations, a sweep along each number that varies, and the values of all else that varies side by side.
 */
import type { Figure } from './figure.js';
import { type Chosen, chosenRows, type FigureForm, formSpec } from './forms.js';
import { distinct, type FigureRow, type FolderData, type VariedParameter } from './rows.js';

/** A figure of rows that have to be chosen by some columns. */
export interface OwnFigure {
  readonly name: string;
  readonly form: FigureForm;
  /** Columns of which one value is shown at a time, with their names for people. */
  readonly choices: readonly { readonly column: string; readonly title: string }[];
  /** The values of these that are shown first. */
  readonly chosen: Chosen;
}

/** More values than this are not labelled one by one. */
const LABELLED_VALUES = 9;
/** Numbers that span more than this factor get a logarithmic axis. */
const LOG_FROM = 40;

/** More points of words and pairs below each other make a picture that nobody looks at. */
const MOST_LINES = 400;

/** The preset varies like a parameter. */
const PRESET: VariedParameter = { column: 'preset', title: 'preset', isNumber: false };

/** Whether each value of `a` comes with one value of `b`, so that a reader who chooses `a` has chosen `b`. */
function determines(rows: readonly FigureRow[], a: string, b: string): boolean {
  const found = new Map<FigureRow[string], FigureRow[string]>();
  for (const row of rows) {
    const [value, other = null] = [row[a] ?? null, row[b]];
    if (!found.has(value)) found.set(value, other);
    else if (found.get(value) !== other) return false;
  }
  return true;
}

/** What varies by itself: not what differs because presets do, and of other words that vary together the first. */
function comparable({ summary, varied }: FolderData): readonly VariedParameter[] {
  const hasPresets = distinct(summary, PRESET.column).length > 1;
  const pairs = distinct(summary, 'pair').length;
  const found: VariedParameter[] = hasPresets ? [PRESET] : [];
  for (const each of varied) {
    if (distinct(summary, each.column).length < 2) continue;
    if (hasPresets && determines(summary, PRESET.column, each.column)) continue;
    const isTwin = ({ column }: VariedParameter) =>
      determines(summary, column, each.column) && determines(summary, each.column, column);
    if (!each.isNumber && found.some(isTwin)) continue;
    if (!each.isNumber && pairs * distinct(summary, each.column).length > MOST_LINES) continue;
    found.push(each);
  }
  return found;
}

/** What has to be chosen beside `shown`; of parameters that vary together, the first. */
function choicesBeside(
  { summary, varied }: FolderData,
  shown: VariedParameter | undefined,
): OwnFigure['choices'] {
  const open: { column: string; title: string }[] = [];
  for (const choice of [PRESET, ...varied]) {
    if (distinct(summary, choice.column).length < 2 || choice.column === shown?.column) continue;
    if (shown !== undefined && determines(summary, shown.column, choice.column)) continue;
    if (open.some(({ column }) => determines(summary, column, choice.column))) continue;
    open.push({ column: choice.column, title: choice.title });
  }
  return open;
}

function axisOf(rows: readonly FigureRow[], { column, title }: VariedParameter) {
  const values = distinct(rows, column).map(Number);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return {
    column,
    title,
    scale: least > 0 && most / least > LOG_FROM ? { type: 'log' } : { zero: false },
    ...(values.length <= LABELLED_VALUES ? { values } : {}),
  };
}

function formAlong(rows: readonly FigureRow[], shown: VariedParameter): FigureForm {
  const { column, title, isNumber } = shown;
  return isNumber
    ? { kind: 'sweep', title: `Along ${title}`, chosen: {}, swept: axisOf(rows, shown) }
    : { kind: 'categories', title: `By ${title}`, chosen: {}, swept: { column, title } };
}

/** What the experiment is called: its title, which is its name where it was given none; then the scenario says more. */
const nameOf = ({ experiment, title = experiment, scenario }: FolderData): string =>
  title === experiment ? (scenario ?? experiment) : title;

/** None where the summary has no rows. */
export function ownFigures(folder: FolderData): readonly OwnFigure[] {
  const { summary } = folder;
  const [first] = summary;
  if (first === undefined) return [];
  const figure = (name: string, form: FigureForm, shown?: VariedParameter): OwnFigure => {
    const choices = choicesBeside(folder, shown);
    const chosen = Object.fromEntries(
      choices.map(({ column }) => [column, first[column] as string | number]),
    );
    return { name, form, choices, chosen };
  };
  const along = comparable(folder).map((shown) =>
    figure(`${shown.isNumber ? 'along' : 'by'}-${shown.column}`, formAlong(summary, shown), shown),
  );
  // A single pair is a point in the figures along what varies.
  if (distinct(summary, 'pair').length === 1 && along.length > 0) return along;
  const pairs: FigureForm = { kind: 'pairs', title: `Policies in ${nameOf(folder)}`, chosen: {} };
  return [figure('policies', pairs), ...along];
}

/** The files of such a figure show the first of its choices, and say which. */
export function ownFigure({ name, form, choices, chosen }: OwnFigure): Figure {
  const told = choices.map(({ column, title }) => `${title} = ${chosen[column]}`);
  const title = [form.title, told.join(', ')].filter(Boolean).join(': ');
  return {
    name,
    rows: ({ summary }) => chosenRows(summary, chosen),
    spec: (rows) => formSpec({ ...form, title }, rows),
  };
}

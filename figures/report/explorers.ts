/**
 * Figures of a folder for which none is made, such as that of a user's own experiment: pairs of policies for each of
 * its configurations, and a sweep along each number that varies.
 */
import type { FigureForm } from '../forms.js';
import { distinct, type FigureRow, type FolderData, type VariedParameter } from '../rows.js';
import type { Choice, ChoiceFigure } from './page-data.js';

/** More values than this are not labelled one by one. */
const LABELLED_VALUES = 9;
/** Numbers that span more than this factor get a logarithmic axis. */
const LOG_FROM = 40;

/** Whether each value of `a` comes with one value of `b`, so that a reader who chooses `a` has chosen `b`. */
function determines(rows: readonly FigureRow[], a: string, b: string): boolean {
  return distinct(rows, a).every(
    (value) =>
      distinct(
        rows.filter((row) => row[a] === value),
        b,
      ).length <= 1,
  );
}

/** What has to be chosen beside `swept`; of parameters that vary together, the first. */
function choicesBeside(
  { summary, varied }: FolderData,
  swept: VariedParameter | undefined,
): readonly Choice[] {
  const all: readonly Choice[] = [{ column: 'preset', title: 'Preset' }, ...varied];
  const open: Choice[] = [];
  for (const choice of all) {
    if (distinct(summary, choice.column).length < 2 || choice.column === swept?.column) continue;
    if (swept !== undefined && determines(summary, swept.column, choice.column)) continue;
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
    axis: values.length <= LABELLED_VALUES ? { values, format: '~g' } : { format: '~g' },
  };
}

/** @param path the name under which the page has the folder's summary. */
export function explorers(path: string, folder: FolderData, title: string): readonly ChoiceFigure[] {
  const { summary, varied } = folder;
  const [first] = summary;
  if (first === undefined) return [];
  const figure = (id: string, form: FigureForm, swept?: VariedParameter): ChoiceFigure => {
    const choices = choicesBeside(folder, swept);
    const chosen = Object.fromEntries(
      choices.map(({ column }) => [column, first[column] as string | number]),
    );
    return { id, form, folders: [path], choices, chosen };
  };
  return [
    figure('policies', { kind: 'pairs', title: `Policies in ${title}`, chosen: {} }),
    ...varied
      .filter(({ isNumber }) => isNumber)
      .map((swept) => {
        const form = { kind: 'sweep', title: `Along ${swept.title}`, chosen: {} } as const;
        return figure(`along-${swept.column}`, { ...form, swept: axisOf(summary, swept) }, swept);
      }),
  ];
}

/** Checks of a scenario's JSON that report every problem with its path instead of stopping at the first. */
import { didYouMean, nearest, type Problem, sentences, shown } from './errors.js';

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Problems of one kind that are told one by one; the rest of a long list is only counted. */
const TOLD = 10;

/** The first problems of a list that one mistake can make very long, and how many more there are. */
export function firstProblems(problems: readonly Problem[], path: string): readonly Problem[] {
  if (problems.length <= TOLD) return problems;
  const rest = problems.length - TOLD;
  const remedy = 'Mend those above first; the same mistake often explains all.';
  return [
    ...problems.slice(0, TOLD),
    { path, fact: `${rest} more problem${rest === 1 ? '' : 's'} of this kind.`, remedy },
  ];
}

/** Bounds as a remedy words them: "a number > 0". */
function wanted({ min, max, above }: Bounds): string {
  const low = above !== undefined ? ` > ${above}` : min !== undefined ? ` >= ${min}` : '';
  const high = max === undefined ? '' : `${low === '' ? '' : ' and'} <= ${max}`;
  return `a number${low}${high}`;
}

export class Checker {
  readonly problems: Problem[] = [];

  /** @param file its path, with which the paths of problems begin. */
  constructor(readonly file: string) {}

  /** @param path within the file; empty: the whole of it. */
  report(path: string, fact: string, remedy: string): void {
    this.problems.push({ path: path === '' ? this.file : `${this.file}: ${path}`, fact, remedy });
  }

  /** Reports a problem unless `value` is an object that has all `required` and no unknown fields. */
  object(
    value: unknown,
    path: string,
    required: readonly string[],
    optional: readonly string[],
  ): Fields | undefined {
    const known = [...required, ...optional];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(path, `${shown(value)} is not an object.`, `Write an object with ${known.join(', ')}.`);
      return undefined;
    }
    const at = path === '' ? '' : `${path}.`;
    const fields = value as Fields;
    for (const name of Object.keys(fields)) {
      if (!known.includes(name))
        this.report(`${at}${name}`, `${shown(name)} is not a field here.`, fieldRemedy(name, known));
    }
    for (const name of required) {
      if (fields[name] === undefined)
        this.report(`${at}${name}`, 'the field is missing.', `Add "${name}" to the object.`);
    }
    return fields;
  }

  /** The elements of a list, or none with a problem reported; an absent list is empty. */
  list(value: unknown, path: string, { atLeast, atMost }: { atLeast: number; atMost: number }) {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.report(path, `${shown(value)} is not a list.`, 'Write a JSON list: [ ... ].');
      return [];
    }
    if (value.length < atLeast)
      this.report(path, 'the list is empty.', 'Leave the field out to have its entries generated.');
    if (value.length > atMost)
      this.report(path, `${value.length} entries are too many.`, `Give at most ${atMost}.`);
    return value as readonly unknown[];
  }

  /** Reports a problem unless `value` is a finite number in bounds; an absent one is no problem. */
  number(value: unknown, path: string, bounds: Bounds, unit = ''): value is number {
    if (value === undefined) return false;
    const remedy = `Give ${wanted(bounds)}${unit && `, in ${unit}`}.`;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.report(path, `${shown(value)} is not a number.`, remedy);
      return false;
    }
    const { min = -Infinity, max = Infinity, above = -Infinity } = bounds;
    if (value < min || value > max || value <= above) {
      this.report(path, `${value} is out of range.`, remedy);
      return false;
    }
    return true;
  }

  /** Reports a problem unless `value` is text that is not blank; an absent one is no problem. */
  text(value: unknown, path: string): value is string {
    if (value === undefined) return false;
    if (typeof value === 'string' && value.trim() !== '') return true;
    this.report(path, `${shown(value)} is not a name.`, 'Give a text that is not empty.');
    return false;
  }

  /** Reports a problem unless `value` is one of `known`; an absent one is no problem. */
  oneOf(value: unknown, path: string, noun: string, known: readonly string[]): value is string {
    if (value === undefined) return false;
    if (typeof value === 'string' && known.includes(value)) return true;
    const meant = typeof value === 'string' ? didYouMean(value, known) : undefined;
    const listed = known.slice(0, 30).join(', ') + (known.length > 30 ? ', ...' : '');
    this.report(path, `${shown(value)} is not ${noun}.`, sentences(meant, `Known: ${listed || 'none'}.`));
    return false;
  }

  /** Names of the entries of a list, checked to be texts and different; '' where there is none. */
  names(entries: readonly unknown[], list: string, field = 'name'): readonly string[] {
    const seen = new Map<string, number>();
    return entries.map((entry, i) => {
      const name = (entry as Fields | null)?.[field];
      if (!this.text(name, `${list}[${i}].${field}`)) return '';
      const first = seen.get(name);
      if (first === undefined) seen.set(name, i);
      else
        this.report(
          `${list}[${i}].${field}`,
          `${shown(name)} is also the name of ${list}[${first}].`,
          'Give every entry a name of its own.',
        );
      return name;
    });
  }
}

/** What to do about an unknown field: the one meant may be a typing error away or lack only its unit. */
function fieldRemedy(name: string, known: readonly string[]): string {
  const close = nearest(name, known)[0] ?? known.find((field) => field.startsWith(`${name}_`));
  const meant = close === undefined ? '' : `Did you mean "${close}"? `;
  return `${meant}Known: ${known.join(', ')}.`;
}

/** Input that makes no sense: every problem found, each with path, value and remedy. */
import { distance } from 'fastest-levenshtein';

export interface Problem {
  /** Where: an option, a path in a file, an argument. */
  readonly path: string;
  /** What is wrong, with the value, as a sentence. */
  readonly fact: string;
  /** What to do instead, as a sentence. */
  readonly remedy: string;
}

/** Thrown before anything runs or is written; the command line turns it into exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[]) {
    const list: readonly Problem[] = 'path' in problems ? [problems] : problems;
    super(list.map(({ path, fact, remedy }) => `${path}: ${fact} ${remedy}`).join('\n'));
    this.problems = list;
  }
}

/** Throws an InputError where there are problems; a problem that is found twice is told once. */
export function throwProblems(problems: readonly Problem[]): void {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  if (seen.size > 0) throw new InputError([...seen.values()]);
}

/** Runs `action`, adding the problems of an InputError to `problems` and returning undefined instead. */
export function collect<T>(problems: Problem[], action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** A value as a message shows it: quoted text, other JSON as it is, long values cut. */
export function shown(value: unknown): string {
  // JSON has no word for Infinity and NaN, and would show null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Two letters that changed places are less than one wrong letter. */
const SWAP = 0.75;

/** Letters to change, to add and to leave out; two neighbours in the wrong order, and nothing else, are `SWAP`. */
function edits(word: string, name: string): number {
  const all = distance(word, name);
  if (all !== 2 || word.length !== name.length) return all;
  const i = [...word].findIndex((letter, at) => letter !== name[at]);
  return word[i] === name[i + 1] && word[i + 1] === name[i] ? SWAP : all;
}

/** How far `word` is from `name`, or from the start of `name`: "greddy" is near "greedy-data". */
function remoteness(word: string, name: string): number {
  const start = word.length >= 4 ? edits(word, name.slice(0, word.length)) + 0.5 : Number.POSITIVE_INFINITY;
  return Math.min(edits(word, name), start);
}

/** This part of the letters may be wrong: of "id" none would be left of "zip". */
const MOST_WRONG = 0.4;

/** At which distance two words have nothing to do with each other. */
function tooFar(word: string, name: string): number {
  const most = Math.max(2, Math.floor(word.length / 3));
  return Math.min(most, MOST_WRONG * Math.max(word.length, Math.min(name.length, word.length + 1)));
}

/** The known names that `word` may have been meant as, nearest first; ones equally near stay in order. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  return known
    .map((name) => ({ name, d: remoteness(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, d }) => d <= tooFar(word, name))
    .sort((a, b) => a.d - b.d)
    .map(({ name }) => name);
}

/** `Did you mean "greedy"?`, or undefined where nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const [name] = nearest(word, known);
  return name === undefined ? undefined : `Did you mean "${name}"?`;
}

/** Sentences in a row; those that are undefined are left out. */
export const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');

/** The problem of a name that is none of `known`. @param noun what it should be: "a policy". */
export function unknownName(path: string, noun: string, word: string, known: readonly string[]): Problem {
  return {
    path,
    fact: `${shown(word)} is not ${noun}.`,
    remedy: sentences(didYouMean(word, known), `Known: ${known.join(', ')}.`),
  };
}

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
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The known names that `word` may have been meant as, nearest first, at most three. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(2, Math.floor(word.length / 3));
  return known
    .map((name) => ({ name, d: distance(wanted, name.toLowerCase()) }))
    .filter(({ d }) => d <= limit)
    .sort((a, b) => a.d - b.d)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** "Did you mean "greedy"? " or nothing, to be put before a remedy. */
export function didYouMean(word: string, known: readonly string[]): string {
  const names = nearest(word, known).slice(0, 1);
  return names.length === 0 ? '' : `Did you mean "${names[0]}"? `;
}

/** The problem of a name that is none of `known`. @param noun what it should be: "a policy". */
export function unknownName(path: string, noun: string, word: string, known: readonly string[]): Problem {
  return {
    path,
    fact: `${shown(word)} is not ${noun}.`,
    remedy: `${didYouMean(word, known)}Known: ${known.join(', ')}.`,
  };
}

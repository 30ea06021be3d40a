/** What `ds2p scalability` measures: sizes, series and instances, as data. */
import { type Parameters, presetParameters } from '../../../core/index.js';
import { FORMULATIONS, type FormulationName } from '../../../core/placement/formulations/index.js';
import { SOLVERS } from '../../../core/placement/solvers/index.js';
import { didYouMean, type Problem, sentences, shown } from '../errors.js';

/** One size: compute nodes (the store is one more), functions, and keys 1..K from which functions draw theirs. */
export interface Size {
  readonly nodes: number;
  readonly functions: number;
  readonly keys: number;
}

/** One line of the figure. */
export interface Series {
  readonly formulation: FormulationName;
  /** 'auto' or the name of a backend. */
  readonly solver: string;
  /** The printed formulation with all its variables, no reductions. */
  readonly printed: boolean;
}

export type Capacity = 'loose' | 'tight';

/** Where problems come from: decisions of a simulated system, or core/placement/generate.ts. */
export const SOURCES = ['simulated', 'generated'] as const;
export type Source = (typeof SOURCES)[number];

/** A tenth of the nodes are at the edge, five at least: those of sec. 5.1 up to 50 nodes. */
export const edgeNodes = (nodes: number): number => Math.min(nodes, Math.max(5, Math.round(nodes / 10)));

/** The system of preset as-published at a size, simulated until `states` decisions were made; storage is loose. */
export function simulatedParameters({ nodes, functions, keys }: Size, states: number): Parameters {
  const edges = edgeNodes(nodes);
  const base = presetParameters('as-published', {
    edgeNodes: edges,
    cloudNodes: nodes - edges,
    functionCount: functions,
    keyCount: keys,
  });
  return { ...base, duration: states * base.migrationInterval + 1 };
}

/** Sizes of the three panels: nodes at 30 functions, functions at 10 nodes, and both together. */
const NODES = [10, 15, 20, 25, 30, 35, 50, 100, 200, 350, 500];
const FUNCTIONS = [5, 10, 15, 20, 25, 30, 50, 100, 200, 350, 500];
const BOTH = [10, 20, 35, 50, 100, 200, 350, 500];
/** The largest system that the command knows. */
export const MOST_NODES = 500;
/** What one panel holds fixed while the other number grows: the largest and the smallest value of sec. 5.3. */
export const FIXED_FUNCTIONS = 30;
export const FIXED_NODES = 10;
/** Every size of the quick form. */
const QUICK: readonly (readonly [number, number])[] = [
  [10, 5],
  [10, 30],
  [35, 30],
];

/** 100 keys as in sec. 5.1 up to 20 functions; then 5 a function, and 10 a function at 500. */
export function keysFor(functions: number): number {
  return Math.max(100, Math.round(functions * Math.max(5, functions / 50)));
}

/** The sizes up to a limit, each once, small ones first. */
export function sizesUpTo(maxNodes: number, maxFunctions: number, quick: boolean): readonly Size[] {
  const pairs = quick
    ? QUICK
    : [
        ...NODES.map((nodes) => [nodes, FIXED_FUNCTIONS] as const),
        ...FUNCTIONS.map((functions) => [FIXED_NODES, functions] as const),
        ...BOTH.map((count) => [count, count] as const),
      ];
  const within = pairs.filter(([nodes, functions]) => nodes <= maxNodes && functions <= maxFunctions);
  const distinct = new Map(within.map((pair) => [pair.join(), pair]));
  return [...distinct.values()]
    .sort(([n, f], [m, g]) => n * f - m * g || n - m)
    .map(([nodes, functions]) => ({ nodes, functions, keys: keysFor(functions) }));
}

export const seriesName = ({ formulation, solver, printed }: Series): string =>
  `${formulation}/${solver}${printed ? '/printed' : ''}`;

export const DEFAULT_SERIES =
  'sound/auto,as-written/auto,as-written/local-search,as-written/highs/printed,as-written/glpk/printed';
export const QUICK_SERIES = 'sound/auto,as-written/auto,as-written/highs/printed';

/** Reads `formulation/solver[/printed],...`; what is wrong with it is added to `problems`. */
export function parseSeries(text: string, problems: Problem[]): readonly Series[] {
  const path = '--series';
  const formulations = FORMULATIONS.map(({ name }) => name);
  const solvers = ['auto', ...SOLVERS.map(({ name }) => name)];
  const mips = SOLVERS.filter((row) => row.solveProgramme !== undefined).map(({ name }) => name);
  const check = (noun: string, name: string | undefined, known: readonly string[]): void => {
    if (name !== undefined && known.includes(name)) return;
    const meant = didYouMean(name ?? '', known);
    const fact = name === undefined ? `${noun} is missing.` : `${shown(name)} is not ${noun}.`;
    problems.push({ path, fact, remedy: sentences(meant, `Known: ${known.join(', ')}.`) });
  };
  const seen = new Set<string>();
  return text.split(',').flatMap((word) => {
    const [formulation, solver, printed, ...rest] = word.trim().split('/');
    const before = problems.length;
    check('a formulation', formulation, formulations);
    check('a solver', solver, solvers);
    if (printed !== undefined) check('a form of the series', printed, ['printed']);
    if (printed === 'printed') check('a solver of printed formulations', solver, mips);
    if (rest.length > 0)
      problems.push({
        path,
        fact: `${shown(word)} has too many parts.`,
        remedy: 'Write formulation/solver or formulation/solver/printed.',
      });
    if (problems.length > before || seen.has(word.trim())) return [];
    seen.add(word.trim());
    return [{ formulation: formulation as FormulationName, solver, printed: printed === 'printed' }];
  });
}

/** Variables of the printed formulation beyond which it is not built: it would not fit into memory. */
export const MOST_PRINTED_VARIABLES = 400_000;

/** The command that makes one point of the scalability figure again, from what a manifest tells of the study. */
import type { Row } from '../../../results/csv.js';
import { type Size, sizesUpTo } from './scalability-plan.js';

type CsvRow = Readonly<Record<string, string>>;

/** What is asked of a manifest; anything may be missing, or other than we write it. */
export interface ScalabilityManifestFacts {
  readonly configuration?: Readonly<Record<string, unknown>> | null;
  readonly threads?: unknown;
}

type SystemSize = Pick<Size, 'nodes' | 'functions'>;

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isSize = (value: unknown): value is SystemSize =>
  ['nodes', 'functions'].every((name) => typeof (value as Row | null)?.[name] === 'number');

/** Whether the sizes are those of the quick form, which are fewer than those of the whole one. */
function isQuick(sizes: readonly SystemSize[]): boolean {
  const largest = (name: 'nodes' | 'functions') => Math.max(...sizes.map((size) => size[name]));
  const names = (all: readonly SystemSize[]) =>
    all.map(({ nodes, functions }) => `${nodes}x${functions}`).join();
  return names(sizes) === names(sizesUpTo(largest('nodes'), largest('functions'), true));
}

/**
 * Solves the problems of a row of summary.csv, and of the smaller sizes of its series: those decide if a size is tried
 * at all. @param row a row of summary.csv.
 */
export function solvesCommand(row: CsvRow, { configuration, threads }: ScalabilityManifestFacts): string {
  const { states, time_limit_s: limit, ...lists } = configuration ?? {};
  const sizes = arrayOf(lists.sizes).filter(isSize);
  const seeds = arrayOf(lists.seeds);
  const option = (name: string, value: unknown): string[] => {
    const isTold = typeof value === 'number' || (typeof value === 'string' && value !== '');
    return isTold ? [`--${name}`, String(value)] : [];
  };
  return [
    'npx ds2p scalability',
    ...(sizes.length > 0 && isQuick(sizes) ? ['--quick'] : []),
    ...option('series', `${row.formulation}/${row.solver}${row.printed === 'true' ? '/printed' : ''}`),
    ...option('source', row.source),
    ...option('capacity', row.capacity),
    ...option('max-nodes', row.nodes),
    ...option('max-functions', row.functions),
    ...option('seed', seeds[0]),
    ...option('replications', seeds.length === 0 ? undefined : seeds.length),
    ...option('states', states),
    ...option('time-limit', limit ?? row.time_limit_s),
    ...option('threads', threads),
  ].join(' ');
}

/** What the claims of a reproduction rest on: replications and seconds of runs, experiment by experiment. */
import { CLAIMS } from '../../results/claims.js';
import { SCALABILITY_CLAIMS } from '../../results/claims-workloads.js';
import { parameterColumn } from '../../results/columns.js';
import { PAPER_DURATION_S, PAPER_REPLICATIONS } from '../../results/paper-table3.js';
import { groupBy } from '../group-by.js';
import type { CsvRow, FolderFacts } from './facts.js';
import { cellOf } from './varied.js';

/** Experiments of the runs that the paper describes. */
const AS_IN_PAPER: readonly string[] = ['table3', 'fig3', 'uniform'];
/** The experiment of decision times, which has runs of a size of its own. */
const TIMED = 'fig4';

/** "a, b and c" */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const durationOf = (row: CsvRow): number => cellOf(row, parameterColumn('duration'));
const replicationsOf = (row: CsvRow): number => cellOf(row, 'n');

/** "10 × 3600 s"; "9 to 10 × 3600 s" where configurations differ, as they do where runs failed. */
function sizeText(rows: readonly CsvRow[]): string {
  const byDuration = [...groupBy(rows, (row) => String(durationOf(row)))];
  byDuration.sort(([a], [b]) => durationOf(a!) - durationOf(b!));
  return byDuration
    .map((own) => {
      const counts = own.map(replicationsOf);
      const range = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
      return `${range} × ${durationOf(own[0]!)} s`;
    })
    .join(' or ');
}

const PAPER_SIZE = `${PAPER_REPLICATIONS} × ${PAPER_DURATION_S} s`;

/** Numbers of the claims that decision times alone decide. */
function timedClaims(): string {
  const numbers = SCALABILITY_CLAIMS.map((claim) => String(CLAIMS.indexOf(claim) + 1));
  return `${numbers.length === 1 ? 'claim' : 'claims'} ${listed(numbers)}`;
}

/**
 * Replications and seconds of the runs that claims are judged by, and how they compare with the paper's; undefined
 * without runs. They are told from the rows of results, so that a run that failed is not counted.
 */
export function claimRunsText(facts: readonly FolderFacts[]): string | undefined {
  const ran = facts.filter(({ summary }) => summary.length > 0);
  const described = ran.filter(({ name }) => AS_IN_PAPER.includes(name));
  const timed = ran.filter(({ name }) => name === TIMED).flatMap(({ summary }) => summary);
  const sizes = groupBy(described, ({ summary }) => sizeText(summary)).map((own) => {
    const size = sizeText(own[0]!.summary);
    const paper = size === PAPER_SIZE ? 'as in the paper' : `where the paper has ${PAPER_SIZE}`;
    return `${size} in ${listed(own.map(({ name }) => name))}, ${paper}`;
  });
  if (timed.length > 0)
    sizes.push(`${sizeText(timed)} in ${TIMED}, whose decision times ${timedClaims()} are about`);
  if (sizes.length === 0) return undefined;
  const rows = described.flatMap(({ summary }) => summary);
  const isLess = rows.some(
    (row) => replicationsOf(row) < PAPER_REPLICATIONS || durationOf(row) < PAPER_DURATION_S,
  );
  const isMore = rows.some(
    (row) => replicationsOf(row) > PAPER_REPLICATIONS || durationOf(row) > PAPER_DURATION_S,
  );
  const isQuick = isLess && !isMore;
  // What the numbers are is said once, behind the first.
  const [first, ...others] = sizes;
  const explained = first!.replace(' s in ', ' s (replications × seconds of arrivals) in ');
  const told = `${isQuick ? 'Quick run: configurations' : 'Configurations'} ran ${[explained, ...others].join('; ')}.`;
  return isQuick ? `${told} Fewer or shorter runs than the paper's have wider intervals.` : told;
}

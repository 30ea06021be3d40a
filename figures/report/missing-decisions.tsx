/** Says where runs are too short for their migration policies to do anything, which their results alone do not tell. */
import { lacksDecisions, missingDecisionsText } from '../../experiments/harness/missing-decisions.js';
import { parameterColumn } from '../../results/columns.js';
import type { CsvRow } from './facts.js';
import { cellOf } from './varied.js';

const timesOf = (row: CsvRow) => ({
  migration: row[parameterColumn('migration')] ?? '',
  duration: cellOf(row, parameterColumn('duration')),
  migrationInterval: cellOf(row, parameterColumn('migrationInterval')),
});

const CONSEQUENCE = 'There, pairs that differ only in their migration policy have the same results.';

/** The warning for rows of a summary; undefined where every migration policy had a decision. */
export function missingDecisionsNote(summary: readonly CsvRow[]): string | undefined {
  const migrating = summary.map(timesOf).filter(({ migration }) => migration !== 'none');
  const lacking = migrating.filter(lacksDecisions);
  if (lacking.length === 0) return undefined;
  const sentences = new Set(lacking.map(missingDecisionsText));
  const [first] = sentences;
  if (sentences.size === 1 && lacking.length === migrating.length) return `${first} ${CONSEQUENCE}`;
  const where = `${lacking.length} of ${migrating.length} configurations with a migration policy end before its first decision.`;
  return `${where} ${sentences.size === 1 ? '' : 'One of them: '}${first} ${CONSEQUENCE}`;
}

export function MissingDecisions({ summary }: { readonly summary: readonly CsvRow[] }) {
  const note = missingDecisionsNote(summary);
  return note === undefined ? null : <p class="note">{note}</p>;
}

/** Rows of Fig. 4: times of state-aware decisions by size, and what the paper says of them. */
import { counted } from '../experiments/harness/words.js';
import type { DecisionTime } from '../results/decision-times.js';
import { shortNumber } from './number-text.js';
import { PAPER_LIMITS, sizeText } from './placement-times.js';
import type { FigureRow, FolderData } from './rows.js';

const FORMULATIONS: Readonly<Record<string, string>> = { sound: 'Sound', 'as-written': 'As printed' };

/** The value of `key` for which most different values of `other` were measured; the smaller one of equals. */
function mostVaried(
  decisions: readonly DecisionTime[],
  key: 'nodes' | 'functions',
  other: 'nodes' | 'functions',
): number {
  const seen = new Map<number, Set<number>>();
  for (const row of decisions) seen.set(row[key], (seen.get(row[key]) ?? new Set()).add(row[other]));
  const ranked = [...seen].sort(([a, x], [b, y]) => y.size - x.size || a - b);
  return ranked[0]?.[0] ?? Number.NaN;
}

/** The row of the summary that holds the runs of a point; an empty one where there is none. */
const summaryOf = (
  summary: readonly FigureRow[],
  { preset, formulation, nodes, functions }: DecisionTime,
): FigureRow =>
  summary.find(
    (each) =>
      each.preset === preset &&
      each.nodes === nodes &&
      each.functions_count === functions &&
      (each.placement_formulation ?? formulation) === formulation,
  ) ?? {};

/** What a summary says of the requests of a point. */
const REQUESTS = ['rejected_mean', 'rejected_percent_mean', 'rejected_percent_half_width'];

/** A logarithmic axis has no zero: an interval that reaches lower is drawn to half of the smallest mean. */
export const bottomOf = (means: readonly number[]): number => Math.min(...means) / 2;

/** Rows of the panel over nodes, of the panel over functions, and the paper's limits. */
export function fig4Rows({ decisions, summary }: FolderData): readonly FigureRow[] {
  if (decisions.length === 0) return [];
  const bottom = bottomOf(decisions.map(({ mean }) => mean.mean));
  const row = (panel: string, decision: DecisionTime): FigureRow => {
    const { preset, formulation, nodes, functions, mean, longest } = decision;
    const own = summaryOf(summary, decision);
    return {
      panel,
      source: 'ours',
      preset,
      placement_formulation: formulation,
      formulation: FORMULATIONS[formulation] ?? formulation,
      nodes,
      functions,
      functions_label: String(functions),
      size: sizeText(nodes, functions),
      n: mean.n,
      decision_time_s: mean.mean,
      decision_time_s_half_width: Number.isNaN(mean.halfWidth) ? null : mean.halfWidth,
      decision_time_lo_s: Number.isNaN(mean.halfWidth) ? null : Math.max(bottom, mean.mean - mean.halfWidth),
      decision_time_hi_s: Number.isNaN(mean.halfWidth) ? null : mean.mean + mean.halfWidth,
      longest_s: longest,
      longest: `${shortNumber(longest)} s`,
      ...Object.fromEntries(REQUESTS.map((column) => [column, own[column] ?? null])),
      command: own.command ?? null,
    };
  };
  const base = mostVaried(decisions, 'nodes', 'functions');
  const alongNodes = decisions.filter(
    ({ functions }) =>
      new Set(decisions.filter((d) => d.functions === functions).map((d) => d.nodes)).size > 1,
  );
  const alongFunctions = decisions.filter(({ nodes }) => nodes === base);
  return [
    ...alongNodes.map((decision) => row('nodes', decision)),
    ...alongFunctions.map((decision) => row('functions', decision)),
    ...PAPER_LIMITS.map(({ nodes, seconds }) => ({
      panel: 'nodes',
      source: 'paper',
      nodes,
      size: counted(nodes, 'node'),
      limit_s: seconds,
      limit_s_text: `less than ${seconds}`,
      text: `paper: < ${seconds} s`,
    })),
    ...PAPER_LIMITS.filter(({ nodes }) => nodes === base).map(({ seconds }) => ({
      panel: 'functions',
      source: 'paper',
      size: counted(base, 'node'),
      limit_s: seconds,
      limit_s_text: `less than ${seconds}`,
      text: `paper: < ${seconds} s`,
    })),
  ];
}

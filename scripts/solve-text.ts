/** Solved placement problems, for a person to read. */
import type { PlacementProblem } from '../core/placement/problem.js';
import { counted } from '../experiments/harness/words.js';
import { onStdout } from './colour.js';
import type { solveJson } from './commands/solve.js';
import { numberText, textTable } from './terminal.js';

type Answer = ReturnType<typeof solveJson>;

const DIGITS = 10;
const MOST_MOVES = 40;

/** A part of 1 as percent; "-" where it is not known. */
const percentText = (part: number | null): string => (part === null ? '-' : `${numberText(100 * part, 3)} %`);

const orDash = (value: number | null, digits = DIGITS): string =>
  value === null ? '-' : numberText(value, digits);

/** What a status means, in words. */
function statusText({ status, stayed, objective, note }: Answer): string {
  const plan = objective === null ? ', no plan found' : stayed ? ', every key stays' : '';
  const meaning = {
    optimal: 'proven',
    feasible: 'a checked plan without proof',
    limit: 'stopped at its limit',
    infeasible: 'no placement meets the constraints',
  }[status];
  const paint = { optimal: 'good', feasible: 'doubtful', limit: 'bad', infeasible: 'bad' } as const;
  return `${onStdout[paint[status]](status)} (${note ?? meaning}${status === 'infeasible' ? '' : plan})`;
}

export function solveText(
  answer: Answer & { readonly formulation: string },
  problem: PlacementProblem,
  kinds: readonly string[],
): string {
  const { objective, bound, gap, terms, sizes, work, placement } = answer;
  const lines: [string, string][] = [
    ['status', statusText(answer)],
    ['formulation', answer.formulation],
    ['objective', orDash(objective)],
    ['bound', orDash(bound)],
    ['gap', percentText(gap)],
  ];
  if (terms !== null) {
    lines.push(['penalty', `${numberText(terms.penalty, 6)} $, weight ${problem.wp}`]);
    lines.push(['migration', `${numberText(terms.migration, 6)}, weight ${numberText(problem.wm, 6)}`]);
    if (problem.slack) lines.push(['slack Z', `${numberText(terms.slack, 6)} s`]);
    lines.push(['access time', `${numberText(terms.access_time_s, 6)} s, all functions and keys together`]);
  }
  lines.push(['solver', answer.solver]);
  lines.push(['time', `${numberText(answer.ms ?? Number.NaN, 4)} ms, least of ${answer.repetitions}`]);
  if (work !== null)
    lines.push([
      'work',
      work.count === 1 ? `1 ${work.unit.replace(/s\b/, '')}` : `${work.count} ${work.unit}`,
    ]);
  if (sizes !== null) {
    lines.push([
      'as printed',
      `${counted(sizes.variables, 'variable')}, ${counted(sizes.constraints, 'constraint')}`,
    ]);
    lines.push([
      'solved',
      `${counted(sizes.variablesReduced, 'variable')}, ${counted(sizes.constraintsReduced, 'constraint')}: ${sizes.keysLeft} of ${counted(problem.keys, 'key')} with a choice, ${counted(sizes.components, 'component')}`,
    ]);
  }
  if (placement !== null) lines.push(['placement', movesText(placement, problem, kinds)]);
  return lines.map(([name, text]) => `${onStdout.strong(name.padEnd(13))}${text}`).join('\n');
}

/** Which keys move: all others stay where they are. */
function movesText(
  placement: readonly number[],
  { current }: PlacementProblem,
  kinds: readonly string[],
): string {
  const at = (j: number) => `${j} (${kinds[j]})`;
  const moves = placement.flatMap((j, k) =>
    j === current[k] ? [] : [`key ${k}: ${at(current[k])} -> ${at(j)}`],
  );
  const shown = moves.slice(0, MOST_MOVES).map((move) => `\n  ${move}`);
  const rest =
    moves.length > MOST_MOVES ? `\n  and ${moves.length - MOST_MOVES} more (--json shows all)` : '';
  return `${moves.length} of ${counted(placement.length, 'key')} ${moves.length === 1 ? 'moves' : 'move'}${shown.join('')}${rest}`;
}

export function comparisonText(
  answers: readonly Answer[],
  { formulation, reduce, timeLimit }: { formulation: string; reduce: boolean; timeLimit: number },
): string {
  const rows = answers.map((answer) => [
    answer.solver,
    orDash(answer.objective),
    orDash(answer.bound),
    percentText(answer.gap),
    numberText(answer.ms ?? Number.NaN, 3),
    statusText(answer),
  ]);
  const head = ['solver', 'objective', 'its bound', 'gap', 'ms', 'status'];
  return [
    textTable(head, rows),
    `\n${formulation}${reduce ? '' : ', without reductions'}, at most ${timeLimit} s each; the gap is that to the best bound of all.`,
  ].join('\n');
}

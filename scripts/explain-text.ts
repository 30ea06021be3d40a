/** The account of a request in words. */
import type { AccountedCandidate, AccountedKey, AccountedStep, RequestAccount } from '../core/index.js';
import { counted } from '../experiments/harness/words.js';
import {
  bytesText,
  indented,
  leastTableWidth,
  numberText,
  type TableForm,
  terminalWidth,
  textTable,
  wrapped,
} from './terminal.js';

/** No more candidates than this are shown; JSON has all. */
const SHOWN_CANDIDATES = 12;

/** An instant; to a tenth of a millisecond, since steps follow each other closely. */
const instant = (seconds: number): string => `${seconds.toFixed(4)} s`;
const duration = (seconds: number): string => `${numberText(seconds)} s`;
/** Columns of names, the first and the place of a key, are never cut. */
const CANDIDATES_FORM: TableForm = { whole: [0], indent: 4 };
const KEYS_FORM: TableForm = { whole: [0, 2, 3, 4], indent: 4 };

function keysTable(keys: readonly AccountedKey[], node: string): string {
  const rows = keys.map(({ key, probability, accessed, size_b, place, access_time_s }) => [
    accessed ? `* ${key}` : `  ${key}`,
    numberText(probability),
    bytesText(size_b),
    place,
    duration(access_time_s),
  ]);
  return textTable(['  key', 'probability', 'size', 'is on', `from ${node}`], rows, KEYS_FORM);
}

function arrivalText({ request, arrival }: RequestAccount): string {
  const { keys, node } = arrival;
  const accessed = keys.filter((key) => key.accessed).length;
  const head = `Request ${request} arrives at ${node} at ${instant(arrival.time_s)} for the function ${arrival.function}, whose data access may take T_max = ${duration(arrival.t_max_s)}.`;
  if (keys.length === 0) return wrapped(`${head} The function accesses no keys.`);
  const count =
    accessed === 0
      ? 'This request accesses none of them'
      : `This request accesses ${accessed} of them, marked *`;
  const access = `${arrival.function} may access ${counted(keys.length, 'key')}. ${count}:`;
  return `${wrapped(head)}\n${wrapped(access)}\n\n${keysTable(keys, node)}`;
}

const yesNo = (truth: boolean): string => (truth ? 'yes' : 'no');

/** The judgement on a candidate in a sentence, for where it has no room beside the numbers. */
function judgement({ meets_t_max, room, admissible, reason }: AccountedCandidate): string {
  const words = `${meets_t_max ? 'meets' : 'misses'} T_max; room: ${room}; ${admissible ? '' : 'not '}admissible`;
  return reason === '' ? words : `${words}: ${reason}`;
}

/**
 * Candidates with their numbers as columns, and with what is judged of them in columns too or, where the terminal is
 * too narrow, in a line below each; where it is narrower still, the numbers stand in lines of prose as well.
 */
function shownCandidates(shown: readonly AccountedCandidate[]): string {
  const names = shown[0].values.map(({ name, unit }) => (unit === '-' ? name : `${name} (${unit})`));
  const hasAccess = names.some((name) => name.startsWith('data access'));
  const allNamed = shown.every(({ values }) => values.length === shown[0].values.length);
  const heads = [...(allNamed ? names : []), ...(hasAccess ? [] : ['data access (s)'])];
  const marked = ({ chosen, node }: AccountedCandidate) => `${chosen ? '>' : ' '} ${node}`;
  const numbers = shown.map((each) => [
    ...(allNamed ? each.values.map(({ value }) => numberText(value)) : []),
    ...(hasAccess ? [] : [numberText(each.expected_access_s)]),
  ]);
  const whole = shown.map((each, i) => {
    const { meets_t_max, room, admissible, reason } = each;
    return [marked(each), ...numbers[i], yesNo(meets_t_max), room, yesNo(admissible), reason];
  });
  const wholeHead = ['  node', ...heads, 'meets T_max', 'room', 'admissible', 'why'];
  if (leastTableWidth(wholeHead, whole, CANDIDATES_FORM) <= terminalWidth())
    return textTable(wholeHead, whole, CANDIDATES_FORM);
  const rows = shown.map((each, i) => [marked(each), ...numbers[i]]);
  const head = ['  node', ...heads];
  if (leastTableWidth(head, rows, CANDIDATES_FORM) <= terminalWidth()) {
    // Numbers and names are single words, so that every row is one line.
    const lines = textTable(head, rows, CANDIDATES_FORM).split('\n');
    const start = lines.length - rows.length;
    const judged = shown.map((each, i) => `${lines[start + i]}\n${wrapped(judgement(each), 8)}`);
    return [...lines.slice(0, start), ...judged].join('\n');
  }
  return shown
    .map((each, i) => {
      const told = heads.map((name, column) => `${name} ${numbers[i][column]}`).join(', ');
      return `    ${marked(each)}\n${wrapped(told, 8)}\n${wrapped(judgement(each), 8)}`;
    })
    .join('\n');
}

/** The candidates of a step; the chosen one is marked, and shown even where it is far down. */
function candidatesText({ candidates = [] }: AccountedStep): string {
  const shown = candidates.filter(({ chosen }, i) => i < SHOWN_CANDIDATES || chosen);
  if (shown.length === 0) return '    There are no candidates.';
  const left = candidates.length - shown.length;
  return shownCandidates(shown) + (left > 0 ? `\n    and ${left} more, all of them with --json` : '');
}

/** What was chosen, as the end of a sentence. */
function choiceText({ action, decision, to, node }: AccountedStep): string {
  if (action === 'offload') return `offload to ${to}`;
  if (action === 'run here') return `run here, on ${node}`;
  if (action === 'decide again') return 'decide again here, after the overhead of an offload';
  return decision === 'reject' ? 'reject the request' : `run here, on ${node}, which has no room: rejected`;
}

function stepText(step: AccountedStep, number: number, account: RequestAccount): string {
  const { time_s, node, offloads, decided_by, rule, because, contradiction, action } = step;
  const head = `${number}. At ${instant(time_s)}`;
  const outcome = action === 'reject' ? ', but it has no room: the request is rejected.' : '.';
  if (decided_by === 'cloud node')
    return wrapped(`${head}, ${node} runs what it is sent, as cloud nodes do${outcome}`);
  if (decided_by === 'last offload') {
    return wrapped(
      `${head}, ${node} has to run the request, whose offloads are used up (${offloads}, offloading.maxOffloads)${outcome}`,
    );
  }
  const { offloading, gossip_interval_s, knowledge_mode } = account;
  const notes = [
    `Rule: ${rule}`,
    ...(knowledge_mode === 'true'
      ? []
      : ['Data access times are what the policy expects from what was traced so far (knowledge.mode).']),
    ...(gossip_interval_s > 0
      ? [
          `Memory and containers of other nodes are as ${node} knew them: up to ${duration(gossip_interval_s)} old (gossip.interval).`,
        ]
      : []),
  ];
  const wrong =
    contradiction === undefined
      ? ''
      : `\n${indented(`The policy's own explanation does not fit: it leads to ${contradiction}.`)}`;
  const earlier =
    offloads === 0 ? 'has not been offloaded yet' : `has been offloaded ${counted(offloads, 'time')}`;
  const decides = `${head}, the policy ${offloading} decides at ${node}. The request ${earlier}.`;
  return `${wrapped(decides)}
${notes.map(indented).join('\n')}

${candidatesText(step)}

${indented(`Choice: ${choiceText(step)}, since ${because}.`)}${wrong}`;
}

function outcomeText({ arrival, outcome }: RequestAccount): string {
  if (outcome.kind === 'rejected')
    return wrapped(
      `Outcome: rejected by ${outcome.node} at ${instant(outcome.time_s)}, ${duration(outcome.time_s - arrival.time_s)} after it arrived.`,
    );
  const { node, cold_start_s, execution_time_s, data_access_time_s, keys, violation } = outcome;
  const start = cold_start_s > 0 ? `after a cold start of ${duration(cold_start_s)}` : 'at once';
  const places = keys.map(({ key, place, access_time_s }) =>
    place === node ? `${key} is here` : `${key} on ${place} takes ${duration(access_time_s)}`,
  );
  const why = places.length === 0 ? 'it accesses no keys' : places.join(', ');
  const slo = violation
    ? `more than T_max = ${duration(arrival.t_max_s)}: a violation`
    : `within T_max = ${duration(arrival.t_max_s)}: no violation`;
  return [
    `Outcome: it starts on ${node} at ${instant(outcome.time_s)}, ${start}, and computes for ${duration(execution_time_s)}.`,
    `Its data access takes ${duration(data_access_time_s)} (${why}), ${slo}.`,
    `The result is back at ${arrival.node} ${duration(outcome.response_time_s)} after the request arrived.`,
  ]
    .map((line) => wrapped(line))
    .join('\n');
}

/** The whole account. @param title which run it is about. */
export function explainText(title: string, account: RequestAccount): string {
  const steps = account.steps.map((step, i) => stepText(step, i + 1, account));
  return [wrapped(title), arrivalText(account), ...steps, outcomeText(account)].join('\n\n');
}

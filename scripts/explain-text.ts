/** The account of a request in words. */
import type { AccountedKey, AccountedStep, RequestAccount } from '../core/index.js';
import { bytesText, indented, numberText, textTable } from './terminal.js';

/** No more candidates than this are shown; JSON has all. */
const SHOWN_CANDIDATES = 12;

/** An instant; to a tenth of a millisecond, since steps follow each other closely. */
const instant = (seconds: number): string => `${seconds.toFixed(4)} s`;
const duration = (seconds: number): string => `${numberText(seconds)} s`;
const setIn = (text: string): string => text.replaceAll(/^/gm, '    ');

function keysTable(keys: readonly AccountedKey[], node: string): string {
  const rows = keys.map(({ key, probability, accessed, size_b, place, access_time_s }) => [
    accessed ? `* ${key}` : `  ${key}`,
    numberText(probability),
    bytesText(size_b),
    place,
    duration(access_time_s),
  ]);
  return setIn(textTable(['  key', 'probability', 'size', 'is on', `from ${node}`], rows));
}

function arrivalText({ request, arrival }: RequestAccount): string {
  const { keys, node } = arrival;
  const accessed = keys.filter((key) => key.accessed).length;
  const head = `Request ${request} arrives at ${node} at ${instant(arrival.time_s)} for the function ${arrival.function}, whose data access may take T_max = ${duration(arrival.t_max_s)}.`;
  if (keys.length === 0) return `${head} The function accesses no keys.`;
  const count =
    accessed === 0
      ? 'This request accesses none of them'
      : `This request accesses ${accessed} of them, marked *`;
  return `${head}\n${arrival.function} may access ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}. ${count}:\n\n${keysTable(keys, node)}`;
}

const yesNo = (truth: boolean): string => (truth ? 'yes' : 'no');

/** A table of candidates; the chosen one is marked, and shown even where it is far down. */
function candidatesTable({ candidates = [] }: AccountedStep): string {
  const shown = candidates.filter(({ chosen }, i) => i < SHOWN_CANDIDATES || chosen);
  if (shown.length === 0) return '    There are no candidates.';
  const names = shown[0].values.map(({ name, unit }) => (unit === '-' ? name : `${name} (${unit})`));
  const hasAccess = names.some((name) => name.startsWith('data access'));
  const allNamed = shown.every(({ values }) => values.length === shown[0].values.length);
  const rows = shown.map((each) => [
    each.chosen ? `> ${each.node}` : `  ${each.node}`,
    ...(allNamed ? each.values.map(({ value }) => numberText(value)) : []),
    ...(hasAccess ? [] : [numberText(each.expected_access_s)]),
    yesNo(each.meets_t_max),
    each.room,
    yesNo(each.admissible),
    each.reason,
  ]);
  const heads = [...(allNamed ? names : []), ...(hasAccess ? [] : ['data access (s)'])];
  const left = candidates.length - shown.length;
  return (
    setIn(textTable(['  node', ...heads, 'meets T_max', 'room', 'admissible', 'why'], rows)) +
    (left > 0 ? `\n    and ${left} more, all of them with --json` : '')
  );
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
    return `${head}, ${node} runs what it is sent, as cloud nodes do${outcome}`;
  if (decided_by === 'last offload') {
    return `${head}, ${node} has to run the request, whose offloads are used up (${offloads}, offloading.maxOffloads)${outcome}`;
  }
  const { offloading, gossip_interval_s, knowledge } = account;
  const notes = [
    `Rule: ${rule}`,
    ...(knowledge === 'true'
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
  return `${head}, the policy ${offloading} decides at ${node}, after ${offloads} ${offloads === 1 ? 'offload' : 'offloads'}.
${notes.map(indented).join('\n')}

${candidatesTable(step)}

${indented(`Choice: ${choiceText(step)}, since ${because}.`)}${wrong}`;
}

function outcomeText({ arrival, outcome }: RequestAccount): string {
  if (outcome.kind === 'rejected')
    return `Outcome: rejected by ${outcome.node} at ${instant(outcome.time_s)}, ${duration(outcome.time_s - arrival.time_s)} after it arrived.`;
  const { node, cold_start_s, execution_time_s, data_access_time_s, keys, violation } = outcome;
  const start = cold_start_s > 0 ? `after a cold start of ${duration(cold_start_s)}` : 'at once';
  const places = keys.map(({ key, place, access_time_s }) =>
    place === node ? `${key} is here` : `${key} on ${place} takes ${duration(access_time_s)}`,
  );
  const why = places.length === 0 ? 'it accesses no keys' : places.join(', ');
  const slo = violation
    ? `more than T_max = ${duration(arrival.t_max_s)}: a violation`
    : `within T_max = ${duration(arrival.t_max_s)}: no violation`;
  return `Outcome: it starts on ${node} at ${instant(outcome.time_s)}, ${start}, and computes for ${duration(execution_time_s)}.
Its data access takes ${duration(data_access_time_s)} (${why}), ${slo}.
The result is back at ${arrival.node} ${duration(outcome.response_time_s)} after the request arrived.`;
}

/** The whole account. @param title which run it is about. */
export function explainText(title: string, account: RequestAccount): string {
  const steps = account.steps.map((step, i) => stepText(step, i + 1, account));
  return [title, arrivalText(account), ...steps, outcomeText(account)].join('\n\n');
}

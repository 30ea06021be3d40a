/** What the options of `ds2p compare` say: experiment, policies, metrics and amounts. */
import { unknownName } from '../experiments/harness/errors.js';
import { loadPolicyFiles } from '../experiments/harness/policy-files.js';
import {
  displayName,
  type PolicyPair,
  pairName,
  parsePair,
  referencesInPair,
} from '../experiments/harness/policy-pairs.js';
import { EXPERIMENTS } from '../experiments/index.js';
import { METRIC_COLUMNS } from '../results/columns.js';
import type { Margin, MetricName } from '../results/policy-comparison.js';
import type { Arguments } from './command.js';
import { parameterOptions } from './options.js';
import { type NamedExperiment, namedExperiment } from './sweep-target.js';

export const DEFAULT_BASELINE = 'state-aware+slo-aware';
export const DEFAULT_METRICS: readonly MetricName[] = [
  'unserved_or_late_percent',
  'response_time_p50_s',
  'response_time_p95_s',
];
export const DEFAULT_MOST = 100;

/** Options of parameters but those of the two policies, which pairs give. */
export function otherParameterOptions() {
  const { offloading: _o, migration: _m, ...rest } = parameterOptions(false);
  return rest;
}

/** The experiment of --experiment; where there is none, a problem is added. */
export async function experimentFrom(given: Arguments): Promise<NamedExperiment> {
  const name = given.text('experiment');
  if (name !== undefined) return namedExperiment(name, given, '--experiment');
  const known = EXPERIMENTS.map((experiment) => experiment.name).join(', ');
  const remedy = `Write for example --experiment table3. Known: ${known}, and files of your own.`;
  given.problems.push({ path: '--experiment', fact: 'the option is missing.', remedy });
  return {};
}

/** The metrics of --metric, each once. */
export function metricsFrom(given: Arguments): readonly MetricName[] {
  const words = given.texts('metric').flatMap((text) => text.split(','));
  const known = METRIC_COLUMNS.map(({ name }) => name);
  for (const word of words)
    if (!known.includes(word as MetricName))
      given.problems.push(unknownName('--metric', 'a metric', word, known));
  return words.length === 0 ? DEFAULT_METRICS : [...new Set(words as MetricName[])];
}

/** A positive number, or a percentage as a part of one. */
export function amount(given: Arguments, name: string, needsPercent: boolean): Margin | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const relative = text.endsWith('%');
  const value = Number(relative ? text.slice(0, -1) : text);
  if (value > 0 && Number.isFinite(value) && (relative || !needsPercent))
    return { value: relative ? value / 100 : value, relative };
  given.problems.push({
    path: `--${name}`,
    fact: `"${text}" is not ${needsPercent ? 'a percentage' : 'a number or a percentage'} above 0.`,
    remedy: needsPercent
      ? `Write --${name} 5%.`
      : `Write --${name} 5%, or --${name} 0.5 in the unit of the metric.`,
  });
  return undefined;
}

/** Pairs of policies, with their names in tables. */
export interface Policies {
  readonly baseline: PolicyPair;
  readonly candidates: readonly PolicyPair[];
  readonly names: readonly string[];
  readonly baselineName: string;
}

/** The pairs of --baseline and --candidate, their files loaded; undefined where the baseline is none. */
export async function policiesFrom(given: Arguments): Promise<Policies | undefined> {
  const baselineText = given.text('baseline') ?? DEFAULT_BASELINE;
  const texts = given.texts('candidate').flatMap((text) => text.split(/,(?=[^=]*\+)/));
  if (texts.length === 0)
    given.problems.push({
      path: '--candidate',
      fact: 'the option is missing.',
      remedy: 'Write for example --candidate state-aware+./policies/my-idea.ts.',
    });
  await loadPolicyFiles([baselineText, ...texts].flatMap(referencesInPair));
  const baseline = parsePair(baselineText, '--baseline', given.problems);
  const candidates = texts.flatMap((text) => parsePair(text, '--candidate', given.problems) ?? []);
  if (baseline === undefined) return undefined;
  const all = [baseline, ...candidates].map(pairName);
  all.forEach((name, i) => {
    const first = all.indexOf(name);
    if (first === i) return;
    const fact = `"${name}" is also ${first === 0 ? 'the baseline' : 'another candidate'}.`;
    given.problems.push({ path: '--candidate', fact, remedy: 'Give every pair once.' });
  });
  const short = [baseline, ...candidates].map(displayName);
  const [baselineName, ...names] = new Set(short).size === short.length ? short : all;
  return { baseline, candidates, names, baselineName };
}

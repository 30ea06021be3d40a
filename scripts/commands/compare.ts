/** `ds2p compare`: does a policy beat another, by how much, and how sure is that? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETER_LIST } from '../../core/index.js';
import type { Experiment } from '../../experiments/experiment.js';
import { scenarioName } from '../../experiments/harness/campaign.js';
import {
  type ComparisonPlan,
  type ComparisonResult,
  cellsOf,
  comparisonFolder,
  runComparison,
} from '../../experiments/harness/comparison-runs.js';
import { collect, unknownName } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import { loadPolicyFiles } from '../../experiments/harness/policy-files.js';
import {
  displayName,
  type PolicyPair,
  pairName,
  parsePair,
  referencesInPair,
} from '../../experiments/harness/policy-pairs.js';
import { durationText } from '../../experiments/harness/progress.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { headerLine, rowLine } from '../../results/csv.js';
import {
  type ComparisonRow,
  comparePolicies,
  type Margin,
  type MetricName,
} from '../../results/policy-comparison.js';
import {
  COMPARISON_COLUMNS,
  type ComparisonSetting,
  comparisonCells,
  comparisonMarkdown,
  differenceText,
  pText,
  relativeText,
  rounded,
} from '../../results/policy-comparison-table.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT, reportFailures } from '../exit.js';
import {
  DEFAULT_OUT,
  noteMissingDecisions,
  OUT_OPTION,
  overridesFrom,
  parameterOptions,
  RUN_OPTIONS,
  runSettings,
  scenarioFrom,
  toggle,
} from '../options.js';
import { textTable } from '../terminal.js';

const DEFAULT_BASELINE = 'state-aware+slo-aware';
const DEFAULT_METRICS: readonly MetricName[] = [
  'unserved_or_late_percent',
  'response_time_p50_s',
  'response_time_p95_s',
];
const DEFAULT_MOST = 100;

/** Options of parameters but those of the two policies, which pairs give. */
function otherParameterOptions() {
  const { offloading: _o, migration: _m, ...rest } = parameterOptions(false);
  return rest;
}

function experimentFrom(given: Arguments): Experiment | undefined {
  const name = given.text('experiment');
  const known = EXPERIMENTS.map((experiment) => experiment.name);
  if (name === undefined) {
    const remedy = `Write for example --experiment table3. Known: ${known.join(', ')}.`;
    given.problems.push({ path: '--experiment', fact: 'the option is missing.', remedy });
    return undefined;
  }
  const experiment = EXPERIMENTS.find((candidate) => candidate.name === name);
  if (experiment === undefined)
    given.problems.push(unknownName('--experiment', 'an experiment', name, known));
  return experiment;
}

function metricsFrom(given: Arguments): readonly MetricName[] {
  const words = given.texts('metric').flatMap((text) => text.split(','));
  const known = METRIC_COLUMNS.map(({ name }) => name);
  for (const word of words)
    if (!known.includes(word as MetricName))
      given.problems.push(unknownName('--metric', 'a metric', word, known));
  return words.length === 0 ? DEFAULT_METRICS : [...new Set(words as MetricName[])];
}

/** A positive number, or a percentage as a part of one. */
function amount(given: Arguments, name: string, needsPercent: boolean): Margin | undefined {
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

interface Policies {
  readonly baseline: PolicyPair;
  readonly candidates: readonly PolicyPair[];
  readonly names: readonly string[];
  readonly baselineName: string;
}

async function policiesFrom(given: Arguments): Promise<Policies | undefined> {
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

/** What `--precision` came to, as a sentence. */
function precisionText(
  { unreached, scenarios }: ComparisonResult,
  { target, metric, most }: NonNullable<ComparisonPlan['precision']>,
): string {
  const counts = scenarios.map(({ replications }) => replications);
  const range = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
  const wanted = `A half-width of ${100 * target} % of ${metric}, relative to the larger mean,`;
  if (unreached.length === 0) return `${wanted} was reached with ${range} replications.`;
  const worst = unreached.reduce((most, next) => (next.relative > most.relative ? next : most));
  const relative = Number.isFinite(worst.relative)
    ? `${(100 * worst.relative).toPrecision(2)} %`
    : 'not known';
  return `${wanted} was not reached by the maximum of ${most} replications in ${unreached.length} of ${scenarios.length} scenarios (x candidates); the widest is ${relative}, for ${worst.candidate} in ${worst.label}.`;
}

/** One table a scenario and candidate. */
function tablesText(
  rows: readonly ComparisonRow[],
  { baseline, precision, candidates, metrics }: ComparisonSetting,
): string {
  const blocks = new Map<string, ComparisonRow[]>();
  for (const row of rows) {
    const { label, replications } = row.scenario;
    const title = `${label}: ${row.candidate} against ${baseline}, ${replications} replications`;
    blocks.set(title, [...(blocks.get(title) ?? []), row]);
  }
  const head = [
    'metric',
    'unit',
    'baseline',
    'candidate',
    'difference [95 %]',
    'relative',
    'p (Holm)',
    'pairing',
    'verdict',
  ];
  const tables = [...blocks].map(([title, own]) => {
    const lines = own.map((row) => {
      const { comparison: c } = row;
      const width = (c.tInterval.hi - c.tInterval.lo) / 2;
      return [
        row.metric,
        row.unit,
        rounded(c.baselineMean, width),
        rounded(c.candidateMean, width),
        `${differenceText(row)}${c.bootstrap === undefined ? '' : ' b'}`,
        relativeText(row),
        pText(row.adjustedP),
        Number.isFinite(c.varianceReduction) ? `x ${c.varianceReduction.toPrecision(2)}` : '-',
        row.verdict,
      ];
    });
    return `${title}\n${textTable(head, lines)}`;
  });
  const family = candidates.length * metrics.length;
  const notes = [
    'Differences are candidate minus baseline, paired by common random numbers; intervals are paired-t ones.',
    ...(rows.some(({ comparison }) => comparison.bootstrap !== undefined)
      ? ['b: bootstrap-t interval and sign-flip test, since these differences are far from normal.']
      : []),
    family > 1
      ? `p: corrected by Holm's procedure over the ${family} comparisons (candidates x metrics) of a scenario; verdicts at 5 %.`
      : 'p: of the one comparison of a scenario, so there is nothing to correct; verdicts at 5 %.',
    'pairing: as many times the replications would independent runs have needed for an interval as narrow.',
    ...(precision === undefined ? [] : [precision]),
  ];
  return [...tables, notes.join('\n')].join('\n\n');
}

async function writeOutputs(
  folder: string,
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
): Promise<readonly string[]> {
  const cells = rows.map((row) => rowLine(COMPARISON_COLUMNS, comparisonCells(row, setting)));
  const csv = join(folder, 'comparison.csv');
  writeFileSync(csv, headerLine(COMPARISON_COLUMNS) + cells.join(''));
  const markdown = join(folder, 'comparison.md');
  writeFileSync(markdown, comparisonMarkdown(rows, setting));
  // Loaded only now: the drawing library would slow the start of every command.
  const { forestRows, forestSpec } = await import('../../figures/forest.js');
  const { renderPng, renderSvg } = await import('../../figures/render.js');
  const counts = [...new Set(rows.map(({ scenario }) => scenario.replications))].sort((a, b) => a - b);
  const subtitle = [
    `Candidate minus baseline ${setting.baseline}, mean of ${counts.length === 1 ? counts[0] : `${counts[0]} to ${counts.at(-1)}`} paired replications of ${setting.durationS} s, with 95 % intervals.`,
    "Verdicts at 5 % after Holm's correction.",
  ];
  const title =
    setting.candidates.length === 1
      ? `${setting.candidates[0]} in experiment ${setting.experiment}`
      : `${setting.candidates.length} candidates in experiment ${setting.experiment}`;
  const svg = await renderSvg(forestSpec(rows, { title, subtitle }), forestRows(rows));
  makeFolder(join(folder, 'figures'));
  const drawing = join(folder, 'figures', 'comparison');
  writeFileSync(`${drawing}.svg`, svg);
  writeFileSync(`${drawing}.png`, renderPng(svg));
  return [csv, markdown, `${drawing}.svg`, `${drawing}.png`];
}

export const compareCommand: CommandSpec = {
  name: 'compare',
  describe: 'Compare policies with a baseline: paired differences, intervals, verdicts, a figure',
  options: {
    baseline: { describe: 'migration+offloading to compare with', type: 'text', fallback: DEFAULT_BASELINE },
    candidate: {
      describe: 'migration+offloading, each a name or the path of a file; repeatable',
      type: 'text',
      repeatable: true,
    },
    experiment: { describe: 'experiment whose scenarios are run, see "ds2p list"', type: 'text' },
    metric: {
      describe: 'metric to compare, a column of runs.csv; repeatable',
      type: 'text',
      repeatable: true,
      fallback: DEFAULT_METRICS.join(', '),
    },
    precision: {
      describe: 'add replications until the half-width of the first metric is this part of its mean, as 5%',
      type: 'text',
    },
    'max-replications': {
      describe: 'where --precision stops at the latest',
      type: 'text',
      fallback: String(DEFAULT_MOST),
    },
    margin: {
      describe: 'difference that counts as none: 5% of the baseline, or a number in the unit of the metric',
      type: 'text',
    },
    ...RUN_OPTIONS,
    replications: {
      describe: 'replications to begin with',
      type: 'text',
      fallback: 'as the experiment says',
    },
    ...OUT_OPTION,
    quick: toggle(
      'the short form of the experiment: 900 s of arrivals and 3 replications unless it says otherwise',
    ),
    json: toggle('print a JSON array with the columns of comparison.csv'),
    ...otherParameterOptions(),
  },
  examples: [
    [
      'ds2p compare --candidate state-aware+least-late --experiment table3',
      'least-late against slo-aware in the four scenarios of Table 3',
    ],
    [
      'ds2p compare --candidate state-aware+./policies/my-idea.ts --experiment fig3 --precision 5%',
      'a policy of your own under W2, with as many replications as that takes',
    ],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const experiment = experimentFrom(given);
    const policies = await policiesFrom(given);
    const metrics = metricsFrom(given);
    const target = amount(given, 'precision', true);
    const most = given.whole('max-replications', 2, 100_000, DEFAULT_MOST);
    const margin = amount(given, 'margin', false);
    const out = given.text('out') ?? DEFAULT_OUT;
    const { threads, seed, replications } = runSettings(given);
    const overrides = await overridesFrom(given);
    const policyIds = PARAMETER_LIST.filter(({ kind }) => kind.type === 'policy');
    for (const { id, name } of policyIds)
      if (id in overrides.parameters)
        given.problems.push({
          path: name,
          fact: 'a comparison names its policies in pairs.',
          remedy: 'Use --baseline and --candidate.',
        });
    const { scenario, scenarioPath, scenarioUnreadable } = scenarioFrom(given);
    if (experiment?.needsScenario && scenarioPath === undefined)
      given.problems.push({
        path: '--scenario',
        fact: `the experiment "${experiment.name}" needs a scenario file.`,
        remedy: 'Make one with "ds2p import" and give its path.',
      });
    given.problems.push(...folderProblems(out));
    const quick = given.has('quick');
    const begin =
      replications ?? (quick ? (experiment?.quick?.replications ?? 3) : (experiment?.replications ?? 1));
    const plan: ComparisonPlan | undefined = experiment &&
      policies && {
        experiment,
        baseline: policies.baseline,
        candidates: policies.candidates,
        names: policies.names,
        options: { seed, overrides, quick, scenario, scenarioUnreadable },
        scenarioName: scenarioName(scenario, scenarioPath),
        replications: target === undefined ? begin : Math.min(begin, most),
        ...(target === undefined ? {} : { precision: { target: target.value, metric: metrics[0], most } }),
      };
    const cells = plan && collect(given.problems, () => cellsOf(plan));
    given.check();
    noteMissingDecisions(cells!.flatMap(({ first }) => first));

    const folder = comparisonFolder(out, experiment!.name);
    const result = await runComparison(plan!, {
      folder,
      elsewhere: [join(out, experiment!.name)],
      threads,
      signal,
    });
    const counts = `${result.ran} runs now, ${result.reused} of before`;
    if (result.interrupted) {
      console.error(`Interrupted: ${counts} are kept in ${folder} and will be reused.`);
      return EXIT.interrupted;
    }
    if (result.failures.length > 0) return reportFailures(result.failures, scenarioPath);
    const rows = comparePolicies(result.scenarios, policies!.names, metrics, margin);
    const setting: ComparisonSetting = {
      experiment: experiment!.name,
      baseline: policies!.baselineName,
      candidates: policies!.names,
      metrics,
      firstSeed: seed,
      durationS: cells![0].first[0].parameters.duration,
      ...(plan!.precision === undefined ? {} : { precision: precisionText(result, plan!.precision) }),
    };
    const files = await writeOutputs(folder, rows, setting);
    if (given.has('json'))
      console.log(
        JSON.stringify(
          rows.map((row) => comparisonCells(row, setting)),
          null,
          2,
        ),
      );
    else console.log(tablesText(rows, setting));
    const seconds = durationText((performance.now() - started) / 1000);
    console.error(`${counts}, in ${seconds}. Written: ${files.join(', ')}`);
    return EXIT.done;
  },
};

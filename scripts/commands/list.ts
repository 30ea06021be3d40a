/** `ds2p list`: what there is to run and to set. */
import { defaultOf, MIGRATION_POLICIES, OFFLOADING_POLICIES, PARAMETER_LIST } from '../../core/index.js';
import { planRuns } from '../../experiments/harness/expand.js';
import { rangeText, valueText } from '../../experiments/harness/values.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { onStdout } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { DEFAULT_SEED } from '../options.js';
import { print } from '../stdout.js';
import { fitted, indented, textTable } from '../terminal.js';

/** Everything that is listed, as plain data. */
export function inventory() {
  const policies = [...OFFLOADING_POLICIES, ...MIGRATION_POLICIES];
  return {
    experiments: EXPERIMENTS.map((experiment) => ({
      name: experiment.name,
      title: experiment.title,
      question: experiment.question,
      section: experiment.section,
      presets: experiment.presets,
      runs: planRuns(experiment, { seed: DEFAULT_SEED }).runs.length,
      replications: experiment.replications,
      duration_s: experiment.duration,
    })),
    policies: policies.map(({ kind, name, doc, source, reads = [], parameters = {} }) => ({
      kind,
      name,
      doc,
      source,
      reads,
      parameters: Object.entries(parameters).map(([own, row]) => ({
        name: `${name}.${own}`,
        unit: row.unit,
        default: row.default,
        range: rangeText(row.kind),
        doc: row.doc,
      })),
    })),
    parameters: PARAMETER_LIST.map((parameter) => ({
      name: parameter.name,
      option: parameter.flag === undefined ? null : `--${parameter.flag}`,
      unit: parameter.unit,
      default: {
        'as-published': defaultOf(parameter, 'as-published'),
        'as-written': defaultOf(parameter, 'as-written'),
      },
      range: rangeText(parameter.kind),
      source: parameter.source,
      doc: parameter.doc,
    })),
  };
}

type Inventory = ReturnType<typeof inventory>;

const heading = (title: string, hint: string): string => `${onStdout.strong(title)} ${hint}`;

/** A parameter in two lines or more: what it takes, then what it means. */
function parameterText(parameter: Inventory['parameters'][number]): string {
  const { name, option, unit, range, source, doc } = parameter;
  const [published, written] = [parameter.default['as-published'], parameter.default['as-written']].map(
    valueText,
  );
  const value = published === written ? published : `${published} (as-written: ${written})`;
  const title = `${onStdout.strong(option === null ? name : `${name}, ${option}`)}${unit === '-' ? '' : ` [${unit}]`} = ${value}`;
  return [fitted(title), indented(doc), indented(`range: ${range}; source: ${source}`)].join('\n');
}

/** Policies' own parameters, under a heading; nothing where no policy has any. */
function ownParametersText(policies: Inventory['policies']): readonly string[] {
  const own = policies.flatMap(({ parameters }) => parameters);
  if (own.length === 0) return [];
  const lines = own.map(({ name, unit, default: value, range, doc }) =>
    [
      `${onStdout.strong(name)}${unit === '-' ? '' : ` [${unit}]`} = ${valueText(value)}`,
      indented(doc),
      indented(`range: ${range}`),
    ].join('\n'),
  );
  return [`\n${heading('PARAMETERS OF POLICIES', '(--set <policy>.<parameter>=<value>)\n')}`, ...lines];
}

function listText(): string {
  const { experiments, policies, parameters } = inventory();
  return [
    heading('EXPERIMENTS', '(ds2p sweep <name>)\n'),
    textTable(
      ['name', 'runs', 'section', 'question'],
      experiments.map(({ name, runs, section, question }) => [
        name,
        String(runs),
        section.split(/[,;]/)[0],
        question,
      ]),
    ),
    `\n${heading('POLICIES', '(--offloading <name>, --migration <name>)\n')}`,
    textTable(
      ['kind', 'name', 'source', 'meaning'],
      policies.map(({ kind, name, source, doc }) => [kind, name, source, doc]),
    ),
    ...ownParametersText(policies),
    fitted(
      `\n${heading('PARAMETERS', '(--set <name>=<value>, or the option beside the name); defaults are those of as-published\n')}`,
    ),
    parameters.map(parameterText).join('\n'),
  ].join('\n');
}

export const listCommand: CommandSpec = {
  name: 'list',
  describe: 'List experiments, policies and parameters',
  options: { json: jsonOption('') },
  examples: [
    ['ds2p list', 'what there is, as tables'],
    ['ds2p list --json', 'the same for a script'],
  ],
  run: async (given) => {
    given.check();
    if (given.has('json')) printJson(inventory());
    else print(listText());
    return EXIT.done;
  },
};

/** `ds2p list`: what there is to run and to set. */
import { defaultOf, MIGRATION_POLICIES, OFFLOADING_POLICIES, PARAMETER_LIST } from '../../core/index.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { rangeText, valueText } from '../../experiments/harness/values.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { DEFAULT_SEED, toggle } from '../options.js';
import { textTable } from '../terminal.js';

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
      runs: expandExperiment(experiment, { seed: DEFAULT_SEED }).length,
      replications: experiment.replications,
      duration_s: experiment.duration,
    })),
    policies: policies.map(({ kind, name, doc, source, parameters }) => ({
      kind,
      name,
      doc,
      source,
      parameters,
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

function listText(): string {
  const { experiments, policies, parameters } = inventory();
  const defaults = parameters.map((parameter) => {
    const [published, written] = [parameter.default['as-published'], parameter.default['as-written']].map(
      valueText,
    );
    return published === written ? published : `${published} | ${written}`;
  });
  return [
    'EXPERIMENTS (ds2p experiment <name>)\n',
    textTable(
      ['name', 'runs', 'section', 'question'],
      experiments.map(({ name, runs, section, question }) => [
        name,
        String(runs),
        section.split(',')[0],
        question,
      ]),
    ),
    '\nPOLICIES (--offloading, --migration)\n',
    textTable(
      ['kind', 'name', 'source', 'meaning'],
      policies.map(({ kind, name, source, doc }) => [kind, name, source, doc]),
    ),
    '\nPARAMETERS (--set name=value, or the option); where presets differ: as-published | as-written\n',
    textTable(
      ['name', 'unit', 'default, range, source, meaning'],
      parameters.map(({ name, option, unit, range, source, doc }, i) => [
        option === null ? name : `${name} (${option})`,
        unit,
        `${defaults[i]} [${range}] {${source}} ${doc}`,
      ]),
    ),
  ].join('\n');
}

export const listCommand: CommandSpec = {
  name: 'list',
  describe: 'List experiments, policies and parameters',
  options: { json: toggle('print JSON') },
  examples: [
    ['ds2p list', 'what there is, as tables'],
    ['ds2p list --json', 'the same for a script'],
  ],
  run: async (given) => {
    given.check();
    console.log(given.has('json') ? JSON.stringify(inventory(), null, 2) : listText());
    return EXIT.done;
  },
};

/** A JSON Schema of experiment files, made from the table of parameters: editors complete and check with it. */
import { defaultOf, PARAMETER_LIST, type Parameter, PRESETS } from '../../core/index.js';
import { policyNames, rangeText } from './values.js';

type Schema = Readonly<Record<string, unknown>>;

const bounds = ({ min, max, above }: { min?: number; max?: number; above?: number }): Schema => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
  ...(above === undefined ? {} : { exclusiveMinimum: above }),
});

/** What a value of a parameter may be. */
function valueSchema({ kind }: Parameter): Schema {
  switch (kind.type) {
    case 'number':
      return { type: 'number', ...bounds(kind) };
    case 'integer':
      return { type: 'integer', ...bounds(kind) };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return { enum: kind.choices };
    case 'policy':
      return { enum: policyNames(kind.registry) };
    case 'numbers':
      return { type: 'array', minItems: kind.minLength, items: { type: 'number', ...bounds(kind) } };
  }
}

function describe(parameter: Parameter): string {
  const { doc, unit, kind } = parameter;
  return `${doc} (${rangeText(kind)}${unit === '-' ? '' : `; ${unit}`})`;
}

/** An object whose properties are parameters by their dotted names. */
function parameters(schemaOf: (parameter: Parameter) => Schema): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      PARAMETER_LIST.map((parameter) => [
        parameter.name,
        { description: describe(parameter), ...schemaOf(parameter) },
      ]),
    ),
  };
}

const reference = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

export function experimentSchema(): Schema {
  const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An experiment of ds2p-bench',
    description: 'What "ds2p sweep" runs: a question, and the values of parameters that it visits.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: text('path of this schema, for editors'),
      name: {
        ...text('name of the folder of results; by default the name of the file'),
        pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$',
      },
      title: text('title of the experiment'),
      question: text('what the experiment answers'),
      section: text('where the question comes from'),
      preset: { enum: PRESETS, description: 'where parameters start that are not given' },
      presets: {
        type: 'array',
        minItems: 1,
        items: { enum: PRESETS },
        description: 'several presets, each visited in full; in place of "preset"',
      },
      fixed: { ...reference('values'), description: 'parameters that are the same in all runs' },
      cases: {
        type: 'array',
        minItems: 1,
        items: reference('values'),
        description: 'sets of parameters that vary together; every set is crossed with "zip" and "axes"',
      },
      zip: {
        description: 'lists of equal length whose values vary together (lockstep); one group, or several',
        anyOf: [reference('lists'), { type: 'array', items: reference('lists') }],
      },
      axes: {
        ...reference('lists'),
        description:
          'lists of values, of which the cartesian product is visited; the last axis varies fastest',
      },
      constraints: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        description:
          'conditions on parameters, as in "nodes.edge <= nodes.cloud"; combinations that do not meet them are left out',
      },
      replications: { type: 'integer', minimum: 1, description: 'runs of each configuration, by default 10' },
      duration: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 1e9,
        description: 'simulated seconds during which requests arrive, by default 3600',
      },
      seed: {
        type: 'integer',
        minimum: 0,
        description: 'seed of the first replication; replication r has seed + r; by default 1',
      },
      scenario: text('path of a scenario file, relative to this file'),
    },
    definitions: {
      values: parameters((parameter) => ({
        default: defaultOf(parameter, 'as-published'),
        ...valueSchema(parameter),
      })),
      lists: parameters((parameter) => ({ type: 'array', minItems: 1, items: valueSchema(parameter) })),
    },
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import t from 'tap';
import { PARAMETER_LIST } from '../../core/index.js';
import { InputError } from '../../experiments/harness/errors.js';
import { planRuns } from '../../experiments/harness/expand.js';
import { readExperimentFile } from '../../experiments/harness/experiment-file.js';
import { experimentSchema } from '../../experiments/harness/experiment-schema.js';
import { fc } from '../fast-check.js';

const validate = new Ajv({ allErrors: true }).compile(experimentSchema());

t.test(
  'docs/experiment.schema.json is made from the table of parameters; "npm run docs" writes it anew',
  async (t) => {
    t.same(JSON.parse(readFileSync('docs/experiment.schema.json', 'utf8')), experimentSchema());
  },
);

t.test('editors know every parameter at each place where one may stand', async (t) => {
  const { definitions } = experimentSchema() as { definitions: Record<string, { properties: object }> };
  for (const name of ['values', 'lists'])
    t.strictSame(
      Object.keys(definitions[name].properties),
      PARAMETER_LIST.map((parameter) => parameter.name),
    );
});

/** Values that may or may not be ones of a parameter. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    1,
    -1,
    0.5,
    1e12,
    true,
    'none',
    'greedy',
    'w1',
    'x',
    null,
    [],
    [1],
    [0.5, 2],
    ['a'],
    {},
  ),
  fc.integer({ min: -5, max: 50 }),
);
const name = fc.oneof(
  fc.constantFrom(...PARAMETER_LIST.map((parameter) => parameter.name)),
  fc.constant('no.such'),
);

t.test('the schema and the check of ds2p agree on names and values of parameters', async (t) => {
  const path = join(t.testdir(), 'x.json');
  /** Whether the check has a problem with what is given; problems of values that do not fit together are no matter of a schema. */
  const refused = async (content: object): Promise<boolean> => {
    writeFileSync(path, JSON.stringify(content));
    const { experiment, problems } = await readExperimentFile(path);
    if (problems.length > 0) return true;
    try {
      planRuns(experiment, { seed: 1, label: 'here: ' });
      return false;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.problems.some((problem) => problem.path.startsWith('here: '));
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('fixed', 'axes', 'zip', 'cases'),
      name,
      anyValue,
      async (place, parameter, value) => {
        const set = { [parameter]: place === 'axes' || place === 'zip' ? [value] : value };
        const content = { [place]: place === 'cases' ? [set] : set, replications: 1 };
        return validate(content) === !(await refused(content));
      },
    ),
    { numRuns: 600, seed: 6 },
  );
  t.pass('over random values, seed 6');
});

t.test('the schema refuses what is misspelt or of the wrong kind', async (t) => {
  const good = {
    $schema: './x.json',
    name: 'a',
    question: '?',
    preset: 'as-written',
    zip: [{ 'nodes.edge': [1] }],
    axes: { 'slo.tMax': [0.1] },
    constraints: ['nodes.edge <= 3'],
    replications: 3,
    duration: 10,
    seed: 0,
    scenario: 's.json',
  };
  t.ok(validate(good), JSON.stringify(validate.errors));
  for (const wrong of [
    { naem: 'x' },
    { preset: 'x' },
    { replications: 0 },
    { seed: -1 },
    { duration: 0 },
    { name: 'a/b' },
    { axes: { 'slo.tMax': 0.1 } },
  ])
    t.notOk(validate({ ...good, ...wrong }), JSON.stringify(wrong));
});

import t from 'tap';
import { PARAMETER_LIST, presetParameters, simulate } from '../../core/index.js';
import { METRIC_COLUMNS, runColumns, summaryColumns, TIMING_COLUMNS } from '../../results/columns.js';

t.test('metrics are the columns of a run, in the order in which the simulator returns them', async (t) => {
  const parameters = presetParameters('as-published', { duration: 1, migration: 'none' });
  t.strictSame(
    METRIC_COLUMNS.map(({ name }) => name),
    Object.keys(simulate({ parameters, seed: 1 }).metrics),
  );
});

t.test('columns of a file have distinct names, a unit and a meaning', async (t) => {
  for (const columns of [
    runColumns(),
    runColumns(true),
    summaryColumns(),
    summaryColumns(true),
    TIMING_COLUMNS,
  ]) {
    t.equal(new Set(columns.map(({ name }) => name)).size, columns.length);
    t.ok(columns.every(({ unit, doc }) => unit !== '' && doc !== ''));
  }
});

t.test('names of metrics end in their unit', async (t) => {
  const suffixes = { s: /_s$/, '%': /_percent$/, MB: /_mb$/, '$/req': /_usd_per_request$/ };
  for (const { name, unit } of METRIC_COLUMNS) {
    const suffix = suffixes[unit as keyof typeof suffixes];
    if (suffix) t.match(name, suffix);
    else t.notMatch(name, /_(s|percent|mb)$/);
  }
});

t.test('every parameter is a column, and a scenario adds one', async (t) => {
  const names = runColumns().map(({ name }) => name);
  t.strictSame(
    names.slice(2, 2 + PARAMETER_LIST.length),
    PARAMETER_LIST.map(({ name }) => name),
  );
  t.equal(runColumns(true).length, names.length + 1);
});

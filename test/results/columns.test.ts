import t from 'tap';
import { PARAMETER_LIST, presetParameters, simulate } from '../../core/index.js';
import {
  BENCH_COLUMNS,
  METRIC_COLUMNS,
  parameterColumn,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../../results/columns.js';
import { SCALABILITY_COLUMNS, SOLVE_COLUMNS } from '../../results/scalability.js';

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

t.test('a definition stands by itself, whatever stands above it', async (t) => {
  const all = [METRIC_COLUMNS, TIMING_COLUMNS, BENCH_COLUMNS, SOLVE_COLUMNS, SCALABILITY_COLUMNS].flat();
  for (const { name, doc } of all)
    t.notMatch(doc, /\bthe same\b|^(least|largest|sample standard deviation)$|\bits 95 %/, name);
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
    PARAMETER_LIST.map(({ id }) => parameterColumn(id)),
  );
  t.equal(runColumns(true).length, names.length + 1);
});

t.test('columns of parameters are named as in the tables of the paper, with units', async (t) => {
  t.strictSame(
    (
      [
        'tMax',
        'offloading',
        'migration',
        'workload',
        'duration',
        'popularity',
        'load',
        'arrivalRate',
        'edgeNodes',
        'edgeMemory',
        'edgeEdgeMin',
        'edgeBandwidth',
        'inputSize',
        'penalty',
        'zipfExponent',
        'executionTime',
        'knowledgePriorWeight',
        'formulation',
      ] as const
    ).map(parameterColumn),
    [
      't_max_s',
      'offloading_policy',
      'migration_policy',
      'workload',
      'duration_s',
      'popularity',
      'workload_load',
      'workload_arrival_rate_per_s',
      'nodes_edge',
      'nodes_edge_memory_mb',
      'latency_edge_edge_min_ms',
      'bandwidth_edge_mbps',
      'functions_input_size_b',
      'slo_penalty_usd_per_s',
      'keys_zipf_exponent',
      'functions_execution_time_s',
      'knowledge_prior_weight_requests',
      'placement_formulation',
    ],
  );
});

t.test('names of columns are plain words that every tool can read', async (t) => {
  for (const columns of [runColumns(true), summaryColumns(true), TIMING_COLUMNS])
    for (const { name } of columns) t.match(name, /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
});

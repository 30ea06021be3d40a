/** docs/columns.md, made from the table of columns. */
import {
  BENCH_COLUMNS,
  type Column,
  DERIVED_COLUMNS,
  failureColumns,
  METRIC_COLUMNS,
  PARAMETER_COLUMNS,
  runColumns,
  SUMMARY_METRICS,
  summaryColumns,
  TIMING_COLUMNS,
} from '../results/columns.js';
import { COMPARISON_COLUMNS } from '../results/policy-comparison-table.js';
import { SCALABILITY_COLUMNS, SOLVE_COLUMNS } from '../results/scalability.js';

const cell = (text: string) => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const columnTable = (columns: readonly Column[]): string =>
  table(
    ['column', 'unit', 'meaning'],
    columns.map(({ name, unit, doc }) => [`\`${name}\``, unit, doc]),
  );

const shared = new Set([...PARAMETER_COLUMNS, ...METRIC_COLUMNS].map(({ name }) => name));
/** What a file has beside parameters and metrics. */
const own = (columns: readonly Column[]): readonly Column[] =>
  columns.filter(({ name }) => !shared.has(name));

const summarised = new Set(
  SUMMARY_METRICS.flatMap(({ name }) => [`${name}_mean`, `${name}_sd`, `${name}_half_width`]),
);
const ownOfSummary = own(summaryColumns(true)).filter(({ name }) => !summarised.has(name));
const timingParameters = TIMING_COLUMNS.filter(({ name }) => shared.has(name)).map(
  ({ name }) => `\`${name}\``,
);

export function columnsMarkdown(): string {
  return `# Columns

Made from \`results/columns.ts\` by \`npm run docs\`; a test fails when the two differ.

\`ds2p sweep\` and \`reproduce\` write their CSV files into a folder; \`ds2p run --json\` prints objects with the
columns of runs.csv, and \`ds2p run --json --summary\` one object: \`summary\` with the columns of summary.csv, \`timings\` with
an object a replication and the columns of timings.csv, and \`decision_time\` with what these come to. Names end in their unit, as in the tables of the paper. Files are UTF-8 with a header, RFC 4180
with line feeds. An empty cell is a number that does not exist, such as the median response time of a run in which
nothing completed (\`null\` in JSON); lists are JSON. runs.csv and summary.csv are byte-identical whenever the
configuration is; what depends on the machine stands in timings.csv.

## runs.csv

A row a run, in this order: what it is, its parameters, its metrics. \`scenario\` is there with \`--scenario\` only.

${columnTable(own(runColumns(true)))}

\`replication\` and \`seed\` stand between parameters and metrics.

### Parameters

With \`--set\` and \`--config\` a parameter goes by its dotted name, which [parameters.md](parameters.md) explains.

${table(
  ['column', 'unit', 'parameter'],
  PARAMETER_COLUMNS.map(({ name, unit, parameter }) => [`\`${name}\``, unit, `\`${parameter}\``]),
)}

### Metrics

${columnTable(METRIC_COLUMNS)}

## summary.csv

A row a configuration: the columns of runs.csv before \`replication\`, then \`n\`, and three columns for each metric:

${table(
  ['column', 'unit', 'meaning'],
  [
    ['`<metric>_mean`', 'of the metric', 'mean of the replications in which the metric exists'],
    ['`<metric>_sd`', 'of the metric', 'their sample standard deviation'],
    ['`<metric>_half_width`', 'of the metric', "half of the 95 % interval of the mean, by Student's t"],
  ],
)}

${columnTable(ownOfSummary)}

Metrics that follow from others of a run are in summary.csv only, computed run by run:

${columnTable(DERIVED_COLUMNS)}

## timings.csv

A row a row of runs.csv, with the parameters ${timingParameters.join(', ')}, and:

${columnTable(own(TIMING_COLUMNS))}

## failures.csv

A row a run that failed, with the parameters of runs.csv; there is no such file where none did.

${columnTable(own(failureColumns()).filter(({ name }) => !['experiment', 'preset'].includes(name)))}

## solves.csv and summary.csv of ds2p scalability

Written by \`ds2p scalability\` ([placement.md](placement.md)). solves.csv has a row a solve, times included, so that it depends on the machine:

${columnTable(SOLVE_COLUMNS)}

Its summary.csv has a row a size, source, capacity and series, with the first columns of solves.csv up to \`printed\`, and:

${columnTable(SCALABILITY_COLUMNS.filter(({ name }) => !SOLVE_COLUMNS.slice(0, 8).some((column) => column.name === name)))}

## bench.csv

A row a case of \`npm run bench\` ([performance.md](performance.md)):

${columnTable(BENCH_COLUMNS)}

## comparison.csv

Written by \`ds2p compare\` beside the runs.csv of its replications: a row a scenario, candidate and metric.

${columnTable(COMPARISON_COLUMNS)}
`;
}

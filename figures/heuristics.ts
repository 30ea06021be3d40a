/** All policies of the product in five scenarios: unserved or late requests, with 95 % intervals. */
import { PARAMETERS, type ParameterId } from '../core/index.js';
import { HEURISTIC_SCENARIOS } from '../experiments/heuristics.js';
import { parameterColumn } from '../results/columns.js';
import { DATA_NAME, type Figure, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { POWER_LABEL } from './metrics.js';
import { type FigureRow, replicationsText } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, OKABE_ITO, policyLabel, THEME } from './theme.js';

const METRIC = 'unserved_or_late_percent';

/** Where policies come from, with the looks of their points. */
const ORIGINS: readonly (readonly [origin: string, color: string, shape: string])[] = [
  ['Paper', OKABE_ITO.blue, 'circle'],
  ['Published elsewhere', OKABE_ITO.orange, 'square'],
  ['Ours', OKABE_ITO.vermillion, 'diamond'],
];

const OFFLOADING_ORIGINS: Readonly<Record<string, string>> = {
  skippy: 'Published elsewhere',
  'best-effort': 'Ours',
  'least-late': 'Ours',
};
const MIGRATION_ORIGINS: Readonly<Record<string, string>> = {
  gradient: 'Published elsewhere',
  spring: 'Published elsewhere',
  'ilp-min-access': 'Published elsewhere',
  'nearest-majority': 'Published elsewhere',
  descent: 'Ours',
  joint: 'Ours',
};

const originByLabel = (
  looks: Readonly<Record<string, { label: string }>>,
  origins: Readonly<Record<string, string>>,
) => new Map(Object.keys(looks).map((name) => [policyLabel(looks as never, name), origins[name] ?? 'Paper']));

/** Groups of lines, from top to bottom: what varies, beside which policy of the other kind. */
const GROUPS: readonly {
  readonly title: string;
  readonly varies: 'offloading' | 'migration';
  readonly beside: string;
}[] = [
  { title: 'Offloading, under state-aware migration', varies: 'offloading', beside: 'State-aware' },
  { title: 'Offloading, under joint migration', varies: 'offloading', beside: 'Joint' },
  { title: 'Migration, under slo-aware offloading', varies: 'migration', beside: 'SLO-aware' },
  { title: 'Migration, under least-late offloading', varies: 'migration', beside: 'Least-late' },
];

/** The label of the scenario of a row; undefined where it is none of ours. */
function scenarioOf(row: FigureRow): string | undefined {
  const told = Object.keys(row);
  return HEURISTIC_SCENARIOS.find(({ values }) =>
    (Object.keys(PARAMETERS) as ParameterId[]).every((id) => {
      const wanted = (values as Readonly<Record<string, unknown>>)[PARAMETERS[id].name];
      if (wanted === undefined) return true;
      if (id === 'workload') return row.workload === String(wanted).toUpperCase();
      if (id === 'popularity') return row.popularity === wanted;
      const column = parameterColumn(id);
      return !told.includes(column) || row[column] === wanted;
    }),
  )?.label;
}

function rowsOf(summary: readonly FigureRow[]): readonly FigureRow[] {
  const origins = {
    offloading: originByLabel(OFFLOADING_LOOKS, OFFLOADING_ORIGINS),
    migration: originByLabel(MIGRATION_LOOKS, MIGRATION_ORIGINS),
  };
  return GROUPS.flatMap(({ title, varies, beside }) =>
    summary.flatMap((row) => {
      const other = varies === 'offloading' ? row.migration : row.offloading;
      const scenario = scenarioOf(row);
      if (other !== beside || scenario === undefined) return [];
      const line = row[varies];
      return [{ ...row, scenario, group: title, line, origin: origins[varies].get(String(line)) ?? 'Ours' }];
    }),
  );
}

function panel(rows: readonly FigureRow[], g: number, scenario: string, isFirst: boolean): View {
  const { title, varies } = GROUPS[g];
  const looks = varies === 'offloading' ? OFFLOADING_LOOKS : MIGRATION_LOOKS;
  const present = new Set(rows.filter(({ group }) => group === title).map(({ line }) => line));
  const lines = Object.values(looks)
    .map(({ label }) => label)
    .filter((label) => present.has(label));
  const y = {
    field: 'line',
    type: 'nominal' as const,
    sort: lines,
    title: null,
    axis: { labels: isFirst, ticks: false, domain: false, grid: true },
  };
  const x = (suffix: string) => ({
    field: `${METRIC}_${suffix}`,
    type: 'quantitative' as const,
    scale: { type: 'symlog' as const, constant: 0.1, domain: [0, 100], nice: false },
    axis: { values: [0, 0.1, 1, 10, 100], labelExpr: POWER_LABEL, labelOverlap: false },
    title: g === GROUPS.length - 1 ? 'Unserved or late (%)' : null,
  });
  const scale = { domain: ORIGINS.map(([origin]) => origin) };
  const color = {
    field: 'origin',
    type: 'nominal' as const,
    scale: { ...scale, range: ORIGINS.map(([, color]) => color) },
    title: 'Policy',
  };
  const heading = [...(isFirst ? [title] : []), ...(g === 0 ? [scenario] : [])];
  return {
    // The first panel of a group has the title of the group, the first group the names of scenarios.
    ...(heading.length === 0
      ? {}
      : { title: { text: heading, fontSize: 11, offset: 4, anchor: 'start' as const } }),
    width: 128,
    height: lines.length * 17,
    transform: [
      {
        filter: `datum.group === ${JSON.stringify(title)} && datum.scenario === ${JSON.stringify(scenario)}`,
      },
    ],
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.6 },
        encoding: { y, x: x('lo'), x2: { field: `${METRIC}_hi` }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 48, opacity: 1 },
        encoding: {
          y,
          x: x('mean'),
          color,
          shape: {
            field: 'origin',
            type: 'nominal',
            scale: { ...scale, range: ORIGINS.map(([, , shape]) => shape) },
            title: 'Policy',
          },
        },
      },
    ],
  };
}

function spec(rows: readonly FigureRow[]): TopLevelSpec {
  const scenarios = HEURISTIC_SCENARIOS.map(({ label }) => label);
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'All policies in five scenarios: requests unserved or late',
      subtitle: `${replicationsText(rows)}. Linear up to 0.1 %, logarithmic beyond.`,
    },
    data: { name: DATA_NAME },
    columns: scenarios.length,
    concat: GROUPS.flatMap((_, g) => scenarios.map((scenario, s) => panel(rows, g, scenario, s === 0))),
  };
}

export const heuristics: Figure = {
  name: 'heuristics',
  experiment: 'heuristics',
  rows: ({ summary }) => rowsOf(summary),
  spec,
};

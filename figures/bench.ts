/** The figure of `npm run bench`: CPU time of each case, minimum and median, a panel a group. */
import { cellNumber, readCsv } from '../results/csv.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { distinct, type FigureRow } from './rows.js';
import { OKABE_ITO, THEME } from './theme.js';

const TITLES: Readonly<Record<string, string>> = {
  policies: 'Policies (migration + offloading)',
  scaling: 'Size of the system (greedy + slo-aware)',
  samplers: 'Samplers',
  queue: 'Queue and quantiles',
  reference: 'The reference simulator of the tests',
  workers: 'Worker threads',
};

const MINIMUM = 'minimum';
const MEDIAN = 'median';

/** Rows of bench.csv, each twice: for the minimum and for the median. */
function rows(csv: string): readonly FigureRow[] {
  return readCsv(csv).flatMap((row) =>
    ([MINIMUM, MEDIAN] as const).map(
      (statistic): FigureRow => ({
        group: row.group!,
        case: row.case!,
        operation: row.operation!,
        statistic,
        ns: cellNumber(row[statistic === MINIMUM ? 'least_ns' : 'median_ns']!),
        least_ns: cellNumber(row.least_ns!),
        median_ns: cellNumber(row.median_ns!),
      }),
    ),
  );
}

function panel(group: string, rows: readonly FigureRow[]): View {
  const own = rows.filter((row) => row.group === group);
  const operations = distinct(own, 'operation').join(' or ');
  const isWide =
    Math.max(...own.map(({ ns }) => Number(ns))) > 20 * Math.min(...own.map(({ ns }) => Number(ns)));
  const x = {
    type: 'quantitative' as const,
    scale: isWide ? { type: 'log' as const, nice: true } : { zero: true, nice: true },
    title: `ns of CPU per ${operations}`,
  };
  const y = { field: 'case', type: 'nominal' as const, sort: null, title: null };
  return {
    title: TITLES[group] ?? group,
    width: 330,
    height: { step: 15 },
    transform: [{ filter: `datum.group === ${JSON.stringify(group)}` }],
    layer: [
      {
        transform: [{ filter: `datum.statistic === ${JSON.stringify(MINIMUM)}` }],
        mark: { type: 'rule', color: '#999999' },
        encoding: { x: { ...x, field: 'least_ns' }, x2: { field: 'median_ns' }, y },
      },
      {
        mark: { type: 'point', filled: true, size: 45, opacity: 1 },
        encoding: {
          x: { ...x, field: 'ns' },
          y,
          color: {
            field: 'statistic',
            type: 'nominal',
            title: 'Of the repetitions',
            scale: { domain: [MINIMUM, MEDIAN], range: [OKABE_ITO.blue, OKABE_ITO.orange] },
          },
        },
      },
    ],
  };
}

export const benchFigure = {
  name: 'bench',
  rows,
  spec: (rows: readonly FigureRow[]): TopLevelSpec => ({
    $schema: SCHEMA,
    config: THEME,
    title: { text: 'What a request costs' },
    data: { name: DATA_NAME },
    columns: 2,
    concat: distinct(rows, 'group').map((group) => panel(String(group), rows)),
  }),
};

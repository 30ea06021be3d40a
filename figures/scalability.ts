/** Fig. 4 and beyond: time of one placement problem against nodes and functions, a line a formulation and solver. */

import {
  type ScalabilityManifestFacts,
  solvesCommand,
} from '../experiments/harness/placement/scalability-command.js';
import { counted } from '../experiments/harness/words.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec, type View } from './figure.js';
import { POWER_LABEL } from './metrics.js';
import { paperLimits } from './paper-limits.js';
import { gapText, PAPER_LIMITS, sizeText, statusText, timeText } from './placement-times.js';
import { distinct, type FigureRow } from './rows.js';
import { OKABE_ITO, THEME } from './theme.js';

type CsvRow = Readonly<Record<string, string>>;

const PANELS = [
  { name: 'nodes', title: 'Compute nodes, at 30 functions' },
  { name: 'functions', title: 'Functions, at 10 compute nodes' },
  { name: 'both', title: 'Compute nodes = functions' },
] as const;
/** Marks of what was not tried stand this factor above the limit, and above each other, so that none hides another. */
const ABOVE_LIMIT = 2;

/** A row of panels each. */
const SOURCES = [
  { source: 'simulated', title: 'Decisions of simulated systems' },
  { source: 'generated', title: 'Generated problems' },
] as const;
type PanelName = (typeof PANELS)[number]['name'];

/** The panels in which a size stands, and its place on their axes. */
function placesOf(nodes: number, functions: number): readonly (readonly [PanelName, number])[] {
  return [
    ...(functions === 30 ? [['nodes', nodes] as const] : []),
    ...(nodes === 10 ? [['functions', functions] as const] : []),
    ...(nodes === functions ? [['both', nodes] as const] : []),
  ];
}

const label = ({ formulation, solver, printed }: CsvRow): string =>
  `${formulation}, ${solver}${printed === 'true' ? ', printed in full' : ''}`;

/**
 * A row of summary.csv to rows of the figure. `kind` is solved; timeout, where half of the problems or more ran into a
 * limit, so that the median is a lower bound; or skipped, which is drawn above the limit, a line a series. The paper's figures are rows of kind paper.
 * @param manifest manifest.json of the folder, for the commands.
 */
export function scalabilityRows(
  summary: readonly CsvRow[],
  manifest: ScalabilityManifestFacts = {},
): readonly FigureRow[] {
  const skipping = [...new Set(summary.filter(({ n }) => Number(n) === 0).map(label))];
  const rows = summary.flatMap((row): readonly FigureRow[] => {
    const number = (name: string) => Number(row[name]);
    const stopped = number('timeouts') + number('stopped') + number('failed');
    const tried = number('n');
    const limit = number('time_limit_s');
    const kind = tried === 0 ? 'skipped' : 2 * stopped >= tried ? 'timeout' : 'solved';
    const median = row.solve_time_median_ms === '' ? limit : number('solve_time_median_ms') / 1000;
    const common = {
      source: row.source ?? '',
      series: label(row),
      kind,
      n: tried,
      limit_s: limit,
      time_s: kind === 'skipped' ? limit * ABOVE_LIMIT ** (1 + skipping.indexOf(label(row))) : median,
      time_lo_s: row.solve_time_min_ms === '' ? null : number('solve_time_min_ms') / 1000,
      time_hi_s: row.solve_time_max_ms === '' ? null : number('solve_time_max_ms') / 1000,
      text: null,
      time_s_text: timeText(row, kind, median),
      size: `${sizeText(number('nodes'), number('functions'))}, ${counted(number('keys'), 'key')}`,
      capacity: row.capacity ?? null,
      status: statusText(row),
      gap: gapText(row),
      command: solvesCommand(row, manifest),
    };
    return placesOf(number('nodes'), number('functions')).map(([panel, x]) => ({ panel, x, ...common }));
  });
  const paper = SOURCES.flatMap(({ source }) =>
    PAPER_LIMITS.flatMap(({ nodes, seconds }) =>
      (['nodes', 'functions'] as const)
        .filter((panel) => panel === 'nodes' || nodes === 10)
        .filter((panel) => rows.some((row) => row.source === source && row.panel === panel))
        .map((panel) => ({
          source,
          panel,
          x: panel === 'nodes' ? nodes : null,
          series: null,
          kind: 'paper',
          n: null,
          limit_s: seconds,
          time_s: seconds,
          time_lo_s: null,
          time_hi_s: null,
          text: `paper: < ${seconds} s`,
          time_s_text: `less than ${seconds}`,
          size: counted(nodes, 'node'),
          capacity: null,
          status: null,
          gap: null,
          command: null,
        })),
    ),
  );
  return [...rows, ...paper];
}

const POWERS = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];
const TICKS = [5, 10, 20, 35, 50, 100, 200, 500];
const COLORS = [
  OKABE_ITO.blue,
  OKABE_ITO.vermillion,
  OKABE_ITO.green,
  OKABE_ITO.purple,
  OKABE_ITO.orange,
  OKABE_ITO.skyBlue,
  OKABE_ITO.black,
];
const WIDTH = 250;
/** Series are told apart without their colours, too. */
const SHAPES = ['circle', 'square', 'diamond', 'triangle-right', 'cross', 'triangle-left', 'wedge'];
const DASHES = [
  [1, 0],
  [6, 3],
  [2, 3],
  [8, 2, 2, 2],
  [4, 4],
  [10, 4],
  [1, 1],
];

function panel(
  { name, title }: { readonly name: PanelName; readonly title: string },
  source: string,
  rows: readonly FigureRow[],
  names: readonly string[],
): View {
  const own = rows.filter((row) => row.panel === name);
  const xs = own.map(({ x }) => x).filter((x): x is number => typeof x === 'number');
  const times = rows.flatMap(({ time_s, time_lo_s, time_hi_s }) =>
    [time_s, time_lo_s, time_hi_s].map(Number),
  );
  const positive = times.filter((time) => time > 0);
  const [least, most] = [Math.min(...positive) / 1.5, Math.max(...positive) * 2.5];
  const [low, high] = [Math.min(...xs) / 1.25, Math.max(...xs) * 1.25];
  const x = {
    field: 'x',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, nice: false, domain: [low, high] },
    axis: { values: TICKS.filter((tick) => tick >= low && tick <= high), format: 'd' },
    title,
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { type: 'log' as const, nice: false, domain: [least, most] },
    axis: { values: POWERS.filter((power) => power >= least && power <= most), labelExpr: POWER_LABEL },
    title: 'Time of one placement problem (s)',
  });
  const bySeries = (range: readonly unknown[]) => ({
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: [...names], range: range.slice(0, names.length) },
    title: null,
    legend: { orient: 'bottom' as const, columns: 3 },
  });
  const color = bySeries(COLORS);
  const shape = bySeries(SHAPES);
  // Not a channel, since a legend of it would tear the outlines of symbols.
  const strokeDash = { expr: `${JSON.stringify(DASHES)}[indexof(${JSON.stringify(names)}, datum.series)]` };
  const overNodes = name === 'nodes';
  // What was not tried stands above the limit, and words about the paper where that is not.
  const limit = Math.max(
    ...rows.filter(({ kind }) => kind !== 'paper').map(({ limit_s }) => Number(limit_s)),
  );
  const words = overNodes
    ? { align: 'center', dy: { expr: `datum.time_s < ${limit} ? -10 : 12` } }
    : { align: 'right', x: 'width', dx: -6, dy: -8 };
  return {
    width: WIDTH,
    height: 240,
    transform: [{ filter: `datum.panel === '${name}' && datum.source === '${source}'` }],
    layer: [
      {
        transform: [{ filter: "datum.kind === 'solved' || datum.kind === 'timeout'" }],
        mark: { type: 'line', strokeWidth: 1.5, strokeDash },
        encoding: { x, y: y('time_s'), color },
      },
      {
        transform: [{ filter: "datum.kind === 'solved' || datum.kind === 'timeout'" }],
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: { x, y: y('time_lo_s'), y2: { field: 'time_hi_s' }, color },
      },
      {
        transform: [{ filter: "datum.kind === 'solved'" }],
        mark: { type: 'point', filled: true, size: 36, opacity: 1 },
        encoding: { x, y: y('time_s'), color, shape },
      },
      {
        transform: [{ filter: "datum.kind === 'timeout' || datum.kind === 'skipped'" }],
        mark: { type: 'point', filled: false, fill: 'white', size: 56, opacity: 1, strokeWidth: 1.5 },
        encoding: { x, y: y('time_s'), color, shape },
      },
      {
        // A timeout is at least as long as shown.
        transform: [{ filter: "datum.kind === 'timeout'" }],
        mark: { type: 'text', text: '↑', dx: 10, fontSize: 14, fontWeight: 'bold' },
        encoding: { x, y: y('time_s'), color },
      },
      ...(name === 'both'
        ? []
        : paperLimits("datum.kind === 'paper'", overNodes ? x : undefined, y('time_s'), words)),
    ],
  };
}

/** What a point stands for, by the most problems of one. */
const solvedText = (most: number): string =>
  most <= 1
    ? 'Times of one problem each'
    : `Medians of up to ${counted(most, 'problem')}, bars from the fastest to the slowest`;

/** The spec for the sizes and series that occur in `rows`; panels without a size are left out. */
export function scalabilitySpec(rows: readonly FigureRow[]): TopLevelSpec {
  const ours = rows.filter(({ kind }) => kind !== 'paper');
  const names = distinct(ours, 'series').map(String);
  const counts = distinct(ours, 'n').map(Number);
  const sources = SOURCES.filter(({ source }) => ours.some((row) => row.source === source));
  const shown = PANELS.filter(({ name }) => ours.some((row) => row.panel === name));
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Time of one placement problem: Fig. 4 of the paper and beyond',
      subtitle: [
        `${solvedText(Math.max(...counts))}. Hollow with an arrow: stopped at the limit;`,
        'hollow above it: not tried, since the series timed out when smaller or does not fit into memory. The paper used CPLEX on another machine.',
      ],
    },
    data: { name: DATA_NAME },
    vconcat: sources.map(({ source, title }) => ({
      title: { text: title, fontSize: 12 },
      hconcat: shown.map((each) => panel(each, source, rows, names)),
    })),
    resolve: { scale: { color: 'shared' } },
  };
}

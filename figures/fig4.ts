/** Fig. 4: time of a state-aware decision against the numbers of nodes and of functions. */
import { counted } from '../experiments/harness/words.js';
import type { DecisionTime } from '../results/decision-times.js';
import { DATA_NAME, type Figure, SCHEMA, type View } from './figure.js';
import { POWER_LABEL } from './metrics.js';
import { shortNumber } from './number-text.js';
import { PAPER_LIMITS, sizeText } from './placement-times.js';
import { distinct, type FigureRow, type FolderData, replicationsText } from './rows.js';
import { OKABE_ITO, SHAPE_AND_DASH_LEGEND, THEME } from './theme.js';

const FORMULATIONS: Readonly<Record<string, string>> = { sound: 'Sound', 'as-written': 'As written' };

/** The value of `key` for which most different values of `other` were measured; the smaller one of equals. */
function mostVaried(
  decisions: readonly DecisionTime[],
  key: 'nodes' | 'functions',
  other: 'nodes' | 'functions',
): number {
  const seen = new Map<number, Set<number>>();
  for (const row of decisions) seen.set(row[key], (seen.get(row[key]) ?? new Set()).add(row[other]));
  const ranked = [...seen].sort(([a, x], [b, y]) => y.size - x.size || a - b);
  return ranked[0]?.[0] ?? Number.NaN;
}

/** The row of the summary that holds the runs of a point; an empty one where there is none. */
const summaryOf = (
  summary: readonly FigureRow[],
  { preset, formulation, nodes, functions }: DecisionTime,
): FigureRow =>
  summary.find(
    (each) =>
      each.preset === preset &&
      each.nodes === nodes &&
      each.functions_count === functions &&
      (each.placement_formulation ?? formulation) === formulation,
  ) ?? {};

/** What a summary says of the requests of a point. */
const REQUESTS = ['rejected_mean', 'rejected_percent_mean', 'rejected_percent_half_width'];

/** Rows of the panel over nodes, of the panel over functions, and the paper's limits. */
function rows({ decisions, summary }: FolderData): readonly FigureRow[] {
  if (decisions.length === 0) return [];
  const means = decisions.map(({ mean }) => mean.mean);
  // A logarithmic axis has no zero: an interval that reaches it is drawn to half of the smallest mean.
  const bottom = Math.min(...means) / 2;
  const row = (panel: string, decision: DecisionTime): FigureRow => {
    const { preset, formulation, nodes, functions, mean, longest } = decision;
    const own = summaryOf(summary, decision);
    return {
      panel,
      source: 'ours',
      preset,
      placement_formulation: formulation,
      formulation: FORMULATIONS[formulation] ?? formulation,
      nodes,
      functions,
      functions_label: String(functions),
      size: sizeText(nodes, functions),
      n: mean.n,
      decision_time_s: mean.mean,
      decision_time_s_half_width: Number.isNaN(mean.halfWidth) ? null : mean.halfWidth,
      decision_time_lo_s: Number.isNaN(mean.halfWidth) ? null : Math.max(bottom, mean.mean - mean.halfWidth),
      decision_time_hi_s: Number.isNaN(mean.halfWidth) ? null : mean.mean + mean.halfWidth,
      longest_s: longest,
      longest: `${shortNumber(longest)} s`,
      ...Object.fromEntries(REQUESTS.map((column) => [column, own[column] ?? null])),
      command: own.command ?? null,
    };
  };
  const base = mostVaried(decisions, 'nodes', 'functions');
  const alongNodes = decisions.filter(
    ({ functions }) =>
      new Set(decisions.filter((d) => d.functions === functions).map((d) => d.nodes)).size > 1,
  );
  const alongFunctions = decisions.filter(({ nodes }) => nodes === base);
  return [
    ...alongNodes.map((decision) => row('nodes', decision)),
    ...alongFunctions.map((decision) => row('functions', decision)),
    ...PAPER_LIMITS.map(({ nodes, seconds }) => ({
      panel: 'nodes',
      source: 'paper',
      nodes,
      size: counted(nodes, 'node'),
      limit_s: seconds,
      limit_s_text: `less than ${seconds}`,
      text: `paper: < ${seconds} s`,
    })),
    ...PAPER_LIMITS.filter(({ nodes }) => nodes === base).map(({ seconds }) => ({
      panel: 'functions',
      source: 'paper',
      size: counted(base, 'node'),
      limit_s: seconds,
      limit_s_text: `less than ${seconds}`,
      text: `paper: < ${seconds} s`,
    })),
  ];
}

/** Ticks of the axis of seconds; labels of others would be rounded to these. */
const POWERS = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10];

const seconds = (field: string, least: number) => ({
  field,
  type: 'quantitative' as const,
  scale: { type: 'log' as const, nice: false, domain: [least, 40] },
  axis: { values: [...POWERS.filter((power) => power >= least)], labelExpr: POWER_LABEL },
  title: 'Time of a state-aware decision (s)',
});

interface Panel {
  readonly name: 'nodes' | 'functions';
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly values: readonly number[];
}

/** Means with intervals, the longest decision as a short bar, and the paper's limit as a hollow triangle or a line. */
function panel(
  { name, title, domain, values }: Panel,
  counts: readonly string[],
  names: readonly string[],
  least: number,
): View {
  const x = {
    field: name,
    type: 'quantitative' as const,
    scale: { domain: [...domain], nice: false },
    axis: { values: [...values] },
    title,
  };
  const color = {
    field: 'formulation',
    type: 'nominal' as const,
    scale: { domain: [...names], range: [OKABE_ITO.blue, OKABE_ITO.vermillion, OKABE_ITO.green] },
    title: 'Formulation',
  };
  const overNodes = name === 'nodes';
  const byCount = {
    field: 'functions_label',
    type: 'nominal' as const,
    title: 'Functions',
    legend: SHAPE_AND_DASH_LEGEND,
  };
  const dashes = [
    [1, 0],
    [6, 3],
    [2, 3],
  ].slice(0, counts.length);
  const shapes = ['circle', 'square', 'diamond'].slice(0, counts.length);
  const strokeDash = overNodes
    ? { strokeDash: { ...byCount, scale: { domain: [...counts], range: dashes } } }
    : {};
  const shape = overNodes ? { shape: { ...byCount, scale: { domain: [...counts], range: shapes } } } : {};
  const ours = { filter: "datum.source === 'ours'" };
  return {
    width: 290,
    height: 230,
    transform: [{ filter: `datum.panel === '${name}'` }],
    layer: [
      {
        transform: [ours],
        mark: { type: 'line', strokeWidth: 1.5 },
        encoding: { x, y: seconds('decision_time_s', least), color, ...strokeDash },
      },
      {
        transform: [ours],
        mark: { type: 'rule', strokeWidth: 1.2 },
        encoding: { x, y: seconds('decision_time_lo_s', least), y2: { field: 'decision_time_hi_s' }, color },
      },
      {
        transform: [ours],
        mark: { type: 'tick', orient: 'horizontal', size: 9, thickness: 1.4, opacity: 1 },
        encoding: { x, y: seconds('longest_s', least), color },
      },
      {
        transform: [ours],
        mark: { type: 'point', filled: true, size: 44, opacity: 1 },
        encoding: { x, y: seconds('decision_time_s', least), color, ...shape },
      },
      {
        transform: [{ filter: "datum.source === 'paper'" }],
        mark: overNodes
          ? {
              type: 'point',
              shape: 'triangle-down',
              size: 70,
              opacity: 1,
              color: OKABE_ITO.black,
              strokeWidth: 1.3,
            }
          : { type: 'rule', strokeDash: [4, 3], color: OKABE_ITO.black },
        encoding: { ...(overNodes ? { x } : {}), y: seconds('limit_s', least) },
      },
      {
        transform: [{ filter: "datum.source === 'paper'" }],
        mark: {
          type: 'text',
          dy: -10,
          fontSize: 10,
          ...(overNodes ? { align: 'center' } : { align: 'left', x: 8 }),
        },
        encoding: { ...(overNodes ? { x } : {}), y: seconds('limit_s', least), text: { field: 'text' } },
      },
    ],
  };
}

export const fig4: Figure = {
  name: 'fig4',
  experiment: 'fig4',
  rows,
  spec(rows) {
    const ours = rows.filter(({ source }) => source === 'ours');
    const along = (name: string) => ours.filter((row) => row.panel === name);
    const counts = distinct(along('nodes'), 'functions_label').map(String);
    const names = distinct(ours, 'formulation').map(String);
    const base = distinct(along('functions'), 'nodes')[0];
    const means = distinct(ours, 'decision_time_s').map(Number);
    // The axis starts at the power of ten below all points.
    const least = 10 ** Math.floor(Math.log10(Math.min(...means) / 1.1));
    return {
      $schema: SCHEMA,
      config: THEME,
      title: {
        text: 'Time of a state-aware decision (Fig. 4 of the paper)',
        subtitle: `${replicationsText(ours)}; short bars: the longest decision. The paper used CPLEX on another machine.`,
      },
      data: { name: DATA_NAME },
      hconcat: [
        panel(
          { name: 'nodes', title: 'Compute nodes', domain: [5, 40], values: [10, 15, 20, 25, 30, 35] },
          counts,
          names,
          least,
        ),
        panel(
          {
            name: 'functions',
            title: `Functions, at ${base} nodes`,
            domain: [1, 34],
            values: [5, 10, 15, 20, 25, 30],
          },
          counts,
          names,
          least,
        ),
      ],
      resolve: { scale: { y: 'shared' } },
    };
  },
};

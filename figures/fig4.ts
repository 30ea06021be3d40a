/** Fig. 4: time of a state-aware decision against the numbers of nodes and of functions. */
import { bottomOf, fig4Rows } from './fig4-rows.js';
import { DATA_NAME, type Figure, SCHEMA, type View } from './figure.js';
import { POWER_LABEL } from './metrics.js';
import { shortNumber } from './number-text.js';
import { paperLimits } from './paper-limits.js';
import { distinct, type FigureRow, replicationsText } from './rows.js';
import { OKABE_ITO, SHAPE_AND_DASH_LEGEND, THEME } from './theme.js';

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

/** Pixels between neighbouring series at one size. */
const DODGE = 6;

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
  // Those at one size stand side by side, each on its interval and below its longest decision.
  const places = overNodes ? counts.length * names.length : names.length;
  const byName = `indexof(${JSON.stringify(names)}, datum.formulation)`;
  const place = overNodes
    ? `${names.length} * indexof(${JSON.stringify(counts)}, datum.functions_label) + ${byName}`
    : byName;
  const xOffset = { expr: `${DODGE} * (${place} - ${(places - 1) / 2})` };
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
        mark: { type: 'line', strokeWidth: 1.5, xOffset },
        encoding: { x, y: seconds('decision_time_s', least), color, ...strokeDash },
      },
      {
        transform: [ours],
        mark: { type: 'rule', strokeWidth: 1.2, xOffset },
        encoding: { x, y: seconds('decision_time_lo_s', least), y2: { field: 'decision_time_hi_s' }, color },
      },
      {
        transform: [ours],
        mark: { type: 'tick', orient: 'horizontal', size: DODGE, thickness: 1.6, opacity: 1, xOffset },
        encoding: { x, y: seconds('longest_s', least), color },
      },
      {
        transform: [ours],
        mark: { type: 'point', filled: true, size: 36, opacity: 1, xOffset },
        encoding: { x, y: seconds('decision_time_s', least), color, ...shape },
      },
      ...paperLimits("datum.source === 'paper'", overNodes ? x : undefined, seconds('limit_s', least), {
        dy: -10,
        ...(overNodes ? { align: 'center' } : { align: 'left', x: 8 }),
      }),
    ],
  };
}

/** What a reader has to know of intervals that are not drawn whole. */
function cutText(ours: readonly FigureRow[]): string {
  const bottom = bottomOf(distinct(ours, 'decision_time_s').map(Number));
  const isCut = ({ decision_time_s: mean, decision_time_s_half_width: halfWidth }: FigureRow) =>
    typeof halfWidth === 'number' && Number(mean) - halfWidth < bottom;
  const where = `${shortNumber(1000 * bottom)} ms`;
  return ours.some(isCut)
    ? ` Intervals that reach below ${where} are cut there, since a logarithmic axis has no zero.`
    : '';
}

export const fig4: Figure = {
  name: 'fig4',
  experiment: 'fig4',
  rows: fig4Rows,
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
        subtitle: [
          `${replicationsText(ours)}; short bars: the longest decision. The paper used CPLEX on another machine.`,
          `Points at one value stand side by side.${cutText(ours)}`,
        ],
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

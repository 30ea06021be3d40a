/** How all figures look: colours, shapes, names of policies, fonts and sizes fit for a paper. */
import type { TopLevelSpec } from 'vega-lite';

export const FONT_FAMILY = 'Arimo';
export const FONT_STACK = `${FONT_FAMILY}, "Liberation Sans", Arial, Helvetica, sans-serif`;

/**
 * The eight colours of Okabe and Ito, "Color Universal Design" (2008), which people with any common colour
 * vision deficiency tell apart. Yellow is left out, since thin yellow lines vanish on white paper.
 */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#E69F00',
  skyBlue: '#56B4E9',
  green: '#009E73',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

interface PolicyLook {
  readonly label: string;
  readonly color?: string;
  readonly shape: string;
  readonly dash?: readonly number[];
}

/** Offloading policies in the order of Table 3; colour and shape are the same in every figure. */
export const OFFLOADING_LOOKS: Readonly<Record<string, PolicyLook>> = {
  'greedy-local': { label: 'Greedy-local', color: OKABE_ITO.vermillion, shape: 'triangle-up' },
  'greedy-data': { label: 'Greedy-data', color: OKABE_ITO.green, shape: 'square' },
  'slo-aware': { label: 'SLO-aware', color: OKABE_ITO.blue, shape: 'circle' },
  'random-stateful': { label: 'Random-stateful', color: OKABE_ITO.purple, shape: 'diamond' },
  skippy: { label: 'Skippy', color: OKABE_ITO.orange, shape: 'triangle-down' },
  'best-effort': { label: 'Best-effort', color: OKABE_ITO.skyBlue, shape: 'triangle-right' },
  'least-late': { label: 'Least-late', color: OKABE_ITO.black, shape: 'cross' },
};

/** Migration policies in the order of Table 3; where they are series, shape and dash tell them apart. */
export const MIGRATION_LOOKS: Readonly<Record<string, PolicyLook>> = {
  none: { label: 'No migration', shape: 'circle', dash: [2, 3] },
  random: { label: 'Random', shape: 'cross', dash: [1, 1] },
  greedy: { label: 'Greedy', shape: 'square', dash: [7, 3] },
  'state-aware': { label: 'State-aware', shape: 'triangle-up', dash: [1, 0] },
  gradient: { label: 'Gradient', shape: 'triangle-down', dash: [8, 2, 2, 2] },
  spring: { label: 'Spring', shape: 'triangle-right', dash: [4, 4] },
  'ilp-min-access': { label: 'ILP-min-access', shape: 'triangle-left', dash: [10, 4] },
  'nearest-majority': { label: 'Nearest-majority', shape: 'diamond', dash: [6, 2, 1, 2] },
  descent: { label: 'Descent', shape: 'arrow', dash: [12, 3] },
  joint: { label: 'Joint', shape: 'wedge', dash: [2, 2] },
};

/** The label of a policy; one that is not known here keeps its name, a file that of the file without its folder. */
export function policyLabel(looks: Readonly<Record<string, PolicyLook>>, name: string): string {
  return looks[name]?.label ?? name.replace(/^.*[/\\]/, '').replace(/\.[cm]?[jt]s(?=:|$)/, '');
}

/** What tells series apart; all lists have one entry a label. */
export interface Series {
  readonly labels: string[];
  readonly colors: string[];
  readonly shapes: string[];
  readonly dashes: number[][];
}

const SPARE = {
  colors: [OKABE_ITO.skyBlue, OKABE_ITO.orange, OKABE_ITO.black],
  shapes: ['triangle-down', 'triangle-right', 'triangle-left', 'arrow'],
  dashes: [
    [8, 2, 2, 2],
    [4, 4],
    [10, 4],
  ],
};

/**
 * The looks of the labels that occur in `present`: known policies first, in the order of Table 3; others
 * after them, as met, with looks that no known policy has.
 */
export function seriesOf(
  looks: Readonly<Record<string, PolicyLook>>,
  present: readonly (string | number | null)[],
): Series {
  const known = Object.values(looks).filter(({ label }) => present.includes(label));
  const others = [...new Set(present)]
    .filter((label) => label !== null && !known.some((look) => look.label === label))
    .map(String);
  const spare = <T>(list: readonly T[], i: number): T => list[i % list.length]!;
  return {
    labels: [...known.map(({ label }) => label), ...others],
    colors: [
      ...known.map(({ color }) => color ?? OKABE_ITO.black),
      ...others.map((_, i) => spare<string>(SPARE.colors, i)),
    ],
    shapes: [...known.map(({ shape }) => shape), ...others.map((_, i) => spare(SPARE.shapes, i))],
    dashes: [
      ...known.map(({ dash }) => [...(dash ?? [1, 0])]),
      ...others.map((_, i) => spare(SPARE.dashes, i)),
    ],
  };
}

/** Of what is told apart by shape and dash, in one legend: dashes need an outline to be seen on. */
export const SHAPE_AND_DASH_LEGEND = {
  symbolSize: 220,
  symbolFillColor: 'white',
  symbolStrokeColor: OKABE_ITO.black,
} as const;

/** Behind a text, so that lines end before it. */
export const HALO = { color: 'white', stroke: 'white', strokeWidth: 4, strokeJoin: 'round' } as const;

const INK = '#222222';
const FAINT = '#DDDDDD';

/** Config of every spec. Sizes are those of a figure that is printed as wide as drawn. */
export const THEME: NonNullable<TopLevelSpec['config']> = {
  background: 'white',
  font: FONT_STACK,
  padding: 8,
  view: { stroke: '#AAAAAA', strokeWidth: 0.75 },
  title: {
    anchor: 'start',
    color: INK,
    fontSize: 13,
    fontWeight: 'bold',
    subtitleColor: '#444444',
    subtitleFontSize: 11,
    subtitlePadding: 4,
    offset: 10,
  },
  axis: {
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 10,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    titlePadding: 6,
    gridColor: FAINT,
    gridWidth: 0.6,
    domainColor: '#888888',
    tickColor: '#888888',
    tickSize: 4,
    labelLimit: 400,
    titleLimit: 600,
    labelFlush: false,
    labelOverlap: 'greedy',
    labelSeparation: 3,
  },
  axisY: { labelPadding: 6 },
  legend: {
    orient: 'bottom',
    direction: 'horizontal',
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'bold',
    titleOrient: 'left',
    symbolSize: 60,
    symbolStrokeWidth: 1.5,
    columnPadding: 16,
    labelLimit: 400,
    titleLimit: 400,
    offset: 12,
    // Vega knows this property; the types of Vega-Lite do not.
    layout: { bottom: { anchor: 'start', direction: 'horizontal', margin: 40 } } as never,
  },
  header: { labelFontSize: 11, labelFontWeight: 'bold', labelColor: INK, title: null, labelPadding: 5 },
  concat: { spacing: 18 },
  facet: { spacing: 20 },
};

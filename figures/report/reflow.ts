/** Panels of a figure with one view, as many side by side as fit into a page: a file has them as they were made. */
import type { TopLevelSpec } from '../figure.js';

/** A view, as far as its place among others goes. */
export interface Panel {
  readonly width?: number;
  readonly height?: number | { readonly step?: number };
  readonly title?: unknown;
  readonly encoding?: Readonly<Record<string, Channel>>;
  readonly layer?: readonly Panel[];
  readonly concat?: readonly Panel[];
  readonly hconcat?: readonly Panel[];
  readonly vconcat?: readonly Panel[];
  readonly columns?: number;
  readonly facet?: Channel;
  readonly spec?: Panel;
}

interface Channel {
  readonly type?: string;
  readonly sort?: unknown;
  readonly title?: unknown;
  readonly axis?: Readonly<Record<string, unknown>> | null;
}

/** Pixels of a character of a label, and beside labels of categories. */
const LABEL = { character: 5.8, beside: 14 };
/** Pixels left of a panel whose vertical axis has numbers and a title, and between panels. */
const NUMBERS_AXIS = 62;
const GAP = 22;
/** A panel is at least as wide as this, or as in its file, and at most as this where it is not beside as many. */
const LEAST_WIDTH = 200;
const MOST_WIDTH = 340;

/** The vertical channel of a panel: that of its first layer which has one. */
function verticalOf(panel: Panel): Channel | undefined {
  return panel.encoding?.y ?? (panel.layer ?? []).map(verticalOf).find((channel) => channel !== undefined);
}

/** The names of the lines of a panel; none where its vertical axis has numbers. */
function namesOf(panel: Panel): readonly string[] {
  const { type, sort } = verticalOf(panel) ?? {};
  return type === 'nominal' && Array.isArray(sort) ? sort.map(String) : [];
}

/** The panel with each channel `name` as `change` makes it. */
function withChannel(panel: Panel, name: string, change: (channel: Channel) => Channel): Panel {
  const channel = panel.encoding?.[name];
  return {
    ...panel,
    ...(channel === undefined ? {} : { encoding: { ...panel.encoding, [name]: change(channel) } }),
    ...(panel.layer === undefined
      ? {}
      : { layer: panel.layer.map((layer) => withChannel(layer, name, change)) }),
  };
}

/** The title of the horizontal axis of a panel. */
function axisTitle(panel: Panel): unknown {
  return panel.encoding?.x?.title ?? (panel.layer ?? []).map(axisTitle).find((title) => title != null);
}

/** Pixels that the names of its lines take left of a panel; 0 where its vertical axis has numbers. */
function namesWidth(panel: Panel): number {
  const longest = Math.max(0, ...namesOf(panel).map(({ length }) => length));
  return longest === 0 ? 0 : longest * LABEL.character + LABEL.beside;
}

/** Pixels left of the first panel of a figure. */
export function besideFigure(view: Panel): number {
  const inner = view.spec ?? view.concat?.[0] ?? view.hconcat?.[0] ?? view.vconcat?.[0];
  return inner === undefined ? Math.max(NUMBERS_AXIS, namesWidth(view)) : besideFigure(inner);
}

export interface Grid {
  readonly columns: number;
  /** Pixels of a panel. */
  readonly panelWidth: number;
}

/** As many of `count` panels side by side in `width` pixels as fit; `panel` is one of them. */
export function gridFor(panel: Panel, count: number, width: number): Grid {
  const own = panel.width ?? LEAST_WIDTH;
  const least = Math.min(own, LEAST_WIDTH);
  const beside = namesWidth(panel);
  const each = GAP + (beside > 0 ? 0 : NUMBERS_AXIS);
  for (let columns = count; ; columns--) {
    const room = Math.floor((width - beside) / columns - each);
    const most = columns === count ? own : Math.max(own, MOST_WIDTH);
    if (room >= least || columns === 1) return { columns, panelWidth: Math.max(80, Math.min(most, room)) };
  }
}

/** Panels that begin with one that has a title belong together, if not all have one. */
function groupsOf(panels: readonly Panel[]): readonly (readonly Panel[])[] {
  const isBegin = ({ title }: Panel) => title !== undefined;
  if (panels.every(isBegin) || !panels.some(isBegin)) return [panels];
  const groups: Panel[][] = [];
  for (const panel of panels) {
    if (isBegin(panel) || groups.length === 0) groups.push([]);
    groups.at(-1)!.push(panel);
  }
  return groups;
}

/** Panels of a row of `before` each in rows of `grid.columns` each; what only one of a row or column told, each tells. */
function inRows(panels: readonly Panel[], before: number, { columns, panelWidth }: Grid): readonly Panel[] {
  const titles = panels.slice(-before).map(axisTitle);
  return panels.map((panel, i) => {
    const narrow = { ...panel, width: panelWidth };
    if (columns === before) return narrow;
    const titled = withChannel(narrow, 'x', (x) =>
      x.title === null ? { ...x, title: titles[i % before] } : x,
    );
    const isFirst = (i % before) % columns === 0;
    return withChannel(titled, 'y', (y) =>
      y.axis?.labels === undefined ? y : { ...y, axis: { ...y.axis, labels: isFirst } },
    );
  });
}

function reflowedPanel(view: Panel, width: number): Panel {
  const { concat, hconcat, vconcat, columns = 1, facet, spec, ...rest } = view;
  if (vconcat !== undefined) return { ...view, vconcat: vconcat.map((each) => reflowedPanel(each, width)) };
  if (facet !== undefined && spec !== undefined) {
    const grid = gridFor(spec, columns, width);
    return { ...view, columns: grid.columns, spec: { ...spec, width: grid.panelWidth } };
  }
  const panels = concat ?? hconcat;
  if (panels === undefined || panels.length === 0) return view;
  const before = hconcat === undefined ? Math.min(columns, panels.length) : panels.length;
  const grid = gridFor(panels[0]!, before, width);
  const placed = inRows(panels, before, grid);
  const groups = groupsOf(placed);
  if (grid.columns === before || groups.length === 1)
    return { ...rest, concat: placed, columns: grid.columns };
  return {
    ...rest,
    vconcat: groups.map(([first, ...others]) => {
      const { title, ...untitled } = first!;
      return { title, concat: [untitled, ...others], columns: grid.columns };
    }),
  };
}

/** The specification with its panels in rows that are no wider than `width` pixels, as far as one panel goes. */
export const reflowed = (spec: TopLevelSpec, width: number): TopLevelSpec =>
  reflowedPanel(spec as unknown as Panel, width) as unknown as TopLevelSpec;

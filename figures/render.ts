/** From a figure to SVG and PNG, without a browser and without fonts of the machine. */
import { Resvg } from '@resvg/resvg-js';
import { logger, parse, type Spec, View, Warn } from 'vega';
import { compile } from 'vega-lite';
import { DATA_NAME, type TopLevelSpec } from './figure.js';
import { FONT_FILES, measureTextByFont } from './fonts.js';
import type { FigureRow } from './rows.js';
import { FONT_FAMILY } from './theme.js';

/** A PNG has this many pixels for a pixel of the SVG. */
const PNG_SCALE = 2;

/** Compiles a spec to Vega. @throws Error where Vega-Lite warns, since it then draws something else than was meant. */
export function compileSpec(spec: TopLevelSpec): Spec {
  const warnings: string[] = [];
  const collecting = logger(
    Warn,
    undefined,
    (_method: unknown, _level: unknown, input: readonly unknown[]) => {
      warnings.push(input.map(String).join(' '));
    },
  );
  const compiled = compile(spec, { logger: collecting as never });
  if (warnings.length > 0) throw new Error(`Vega-Lite warns: ${warnings.join('; ')}`);
  return compiled.spec as Spec;
}

/** Draws a spec with `rows` as its data. @returns the SVG as text. */
export async function renderSvg(spec: TopLevelSpec, rows: readonly FigureRow[]): Promise<string> {
  measureTextByFont();
  const runtime = parse(compileSpec(spec));
  const view = new View(runtime, { renderer: 'none' }).data(DATA_NAME, [...rows.map((row) => ({ ...row }))]);
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Rasters an SVG of ours at twice its size, with the fonts of the package alone: the same on every machine. */
export function renderPng(svg: string): Buffer {
  const resvg = new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: [...FONT_FILES],
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY,
    },
    fitTo: { mode: 'zoom', value: PNG_SCALE },
    background: 'white',
  });
  return resvg.render().asPng();
}

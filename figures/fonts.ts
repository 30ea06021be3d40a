/**
 * The font of the figures and its measures. Arimo comes with the package, so that PNGs have text on machines
 * without fonts; its characters are as wide as those of Arial, Helvetica and Liberation Sans, so that an SVG
 * that was laid out for it fits wherever one of those is at hand.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import * as vega from 'vega';

const require = createRequire(import.meta.url);
const REGULAR = require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf');
const BOLD = require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf');

/** Paths of the font files that a renderer needs. */
export const FONT_FILES: readonly string[] = [REGULAR, BOLD];

function load(path: string): opentype.Font {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return opentype.parse((buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength));
}

const fonts = new Map<string, opentype.Font>();
const widths = new Map<string, number>();

/** Width of `text` in a font of size 1, kerning included, as a browser would set it. */
function unitWidth(text: string, bold: boolean): number {
  const key = `${bold ? 'b' : 'r'}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const path = bold ? BOLD : REGULAR;
    const font = fonts.get(path) ?? load(path);
    fonts.set(path, font);
    width = font.getAdvanceWidth(text, 1);
    widths.set(key, width);
  }
  return width;
}

/** Width in pixels of `text`, `size` pixels high. */
export function textWidth(text: string, size: number, bold = false): number {
  return unitWidth(text, bold) * size;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** 11 is what Vega takes where an item names no size. */
const DEFAULT_SIZE = 11;

function measure(item: TextItem, text: unknown): number {
  const { fontSize = DEFAULT_SIZE, fontWeight = 400 } = item;
  const bold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  return textWidth(String(text ?? ''), fontSize, bold);
}

/**
 * Lets Vega measure text by the font itself. Without a canvas it takes 0.8 em a character, which is half as
 * much again as real text and leaves gaps in legends and beside axes.
 */
export function measureTextByFont(): void {
  // Vega exports the object for this purpose, while its types leave it out.
  const { textMetrics } = vega as unknown as { readonly textMetrics: { width: typeof measure } };
  textMetrics.width = measure;
}

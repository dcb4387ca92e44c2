/**
 * How figures of podtwin look. They are drawn about as large as they are shown, for a phone or a column of the page, so that
 * their letters keep their size; their colours are the page's variables with a fallback, so that they follow light and dark
 * in a page and stand alone too. Each carries its text alternative, no style element, no script, and coordinates rounded to
 * a tenth, so that equal data give equal bytes.
 */
import * as Plot from '@observablehq/plot';
import { svgDocument } from '../svg-document.js';

/** Room above the frame for keys. */
export const LEGEND_HEIGHT = 30;
/** Without keys: half a tick's label. */
export const BARE_TOP = 10;

export const FIGURE = {
  width: 410,
  height: 210,
  marginTop: LEGEND_HEIGHT,
  marginRight: 14,
  marginBottom: 38,
  marginLeft: 46,
};

/** For where more than two stand side by side. */
export const SMALL_FIGURE = { ...FIGURE, width: 340, height: 190 };

/** The first three differ in lightness and in their dashes too, for print and for eyes that see fewer colours. */
export const INK = {
  first: 'var(--series-1, #1d66a8)',
  second: 'var(--series-2, #bf5a0a)',
  third: 'var(--series-3, #2c7a4b)',
  fourth: 'var(--series-4, #7b4fa6)',
  fifth: 'var(--series-5, #a88a10)',
  sixth: 'var(--series-6, #66717c)',
  limit: 'var(--limit, #b3261e)',
  grid: 'var(--grid, #e3e6ea)',
  text: 'var(--muted, #59636e)',
  page: 'var(--page, #ffffff)',
} as const;

export const DASHES = ['', '6 3', '1.5 3'] as const;

export interface LegendItem {
  name: string;
  /** null: a remark, without a key. */
  colour: string | null;
  dash?: string;
}

/** Of the widest sans-serif in use: keys may stand apart, never on each other. */
const LETTER_WIDTH = 7.6;
const KEY_WIDTH = 18;
const KEY_GAP = 6;
const ITEM_GAP = 14;

/** Keys in one row above the frame: a stroke and its name. */
export function legend(items: readonly LegendItem[], marginLeft = FIGURE.marginLeft): Plot.Markish[] {
  let x = 0;
  return items.flatMap(({ name, colour, dash = '' }): Plot.Markish[] => {
    const keyAt = marginLeft + x;
    const dx = colour === null ? x : x + KEY_WIDTH + KEY_GAP;
    x = dx + name.length * LETTER_WIDTH + ITEM_GAP;
    const text = Plot.text([name], { frameAnchor: 'top-left', dx, dy: -16, lineAnchor: 'middle', fill: INK.text });
    return colour === null ? [text] : [() => legendKey(keyAt, colour, dash), text];
  });
}

function legendKey(x: number, colour: string, dash: string): SVGElement {
  const path = svgDocument().createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', `M${x},${LEGEND_HEIGHT - 16}h${KEY_WIDTH}`);
  path.setAttribute('stroke', colour);
  path.setAttribute('stroke-width', '2');
  if (dash !== '') path.setAttribute('stroke-dasharray', dash);
  return path;
}

const SWATCH = 10;

/** Keys of areas above the frame, in as many rows as they need: a square and its name. */
export function swatchRows(
  items: readonly { name: string; colour: string }[],
  marginLeft: number,
  rowHeight: number,
): { count: number; marks: Plot.Markish[] } {
  const room = FIGURE.width - FIGURE.marginRight - marginLeft;
  let [x, row] = [0, 0];
  const places = items.map(({ name, colour }) => {
    const width = SWATCH + KEY_GAP + name.length * LETTER_WIDTH;
    if (x > 0 && x + width > room) [x, row] = [0, row + 1];
    const place = { name, colour, x, row };
    x += width + ITEM_GAP;
    return place;
  });
  const count = row + 1;
  const marks = places.flatMap((place): Plot.Markish[] => {
    const dx = place.x + SWATCH + KEY_GAP;
    const dy = (place.row - count + 0.5) * rowHeight - 8;
    const [left, top] = [marginLeft + place.x, (place.row + 0.5) * rowHeight + 4 - SWATCH / 2];
    return [
      () => swatch(left, top, place.colour),
      Plot.text([place.name], { frameAnchor: 'top-left', dx, dy, lineAnchor: 'middle', fill: INK.text }),
    ];
  });
  return { count, marks };
}

function swatch(x: number, y: number, colour: string): SVGElement {
  const path = svgDocument().createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', `M${x},${y}h${SWATCH}v${SWATCH}h${-SWATCH}z`);
  path.setAttribute('fill', colour);
  path.setAttribute('fill-opacity', '0.85');
  return path;
}

/** `alternative`: what the figure shows, in a sentence, for whoever does not see it. */
export function houseFigure(options: Plot.PlotOptions, alternative: string): string {
  const svg = Plot.plot({
    document: svgDocument(),
    className: 'chart',
    ...FIGURE,
    style: { fontSize: '12px' },
    ...options,
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', alternative);
  svg.removeAttribute('style');
  svg.setAttribute('font-size', '12');
  // domino's lists of nodes do not iterate.
  for (const style of Array.from(svg.querySelectorAll('style'))) style.remove();
  for (const group of Array.from(svg.querySelectorAll('g[aria-label]'))) group.setAttribute('role', 'group');
  return roundedCoordinates(withoutBrackets(svg.outerHTML));
}

/** HTML lets "<" stand in an attribute; who searches a page for markup, and XML, do not. */
function withoutBrackets(svg: string): string {
  return svg.replace(/="[^"]*"/g, (value) => value.replace(/</g, '&lt;').replace(/>/g, '&gt;'));
}

/** Tenths in attributes; a length in em keeps its digits, and so does all text. */
function roundedCoordinates(svg: string): string {
  return svg.replace(/ (d|transform|[xy][12]?|c[xy]|width|height)="([^"]*)"/g, (_, name: string, value: string) => {
    const rounded = value.replace(/-?\d+\.\d+(?![\d.]*em)/g, (number) =>
      String(Math.round(Number(number) * 10) / 10 + 0),
    );
    return ` ${name}="${rounded}"`;
  });
}

/** Curves over simulated time: what all of podtwin's figures of that kind share. Data in, SVG out. */
import * as Plot from '@observablehq/plot';
import { thinPoints, type Point } from '../thin-points.js';
import {
  BARE_TOP,
  DASHES,
  FIGURE,
  houseFigure,
  INK,
  legend,
  LEGEND_HEIGHT,
  SMALL_FIGURE,
  type LegendItem,
} from './house-figure.js';
import { timeAxis } from './time-axis.js';

export interface Curve {
  name: string;
  points: readonly Point[];
}

export interface LineFigure {
  /** At most three: more could not be told apart. */
  curves: readonly Curve[];
  durationMicros: number;
  /** The vertical axis goes from 0 to here. */
  top: number;
  /** Where the axis begins instead, in steps of ten times: what is below lies on it. */
  logBottom?: number;
  /** Values are counts: ticks are whole. */
  whole?: boolean;
  tickText: (value: number) => string;
  /** A level to be seen, such as a capacity; above the scale it is only named. */
  limit?: { name: string; value: number };
  /** Drawn for a column of three. */
  small?: boolean;
  /** Shades what is below the curve: for parts of a whole. */
  shaded?: boolean;
  alternative: string;
}

/** Two points a bucket, and a figure is some 380 wide: finer could not be seen. */
export const BUCKETS = 200;

const INKS = [INK.first, INK.second, INK.third];
const TICKS = 4;

export function lineFigure(figure: LineFigure): string {
  const { curves, durationMicros, limit, logBottom, whole = false } = figure;
  const axis = timeAxis(durationMicros);
  const top = figure.top > 0 ? figure.top : 1;
  const ticks = logBottom === undefined ? ticksTo(top, whole) : powersOfTen(logBottom, top);
  const y: Plot.ScaleOptions = {
    ...(logBottom === undefined ? { domain: [0, top] } : { domain: [logBottom, top], type: 'log' }),
    ...{ ticks, tickFormat: figure.tickText, label: null },
  };
  const drawn = (value: number | null): number => (value === null ? NaN : Math.max(value, logBottom ?? value));
  const marks = curves.flatMap(({ points }, at) => {
    const data = thinPoints(points, BUCKETS).map(({ atMicros, value }) => ({
      x: axis.at(atMicros),
      y: drawn(value),
    }));
    return curveMarks(data, INKS[at]!, DASHES[at]!, figure.shaded === true);
  });
  const onScale = limit !== undefined && limit.value <= top;
  const limitMarks = onScale
    ? [Plot.ruleY([limit.value], { stroke: INK.limit, strokeWidth: 1.5, strokeDasharray: '6 3' })]
    : [];
  const keys = legendOf(figure, onScale);
  return houseFigure(
    {
      ...sizeOf(figure.small === true ? SMALL_FIGURE : FIGURE, keys.length > 0),
      x: axis.scale,
      y,
      marks: [
        Plot.gridY(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
        Plot.axisY({ ticks, tickFormat: figure.tickText, label: null, tickSize: 0, fill: INK.text }),
        axisBelow(axis.scale),
        ...limitMarks,
        ...marks,
        ...legend(keys),
      ],
    },
    figure.alternative,
  );
}

/** The frame is as high with keys as without. */
function sizeOf(size: typeof FIGURE, keys: boolean): typeof FIGURE {
  return keys ? size : { ...size, height: size.height - LEGEND_HEIGHT + BARE_TOP, marginTop: BARE_TOP };
}

export function axisBelow({ ticks, tickFormat, label, labelArrow }: Plot.ScaleOptions): Plot.Markish {
  const options = { ticks, tickFormat, label, labelArrow, labelOffset: 34 } as Plot.AxisXOptions;
  return Plot.axisX({ ...options, fill: INK.text, stroke: INK.text, labelAnchor: 'center' });
}

function curveMarks(data: { x: number; y: number }[], stroke: string, dash: string, shaded: boolean): Plot.Markish[] {
  // A single point is no line.
  if (data.filter(({ y }) => !Number.isNaN(y)).length === 1)
    return [Plot.dot(data, { x: 'x', y: 'y', fill: stroke, r: 3.5 })];
  const line = Plot.lineY(data, { x: 'x', y: 'y', stroke, strokeWidth: 1.5, ...(dash && { strokeDasharray: dash }) });
  return shaded ? [Plot.areaY(data, { x: 'x', y1: 0, y2: 'y', fill: stroke, fillOpacity: 0.12 }), line] : [line];
}

function legendOf({ curves, limit }: LineFigure, onScale: boolean): LegendItem[] {
  // A curve alone is named by what stands above the figure.
  if (curves.length === 1 && !limit) return [];
  const items: LegendItem[] = curves.map(({ name }, at) => ({ name, colour: INKS[at]!, dash: DASHES[at]! }));
  if (limit) items.push({ name: limit.name, colour: onScale ? INK.limit : null, dash: '6 3' });
  return items;
}

/** Round steps up to the top: some four of them. */
export function ticksTo(top: number, whole: boolean): number[] {
  const rough = top / TICKS;
  const power = Number(`1e${Math.floor(Math.log10(rough))}`);
  const steps = [1, 2, 2.5, 5, 10].map((one) => one * power).filter((one) => !whole || Number.isInteger(one));
  const step = steps.find((one) => one >= rough * 0.999) ?? 1;
  const count = Math.floor(Number((top / step).toPrecision(9)));
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** From one power of ten to another, both of them ticks. */
function powersOfTen(bottom: number, top: number): number[] {
  const first = Math.round(Math.log10(bottom));
  const count = Math.round(Math.log10(top)) - first + 1;
  return Array.from({ length: count }, (_, at) => Number(`1e${first + at}`));
}

/** Tops of scales for levels up to 1 that end in a tick. */
const LEVEL_TOPS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

/** Never so fine that next to nothing looks like much. */
export function levelTop(highest: number): number {
  return LEVEL_TOPS.find((top) => highest <= top) ?? highest;
}

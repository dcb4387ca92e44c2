/**
 * Parts of a whole over simulated time, one on the other. Thinned by the whole: of each stretch of time the instants stay at
 * which it is lowest and highest, so that no peak of it is lost.
 */
import * as Plot from '@observablehq/plot';
import { thinPoints } from '../thin-points.js';
import { FIGURE, houseFigure, INK, swatchRows } from './house-figure.js';
import { axisBelow, BUCKETS, ticksTo } from './line-figure.js';
import { timeAxis } from './time-axis.js';

export interface Layer {
  name: string;
  /** Which of the six inks: a part keeps its own where another is missing. */
  ink: number;
  /** One an instant, as `atMicros` has them. */
  values: readonly number[];
}

export interface StackedFigure {
  /** From the bottom up; at most six. */
  layers: readonly Layer[];
  atMicros: readonly number[];
  durationMicros: number;
  tickText: (value: number) => string;
  alternative: string;
}

const INKS = [INK.first, INK.second, INK.third, INK.fourth, INK.fifth, INK.sixth];
/** Room for "2.5 Gbps". */
const MARGIN_LEFT = 62;
const ROW_HEIGHT = 18;

export function stackedFigure({ layers, atMicros, durationMicros, tickText, alternative }: StackedFigure): string {
  const axis = timeAxis(durationMicros);
  const totals = atMicros.map((at, sample) => ({
    atMicros: at,
    value: layers.reduce((sum, { values }) => sum + values[sample]!, 0),
  }));
  const kept = new Set(thinPoints(totals, BUCKETS).map((point) => point.atMicros));
  const shown = atMicros.flatMap((at, sample) => (kept.has(at) ? [sample] : []));
  const top = totals.reduce((most, { value }) => Math.max(most, value), 0) || 1;
  const ticks = ticksTo(top, false);
  const rows = swatchRows(
    layers.map(({ name, ink }) => ({ name, colour: INKS[ink]! })),
    MARGIN_LEFT,
    ROW_HEIGHT,
  );
  const below = new Float64Array(atMicros.length);
  const areas = layers.map(({ values, ink }) => {
    const data = shown.map((sample) => {
      const y1 = below[sample]!;
      below[sample] = y1 + values[sample]!;
      return { x: axis.at(atMicros[sample]!), y1, y2: below[sample]! };
    });
    const fill = INKS[ink]!;
    // A single instant is no area.
    return data.length === 1
      ? Plot.ruleX(data, { x: 'x', y1: 'y1', y2: 'y2', stroke: fill, strokeWidth: 5 })
      : Plot.areaY(data, { x: 'x', y1: 'y1', y2: 'y2', fill, fillOpacity: 0.85, stroke: INK.page, strokeWidth: 0.5 });
  });
  const marginTop = rows.count * ROW_HEIGHT + 12;
  return houseFigure(
    {
      ...{
        width: FIGURE.width,
        height: FIGURE.height + marginTop - FIGURE.marginTop,
        marginTop,
        marginLeft: MARGIN_LEFT,
      },
      x: axis.scale,
      y: { domain: [0, top], ticks, tickFormat: tickText, label: null },
      marks: [
        Plot.gridY(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
        Plot.axisY({ ticks, tickFormat: tickText, label: null, tickSize: 0, fill: INK.text }),
        axisBelow(axis.scale),
        ...areas,
        ...rows.marks,
      ],
    },
    alternative,
  );
}

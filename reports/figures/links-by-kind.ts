/**
 * How full every link was at its peak, a strip a kind of link: so that one sees which kind fills first. Links within two
 * percentage points share a dot, larger where they are more.
 */
import * as Plot from '@observablehq/plot';
import { humanQuantity } from '../../sim/base/units.js';
import type { LinkRow } from '../../sim/store/network-types.js';
import { kindText, useText } from '../network-text.js';
import { countOf, listText } from '../numbers.js';
import { FIGURE, houseFigure, INK } from './house-figure.js';
import { axisBelow, ticksTo } from './line-figure.js';

export type PeakOfLink = Pick<LinkRow, 'kind' | 'peak'>;

const STEP = 0.02;
const STRIP_HEIGHT = 46;
const LEAST_RADIUS = 3;
const MOST_RADIUS = 9;

/** Kinds in the order of their fullest link. At least one link. */
export function linksByKind(links: readonly PeakOfLink[]): string {
  const kinds = [...new Set(links.map(({ kind }) => kind))]
    .map((kind) => {
      const peaks = links.filter((link) => link.kind === kind).map(({ peak }) => peak);
      return { kind, count: peaks.length, most: peaks.reduce((a, b) => Math.max(a, b), 0), dots: dotsOf(kind, peaks) };
    })
    .sort((a, b) => b.most - a.most || (a.kind < b.kind ? -1 : 1));
  const dots = kinds.flatMap((one) => one.dots);
  const top = Math.max(1, ...kinds.map(({ most }) => most)) * 1.04;
  const ticks = ticksTo(top, false);
  const largest = dots.reduce((most, { count }) => Math.max(most, count), 1);
  const radius = (count: number): number =>
    LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * (largest === 1 ? 0 : Math.sqrt((count - 1) / (largest - 1)));
  const strips = kinds.map(({ kind, count, most }) => {
    const name = `${countOf(count, kindText(kind))}, at most ${useText(most)}`;
    return { kind, label: name };
  });
  return houseFigure(
    {
      ...{ width: FIGURE.width, height: kinds.length * STRIP_HEIGHT + 44, marginTop: 4, marginBottom: 40 },
      ...{ marginLeft: 10, marginRight: 16 },
      x: { domain: [0, top] },
      y: { type: 'band', domain: kinds.map(({ kind }) => kind), axis: null, padding: 0 },
      marks: [
        Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
        axisBelow({
          ...{ ticks, tickFormat: (tick: number) => humanQuantity('ratio', tick), labelArrow: 'none' },
          label: 'use of its capacity, at its peak',
        }),
        Plot.ruleX([1], { stroke: INK.limit, strokeWidth: 1.5, strokeDasharray: '6 3' }),
        Plot.dot(dots, {
          ...{ x: 'use', y: 'kind', r: ({ count }: Dot) => radius(count), dy: 8 },
          ...{ fill: INK.first, fillOpacity: 0.7, stroke: INK.page, strokeWidth: 0.5 },
        }),
        Plot.text(strips, { x: 0, y: 'kind', text: 'label', dy: -12, textAnchor: 'start', fill: 'currentColor' }),
      ],
      r: { type: 'identity' },
    },
    `Links by kind, how full each was at its peak. ${listText(strips.map(({ label }) => label))}.`,
  );
}

interface Dot {
  kind: string;
  use: number;
  count: number;
}

function dotsOf(kind: string, peaks: readonly number[]): Dot[] {
  const counts = new Map<number, number>();
  for (const peak of peaks) {
    const step = Math.round(peak / STEP);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([step, count]) => ({ kind, use: step * STEP, count }));
}

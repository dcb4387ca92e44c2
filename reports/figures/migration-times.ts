/** Shares of migrations that took no longer than so and so long: the whole distribution, its tail with it. Data in, SVG out. */
import * as Plot from '@observablehq/plot';
import { humanQuantity, microsOf } from '../../sim/base/units.js';
import { countOf } from '../numbers.js';
import { FIGURE, houseFigure, INK, LEGEND_HEIGHT, BARE_TOP } from './house-figure.js';
import { axisBelow, ticksTo } from './line-figure.js';

/** Finer steps could not be seen. */
const MOST_POINTS = 400;

/** At least one of them; in seconds. `what`: of which time. */
export function migrationTimes(seconds: readonly number[], what: string): string {
  const sorted = [...seconds].sort((a, b) => a - b);
  const most = sorted.at(-1)!;
  const top = most > 0 ? most * 1.05 : 1;
  const ticks = ticksTo(top, false);
  const every = Math.max(1, Math.ceil(sorted.length / MOST_POINTS));
  const kept = sorted.flatMap((x, at) =>
    at % every === 0 || at === sorted.length - 1 ? [{ x, y: (at + 1) / sorted.length }] : [],
  );
  const steps = [{ x: 0, y: 0 }, ...kept, { x: top, y: 1 }];
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const percent = (share: number): string => humanQuantity('ratio', share);
  const time = (value: number): string => (value === 0 ? '0' : humanQuantity('duration', microsOf(value)));
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
  return houseFigure(
    {
      ...{ ...FIGURE, height: FIGURE.height - LEGEND_HEIGHT + BARE_TOP, marginTop: BARE_TOP },
      x: { domain: [0, top], ticks, tickFormat: time, label: what },
      y: { domain: [0, 1], ticks: shares, tickFormat: percent, label: null },
      marks: [
        Plot.gridY(shares, { stroke: INK.grid, strokeOpacity: 1 }),
        Plot.axisY({ ticks: shares, tickFormat: percent, label: null, tickSize: 0, fill: INK.text }),
        axisBelow({ ticks, tickFormat: time, label: what, labelArrow: 'none' }),
        Plot.line(steps, { x: 'x', y: 'y', curve: 'step-after', stroke: INK.first, strokeWidth: 1.6 }),
      ],
    },
    `Share of ${countOf(sorted.length, 'migration')} by ${what}: half took ${time(at(0.5))} at most, 90 % ${time(at(0.9))}, all ${time(most)}.`,
  );
}

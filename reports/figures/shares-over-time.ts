/** Several shares of something over time, in one figure whose top is the level above the highest. What is null is a gap. */
import { humanQuantity } from '../../sim/base/units.js';
import { describeCurve } from './describe-curve.js';
import { levelTop, lineFigure } from './line-figure.js';

export interface ShareOf<Sample> {
  name: string;
  of(sample: Sample): number | null;
  /** The name where it is read out alone. */
  spoken: string;
}

/** Share of a limit from which on it is drawn. */
const NEAR = 0.8;

const percent = (share: number): string => humanQuantity('ratio', share);

export function sharesOverTime<Sample extends { atMicros: number }>(
  { samples, durationMicros }: { samples: readonly Sample[]; durationMicros: number },
  shares: readonly ShareOf<Sample>[],
  limit?: { name: string; value: number },
): string {
  const curves = shares.map(({ name, of, spoken }) => ({
    name,
    spoken,
    points: samples.map((sample) => ({ atMicros: sample.atMicros, value: of(sample) })),
  }));
  let highest = 0;
  for (const { points } of curves) for (const { value } of points) highest = Math.max(highest, value ?? 0);
  return lineFigure({
    curves,
    durationMicros,
    top: levelTop(highest),
    tickText: percent,
    // One that is far above is of no interest.
    ...(limit !== undefined && highest > limit.value * NEAR ? { limit } : {}),
    alternative: `Over time. ${curves.map(({ spoken, points }) => describeCurve(spoken, points, percent)).join('. ')}.`,
  });
}

/**
 * Confidence intervals for means of one long run: the run is cut into batches much longer than its memory, whose means are
 * then as good as independent, and Student's t gives the interval. Up to 20 intervals of a file hold together at 99.9 %
 * (Bonferroni): where all formulas are right, one seed in a thousand has a test fail.
 */
export const BATCHES = 20;

/** Of Student's t with 19 degrees of freedom: beyond it, on either side, lie 0.001 / 20. (3.883 would be 0.001.) */
const T = 5.209;

export interface Interval {
  mean: number;
  halfWidth: number;
}

export function batchMeans(means: readonly number[]): Interval {
  if (means.length !== BATCHES) throw new Error(`${means.length} batches; the quantile is that of ${BATCHES}`);
  const mean = means.reduce((sum, one) => sum + one, 0) / BATCHES;
  const squares = means.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return { mean, halfWidth: T * Math.sqrt(squares / (BATCHES - 1) / BATCHES) };
}

/** How far a value is from the mean, in half widths: what holds is within 1, a wrong formula beyond. */
export function distance({ mean, halfWidth }: Interval, value: number): number {
  return Math.abs(mean - value) / halfWidth;
}

/**
 * Weighted means and quantiles. A quantile is the smallest value that carries at least the given per cent of the weight
 * (nearest rank, nothing interpolated): it is a value that occurred.
 */
import { assert } from '../base/assert.js';
import { CompensatedSum } from './compensated-sum.js';

export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** null where there is no weight. */
export function weightedMean(all: Iterable<Weighted>): number | null {
  const sum = new CompensatedSum();
  const weights = new CompensatedSum();
  for (const { value, weight } of all) {
    sum.add(value * weight);
    weights.add(weight);
  }
  return weights.value > 0 ? sum.value / weights.value : null;
}

/** `percent` in 0 to 100, 100 being the maximum; null where there is no weight. Values without weight do not count. */
export function weightedQuantile(all: Iterable<Weighted>, percent: number): number | null {
  assert(percent >= 0 && percent <= 100, () => `weightedQuantile: ${percent} is not a percentage`);
  const ascending = [...all].filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value);
  // Comparing in hundredths keeps the rank exact for whole weights, where 0.95 * total would not be.
  const due = percent * ascending.reduce((sum, { weight }) => sum + weight, 0);
  let carried = 0;
  for (const { value, weight } of ascending) {
    carried += weight;
    if (carried * 100 >= due) return value;
  }
  return ascending.at(-1)?.value ?? null;
}

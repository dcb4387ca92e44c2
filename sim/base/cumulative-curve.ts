/**
 * A cumulative distribution given at points, and its inverse. Guarantees that both meet the points exactly, rise, and are
 * each other's inverse between them; in between, straight lines over the value or over its logarithm.
 */
import { assert } from './assert.js';
import { lastNotAbove } from './search.js';

export interface CumulativePoint {
  value: number;
  /** The share of all that is not above `value`. */
  cumulative: number;
}

/** `log`: durations over several magnitudes, where equal ratios count alike. */
export type CurveScale = 'linear' | 'log';

export class CumulativeCurve {
  readonly mean: number;
  private readonly values: readonly number[];
  private readonly shares: readonly number[];

  /** The first point has a share of 0, the last one of 1. */
  constructor(
    readonly points: readonly CumulativePoint[],
    private readonly scale: CurveScale,
  ) {
    assert(points.length >= 2 && points[0]!.cumulative === 0 && points.at(-1)!.cumulative === 1, 'from 0 to 1');
    assert(scale === 'linear' || points[0]!.value > 0, 'values over their logarithm are above 0');
    this.values = points.map(({ value }) => value);
    this.shares = points.map(({ cumulative }) => cumulative);
    let mean = 0;
    for (let at = 1; at < points.length; at++) {
      const low = points[at - 1]!;
      const high = points[at]!;
      assert(high.value > low.value && high.cumulative > low.cumulative, () => `point ${at} ascends`);
      mean += (high.cumulative - low.cumulative) * this.meanBetween(low.value, high.value);
    }
    this.mean = mean;
  }

  /** The value below which a share `u` lies; u from 0 to 1. */
  quantile(u: number): number {
    const at = lastNotAbove(this.shares, u, this.points.length - 1);
    const low = this.points[at]!;
    const high = this.points[at + 1]!;
    const part = (u - low.cumulative) / (high.cumulative - low.cumulative);
    if (part <= 0) return low.value;
    if (part >= 1) return high.value;
    if (this.scale === 'linear') return low.value + part * (high.value - low.value);
    const value = low.value * Math.exp(part * Math.log(high.value / low.value));
    return Math.min(Math.max(value, low.value), high.value);
  }

  /** The share of all that is not above `value`. */
  cumulative(value: number): number {
    const { points } = this;
    if (value <= points[0]!.value) return 0;
    if (value >= points.at(-1)!.value) return 1;
    const at = lastNotAbove(this.values, value, points.length - 1);
    const low = points[at]!;
    const high = points[at + 1]!;
    const part =
      this.scale === 'linear'
        ? (value - low.value) / (high.value - low.value)
        : Math.log(value / low.value) / Math.log(high.value / low.value);
    return low.cumulative + part * (high.cumulative - low.cumulative);
  }

  private meanBetween(low: number, high: number): number {
    return this.scale === 'linear' ? (low + high) / 2 : (high - low) / Math.log(high / low);
  }
}

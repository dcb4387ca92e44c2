/**
 * Distributions by inverse transform: one uniform a variate, and more of it never gives less (but for a mixture, whose
 * parts overlap), so that streams stay in step whatever is drawn. Every one gives its mean, for checks and reports.
 * Parameters are asserted here; scenario files are validated where they are read.
 */
import { assert } from '../base/assert.js';
import { normalQuantile } from './normal-quantile.js';

export type DistributionSpec =
  | { kind: 'constant'; value: number }
  | { kind: 'exponential'; mean: number }
  | { kind: 'lognormal'; median: number; sigma: number }
  | { kind: 'weibull'; scale: number; shape: number }
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'empirical'; points: { value: number; cumulative: number }[] }
  | { kind: 'zipf'; count: number; exponent: number }
  | { kind: 'mixture'; parts: { weight: number; of: DistributionSpec }[] };

export interface Distribution {
  readonly mean: number;
  /** The value below which a share `u` of all lies; u in [0, 1). */
  quantile(u: number): number;
}

/** The largest uniform there is. */
const BELOW_ONE = 1 - Number.EPSILON / 2;

export function distribution(spec: DistributionSpec): Distribution {
  switch (spec.kind) {
    case 'constant':
      return { mean: spec.value, quantile: () => spec.value };
    case 'exponential':
      assert(spec.mean > 0, 'exponential: the mean is positive');
      return { mean: spec.mean, quantile: (u) => -spec.mean * Math.log1p(-u) };
    case 'lognormal':
      return lognormal(spec.median, spec.sigma);
    case 'weibull':
      return weibull(spec.scale, spec.shape);
    case 'uniform':
      assert(spec.high >= spec.low, 'uniform: low is not above high');
      return { mean: (spec.low + spec.high) / 2, quantile: (u) => spec.low + (spec.high - spec.low) * u };
    case 'empirical':
      return empirical(spec.points);
    case 'zipf':
      return zipf(spec.count, spec.exponent);
    case 'mixture':
      return mixture(spec.parts);
  }
}

function lognormal(median: number, sigma: number): Distribution {
  assert(median > 0 && sigma >= 0, 'lognormal: the median is positive, sigma not negative');
  return {
    mean: median * Math.exp((sigma * sigma) / 2),
    quantile: (u) => (sigma === 0 ? median : u === 0 ? 0 : median * Math.exp(sigma * normalQuantile(u))),
  };
}

function weibull(scale: number, shape: number): Distribution {
  assert(scale > 0 && shape > 0, 'weibull: scale and shape are positive');
  return {
    mean: scale * Math.exp(logGamma(1 + 1 / shape)),
    quantile: (u) => (u === 0 ? 0 : scale * Math.exp(Math.log(-Math.log1p(-u)) / shape)),
  };
}

/** Piecewise linear between (value, cumulative) points; below the first point all of its share lies on its value. */
function empirical(points: readonly { value: number; cumulative: number }[]): Distribution {
  const last = points.at(-1);
  assert(last && last.cumulative === 1, 'empirical: the last cumulative share is 1');
  assert(points[0]!.cumulative >= 0, 'empirical: shares are not negative');
  let mean = points[0]!.value * points[0]!.cumulative;
  points.forEach(({ value, cumulative }, at) => {
    const before = points[at - 1];
    if (!before) return;
    assert(value >= before.value && cumulative >= before.cumulative, 'empirical: values and shares ascend');
    mean += ((value + before.value) / 2) * (cumulative - before.cumulative);
  });
  return {
    mean,
    quantile(u) {
      const at = firstAbove(points.length, (point) => points[point]!.cumulative > u);
      const above = points[Math.min(at, points.length - 1)]!;
      const below = points[at - 1];
      if (!below || at === points.length) return above.value;
      return (
        below.value + ((u - below.cumulative) / (above.cumulative - below.cumulative)) * (above.value - below.value)
      );
    },
  };
}

/** Ranks 1 to count with weight rank^-exponent. */
function zipf(count: number, exponent: number): Distribution {
  assert(Number.isInteger(count) && count > 0, 'zipf: at least one rank');
  assert(exponent >= 0, 'zipf: the exponent is not negative');
  const cumulative = new Float64Array(count);
  let sum = 0;
  let weighted = 0;
  for (let rank = 1; rank <= count; rank++) {
    const weight = Math.exp(-exponent * Math.log(rank));
    sum += weight;
    weighted += rank * weight;
    cumulative[rank - 1] = sum;
  }
  return {
    mean: weighted / sum,
    quantile: (u) => Math.min(count, 1 + firstAbove(count, (at) => cumulative[at]! > u * sum)),
  };
}

/** One uniform chooses the part and, stretched over the part's share, the value in it. */
function mixture(parts: readonly { weight: number; of: DistributionSpec }[]): Distribution {
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  assert(sum > 0 && parts.every(({ weight }) => weight >= 0), 'mixture: no weight is negative, some are positive');
  const made = parts
    .filter(({ weight }) => weight > 0)
    .map(({ weight, of }) => ({ share: weight / sum, of: distribution(of) }));
  return {
    mean: made.reduce((total, { share, of }) => total + share * of.mean, 0),
    quantile(u) {
      let below = 0;
      for (const { share, of } of made) {
        if (u < below + share) return of.quantile(Math.min((u - below) / share, BELOW_ONE));
        below += share;
      }
      // Shares that sum to a little less than 1 leave a little of u.
      return made.at(-1)!.of.quantile(BELOW_ONE);
    },
  };
}

/** The first of 0..count for which `above` holds (it holds from there on); count when none. */
function firstAbove(count: number, above: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** ln Gamma(x) for x > 0 by Lanczos' series (g = 7, nine terms): relative error below 1e-14. */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  let sum = 0.9999999999998099;
  terms.forEach((term, at) => (sum += term / (shifted + at + 1)));
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

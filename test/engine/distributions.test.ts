/** Each distribution against its closed form and, by sampling, against its mean. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distribution, type DistributionSpec } from '../../sim/engine/distributions.js';
import { normalQuantile } from '../../sim/engine/normal-quantile.js';
import { Streams } from '../../sim/engine/streams.js';

const specs: DistributionSpec[] = [
  { kind: 'constant', value: 5 },
  { kind: 'exponential', mean: 3 },
  { kind: 'lognormal', median: 54, sigma: 0.8 },
  { kind: 'weibull', scale: 2, shape: 0.7 },
  { kind: 'uniform', low: -1, high: 4 },
  {
    kind: 'empirical',
    points: [
      { value: 1, cumulative: 0.2 },
      { value: 3, cumulative: 0.9 },
      { value: 10, cumulative: 1 },
    ],
  },
  { kind: 'zipf', count: 50, exponent: 1.2 },
  {
    kind: 'mixture',
    parts: [
      { weight: 3, of: { kind: 'exponential', mean: 1 } },
      { weight: 1, of: { kind: 'uniform', low: 10, high: 20 } },
    ],
  },
];

test.each(specs.map((spec) => [spec.kind, spec] as const))(
  '%s: the mean of many draws is its mean; one draw a variate',
  (kind, spec) => {
    const made = distribution(spec);
    const stream = new Streams(9).stream(kind);
    let sum = 0;
    let squares = 0;
    const n = 40_000;
    for (let count = 0; count < n; count++) {
      const value = made.quantile(stream.next());
      sum += value;
      squares += value * value;
    }
    const mean = sum / n;
    const error = Math.sqrt(Math.max(0, squares / n - mean * mean) / n);
    expect(Math.abs(mean - made.mean)).toBeLessThanOrEqual(4.5 * error + 1e-12);
  },
);

test.each(specs.filter(({ kind }) => kind !== 'mixture').map((spec) => [spec.kind, spec] as const))(
  '%s: rises with the uniform, finite at the ends',
  (_kind, spec) => {
    const made = distribution(spec);
    expect(Number.isFinite(made.quantile(0))).toBe(true);
    expect(Number.isFinite(made.quantile(1 - 2 ** -53))).toBe(true);
    const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(u, u, (a, b) => made.quantile(Math.min(a, b)) <= made.quantile(Math.max(a, b))),
      { seed: 4 },
    );
  },
);

test('closed forms', () => {
  expect(distribution({ kind: 'exponential', mean: 3 }).quantile(0.5)).toBeCloseTo(3 * Math.LN2, 12);
  expect(distribution({ kind: 'weibull', scale: 2, shape: 0.7 }).quantile(1 - Math.exp(-1))).toBeCloseTo(2, 12);
  // 1/shape = 10/7: Gamma(17/7) = 1.2658235 (tables)
  expect(distribution({ kind: 'weibull', scale: 1, shape: 0.7 }).mean).toBeCloseTo(1.2658235, 6);
  expect(distribution({ kind: 'lognormal', median: 54, sigma: 1.94 }).quantile(0.5)).toBeCloseTo(54, 6);
  // LANL repairs: median 54 min and sigma 1.94 give a mean of about 355 min.
  expect(distribution({ kind: 'lognormal', median: 54, sigma: 1.94 }).mean).toBeCloseTo(354.6, 0);
  const empirical = distribution(specs[5]!);
  expect([0, 0.1, 0.2, 0.55, 0.9, 0.95].map((u) => Number(empirical.quantile(u).toFixed(12)))).toEqual([
    1, 1, 1, 2, 3, 6.5,
  ]);
  const zipf = distribution({ kind: 'zipf', count: 3, exponent: 1 });
  expect([0, 0.54, 0.55, 0.81, 0.82, 0.999].map((u) => zipf.quantile(u))).toEqual([1, 1, 2, 2, 3, 3]);
});

test('a mixture: one uniform chooses the part and, stretched, the value in it', () => {
  const made = distribution({
    kind: 'mixture',
    parts: [
      { weight: 0, of: { kind: 'constant', value: -1 } },
      { weight: 3, of: { kind: 'uniform', low: 0, high: 4 } },
      { weight: 1, of: { kind: 'constant', value: 100 } },
      { weight: 0, of: { kind: 'constant', value: -2 } },
    ],
  });
  expect(made.mean).toBe(26.5);
  expect([0, 0.375, 0.75, 0.9, 1 - 2 ** -53].map((u) => made.quantile(u))).toEqual([0, 2, 100, 100, 100]);
  expect(made.quantile(0.75 - 1e-9)).toBeCloseTo(4, 7);
});

test('shares that sum to a little less than 1 still cover every uniform', () => {
  const weights = Array.from({ length: 49 }, () => 1);
  const parts = weights.map((weight, n) => ({ weight, of: { kind: 'constant' as const, value: n } }));
  const made = distribution({ kind: 'mixture', parts });
  expect(made.quantile(1 - 2 ** -53)).toBe(48);
  expect(made.quantile(0)).toBe(0);
});

test('sampled shares of Zipf ranks are as their weights', () => {
  const made = distribution({ kind: 'zipf', count: 4, exponent: 2 });
  const stream = new Streams(3).stream('zipf');
  const counts = [0, 0, 0, 0];
  const n = 40_000;
  for (let draw = 0; draw < n; draw++) counts[made.quantile(stream.next()) - 1]!++;
  const sum = 1 + 1 / 4 + 1 / 9 + 1 / 16;
  counts.forEach((count, at) => {
    const share = 1 / ((at + 1) * (at + 1)) / sum;
    expect(Math.abs(count / n - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / n));
  });
});

test('the normal quantile meets 40-digit arithmetic, to the far tails', () => {
  for (const [u, z] of [
    [0.6, 0.253347103135799741],
    [0.975, 1.95996398454005386],
    [0.99, 2.32634787404084077],
    [0.9999, 3.71901648545570839],
    [0.001, -3.09023230616781354],
    [1e-9, -5.99780701500768686],
    [1e-100, -21.2734535609653243],
  ] as const)
    expect(Math.abs(normalQuantile(u) / z - 1)).toBeLessThan(1e-15);
  expect(normalQuantile(0.5)).toBe(0);
  // Where one approximation takes over from the next, and at the last uniform: still rising.
  for (const u of [0.075, 0.925, Math.exp(-25), 1 - 2 ** -53])
    expect(normalQuantile(u * (1 - 1e-12))).toBeLessThan(normalQuantile(u));
});

test('log and exp are those of this engine: the same on every machine', () => {
  expect([0.1, 0.7, 123.456, 1e-300].map(Math.log)).toEqual([
    -2.3025850929940455, -0.35667494393873245, 4.815884817283264, -690.7755278982137,
  ]);
  expect([-0.1, 0.7, 12.3, 300.5].map(Math.exp)).toEqual([
    0.9048374180359595, 2.0137527074704766, 219695.9886721379, 3.202519714603633e130,
  ]);
  expect([-0.1, -0.7, -0.999999].map(Math.log1p)).toEqual([
    -0.10536051565782631, -1.203972804325936, -13.815510557935518,
  ]);
});

test('impossible parameters are refused', () => {
  expect(() => distribution({ kind: 'exponential', mean: 0 })).toThrow(/mean is positive/);
  expect(() => distribution({ kind: 'empirical', points: [{ value: 1, cumulative: 0.9 }] })).toThrow(
    /last cumulative share is 1/,
  );
  expect(() => distribution({ kind: 'mixture', parts: [{ weight: 0, of: specs[0]! }] })).toThrow(/some are positive/);
  for (const weight of [-1, NaN])
    expect(() =>
      distribution({
        kind: 'mixture',
        parts: [
          { weight, of: specs[0]! },
          { weight: 5, of: specs[0]! },
        ],
      }),
    ).toThrow(/no weight is negative/);
  expect(() => distribution({ kind: 'empirical', points: [] })).toThrow(/last cumulative share is 1/);
  expect(() => distribution({ kind: 'zipf', count: 0, exponent: 1 })).toThrow(/at least one rank/);
  expect(() => distribution({ kind: 'zipf', count: 5, exponent: -1 })).toThrow(/exponent is not negative/);
  expect(() => distribution({ kind: 'weibull', scale: 1, shape: 0 })).toThrow(/scale and shape are positive/);
  expect(() => distribution({ kind: 'lognormal', median: -1, sigma: 1 })).toThrow(/median is positive/);
  expect(() => distribution({ kind: 'uniform', low: 2, high: 1 })).toThrow(/low is not above high/);
});

/** Arrivals along curves and with growth: the integral, its inverse, and counts that follow it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ARRIVAL_CURVES, ArrivalRate, type ArrivalCurve } from '../../../models/workload/arrival-curves.js';
import { Streams } from '../../../sim/engine/streams.js';
import { chiSquare, chiSquareBound } from './sampling.js';

const HOUR = 3600;
const WEEK = 168 * HOUR;
const TEN_PERCENT_A_MONTH = Math.log1p(0.1) / (30 * 24 * HOUR);

const names = Object.keys(ARRIVAL_CURVES) as (keyof typeof ARRIVAL_CURVES)[];

const anyCurve: fc.Arbitrary<ArrivalCurve> = fc
  .record({
    periodSeconds: fc.integer({ min: 60, max: 2_000_000 }),
    points: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 20 })), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .filter(({ points }) => points.some(([, relative]) => relative > 0))
  .map(({ periodSeconds, points }) => ({
    periodSeconds,
    points: points
      .map(([part, relative]) => ({ seconds: Math.floor(part * periodSeconds), relative }))
      .sort((a, b) => a.seconds - b.seconds),
  }))
  // Points on one instant may be all that is above 0: then nothing ever arrives, and files are refused.
  .filter(({ points }) => new Set(points.map(({ seconds }) => seconds)).size > 1 || points.length === 1);
const anyGrowth = fc.constantFrom(0, 0, TEN_PERCENT_A_MONTH, 1e-7, 1e-6);

/** Only curves that are above 0 somewhere for more than an instant. */
function rateOf(curve: ArrivalCurve, growthPerSecond: number, perSecond = 0.01): ArrivalRate | null {
  try {
    return new ArrivalRate({ perSecond, curve, growthPerSecond });
  } catch {
    return null;
  }
}

test.each(names)('%s: a mean of 1 over the week', (name) => {
  const rate = new ArrivalRate({ perSecond: 2, curve: ARRIVAL_CURVES[name], growthPerSecond: 0 });
  expect(rate.expected(WEEK)).toBeCloseTo(2 * WEEK, 5);
});

test('an office has more by day, and the week less at its end', () => {
  const day = new ArrivalRate({ perSecond: 1, curve: ARRIVAL_CURVES['office-day'], growthPerSecond: 0 });
  const week = new ArrivalRate({ perSecond: 1, curve: ARRIVAL_CURVES['office-week'], growthPerSecond: 0 });
  for (const rate of [day, week]) expect(rate.at(13 * HOUR) / rate.at(3 * HOUR)).toBeGreaterThan(3);
  expect(day.at(5 * 24 * HOUR + 13 * HOUR)).toBe(day.at(13 * HOUR));
  expect(week.at(5 * 24 * HOUR + 13 * HOUR) / week.at(13 * HOUR)).toBeLessThan(0.5);
});

test('the integral is that of the rate, summed numerically', () => {
  fc.assert(
    fc.property(anyCurve, anyGrowth, fc.double({ min: 0, max: 3.5, noNaN: true }), (curve, growth, periods) => {
      const rate = rateOf(curve, growth);
      if (!rate) return;
      const end = periods * curve.periodSeconds;
      const pieces = 20_000;
      let sum = 0;
      for (let piece = 0; piece < pieces; piece++) sum += rate.at(((piece + 0.5) / pieces) * end);
      const numeric = (sum * end) / pieces;
      expect(Math.abs(rate.expected(end) - numeric)).toBeLessThan(
        0.002 * (numeric + rate.expected(curve.periodSeconds)),
      );
    }),
    { seed: 6, numRuns: 60 },
  );
});

test('with growth it is the exact one to within what the header says', () => {
  // On a straight line a + b t the integral of (a + b t) exp(g t) has a closed form.
  const curve = {
    periodSeconds: 1e6,
    points: [
      { seconds: 0, relative: 1 },
      { seconds: 1e6, relative: 3 },
    ],
  };
  for (const growth of [TEN_PERCENT_A_MONTH, 1e-6]) {
    const rate = new ArrivalRate({ perSecond: 2, curve, growthPerSecond: growth });
    const [a, b] = [1, 2e-6];
    const primitive = (t: number): number => Math.exp(growth * t) * ((a + b * t) / growth - b / growth ** 2);
    for (const t of [1e5, 5e5, 9.99e5]) {
      const exact = primitive(t) - primitive(0);
      expect(Math.abs(rate.expected(t) / exact - 1)).toBeLessThan(
        (growth * HOUR) ** 2 / 12 + growth * HOUR * (HOUR / t),
      );
      const exactRate = (a + b * t) * Math.exp(growth * t);
      expect(Math.abs(rate.at(t) / exactRate - 1)).toBeLessThan(1.01 * (Math.exp((growth * HOUR) / 2) - 1));
    }
    // Period by period nothing is added to the error; the curve rises by b of a in an hour, at most.
    const said = (growth * HOUR) ** 2 / 24 + (growth * HOUR * b * HOUR) / a / 12;
    const whole = primitive(1e6) - primitive(0);
    const many = (whole * Math.expm1(growth * 5e6)) / Math.expm1(growth * 1e6);
    expect(Math.abs(rate.expected(5e6) / many - 1)).toBeLessThan(said);
  }
  const month = new ArrivalRate({ perSecond: 1, curve: ARRIVAL_CURVES.flat, growthPerSecond: TEN_PERCENT_A_MONTH });
  expect(month.at(60 * 24 * HOUR) / month.at(30 * 24 * HOUR)).toBeCloseTo(1.1, 9);
});

test('the inverse gives the time back, and rises', () => {
  const part = fc.double({ min: 0, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(anyCurve, anyGrowth, part, part, (curve, growth, a, b) => {
      const rate = rateOf(curve, growth);
      if (!rate) return;
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const [early, late] = [rate.timeOf(low), rate.timeOf(high)];
      expect(early).toBeLessThanOrEqual(late);
      expect(Math.abs(rate.expected(early) - low)).toBeLessThan(1e-7 * (1 + low));
      expect(Math.abs(rate.expected(late) - high)).toBeLessThan(1e-7 * (1 + high));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('nothing arrives where the curve is 0', () => {
  const points = [
    ...[
      { seconds: 0, relative: 0 },
      { seconds: 9 * HOUR, relative: 0 },
    ],
    ...[
      { seconds: 9 * HOUR, relative: 1 },
      { seconds: 17 * HOUR, relative: 1 },
    ],
    ...[
      { seconds: 17 * HOUR, relative: 0 },
      { seconds: 24 * HOUR, relative: 0 },
    ],
  ];
  const rate = new ArrivalRate({ perSecond: 1e-3, curve: { periodSeconds: 24 * HOUR, points }, growthPerSecond: 0 });
  const stream = new Streams(3).stream('opening hours');
  for (let now = 0, count = 0; count < 2000; count++) {
    now += rate.until(now, stream.exponential());
    const hour = (now / HOUR) % 24;
    expect(hour).toBeGreaterThanOrEqual(9 - 1e-6);
    expect(hour).toBeLessThanOrEqual(17 + 1e-6);
  }
});

describe.each(names)('%s', (name) => {
  test.each([0, TEN_PERCENT_A_MONTH, 2e-7])(
    'arrivals by the hour of the week are as many as the integral says, growth %d (chi-square, level 0.001)',
    (growth) => {
      const rate = new ArrivalRate({ perSecond: 0.02, curve: ARRIVAL_CURVES[name], growthPerSecond: growth });
      const stream = new Streams(4).stream(`${name} ${growth}`);
      const weeks = 4;
      const counts = Array.from({ length: 168 }, () => 0);
      for (
        let now = rate.until(0, stream.exponential());
        now < weeks * WEEK;
        now += rate.until(now, stream.exponential())
      )
        counts[Math.floor(now / HOUR) % 168]!++;
      const expected = counts.map((_, hour) => {
        let sum = 0;
        for (let week = 0; week < weeks; week++) {
          const from = week * WEEK + hour * HOUR;
          sum += rate.expected(from + HOUR) - rate.expected(from);
        }
        return sum;
      });
      // Counts are Poisson and their sum is not given: as many degrees of freedom as hours.
      expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(168));
      expect(chiSquare(counts, expected)).toBeGreaterThan(2 * 168 - chiSquareBound(168));
    },
  );
});

test('a flat rate is the plain Poisson process, bit for bit', () => {
  const rate = new ArrivalRate({ perSecond: 3 / 86_400, curve: ARRIVAL_CURVES.flat, growthPerSecond: 0 });
  expect(rate.until(1e9, 0.7)).toBe(0.7 / (3 / 86_400));
  const never = new ArrivalRate({ perSecond: 0, curve: ARRIVAL_CURVES['office-week'], growthPerSecond: 1e-7 });
  expect(never.until(0, 0.7)).toBe(Infinity);
  const seldom = new ArrivalRate({ perSecond: 1e-300, curve: ARRIVAL_CURVES['office-day'], growthPerSecond: 0 });
  expect(seldom.until(5, 0.7)).toBe(Infinity);
});

test('growth rests on functions that are the same on every machine', () => {
  expect([1e-9, 0.0222, 7].map(Math.expm1)).toEqual([1.0000000005000001e-9, 0.022448253673571072, 1095.6331584284585]);
});

test.each([
  ['not negative', { points: [{ seconds: 0, relative: 1 }], growthPerSecond: -1 }],
  ['points lie within the period', { points: [], growthPerSecond: 0 }],
  ['points lie within the period', { points: [{ seconds: 90_000, relative: 1 }], growthPerSecond: 0 }],
  ['none is negative', { points: [{ seconds: 0, relative: -1 }], growthPerSecond: 0 }],
  ['somewhere above 0', { points: [{ seconds: 0, relative: 0 }], growthPerSecond: 0 }],
])('%s', (message, { points, growthPerSecond }) => {
  const curve = { periodSeconds: 86_400, points };
  expect(() => new ArrivalRate({ perSecond: 1, curve, growthPerSecond })).toThrow(message);
});

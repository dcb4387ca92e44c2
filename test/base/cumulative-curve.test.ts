import { expect, test } from 'vitest';
import { CumulativeCurve } from '../../sim/base/cumulative-curve.js';

const points = [
  { value: 1, cumulative: 0 },
  { value: 10, cumulative: 0.5 },
  { value: 1000, cumulative: 1 },
];

test('straight over the value, or over its logarithm; the points themselves are met exactly', () => {
  const linear = new CumulativeCurve(points, 'linear');
  const log = new CumulativeCurve(points, 'log');
  for (const { value, cumulative } of points)
    for (const curve of [linear, log]) {
      expect(curve.quantile(cumulative)).toBe(value);
      expect(curve.cumulative(value)).toBe(cumulative);
    }
  expect([linear.quantile(0.25), linear.quantile(0.75), linear.mean]).toEqual([5.5, 505, 255.25]);
  expect(log.quantile(0.75)).toBeCloseTo(100, 10);
  expect(log.cumulative(100)).toBeCloseTo(0.75, 10);
  // Of 1/x over a decade, and over two.
  expect(log.mean).toBeCloseTo((9 / Math.log(10) + 990 / Math.log(100)) / 2, 10);
  expect([linear.cumulative(0), log.cumulative(-5), log.cumulative(2000)]).toEqual([0, 0, 1]);
});

test.each([
  ['from 0 to 1', points.slice(1), 'linear'],
  ['from 0 to 1', points.slice(0, 2), 'linear'],
  ['above 0', [{ value: 0, cumulative: 0 }, points[2]!], 'log'],
  ['point 2 ascends', [...points.slice(0, 2), { value: 10, cumulative: 1 }], 'linear'],
] as const)('%s', (message, wrong, scale) => {
  expect(() => new CumulativeCurve(wrong, scale)).toThrow(message);
});

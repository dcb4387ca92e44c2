import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinPoints, type Point } from '../../reports/thin-points.js';

const curve = (values: (number | null)[]): Point[] => values.map((value, at) => ({ atMicros: at * 1000, value }));

describe('a thinned curve', () => {
  test('of few points is the curve', () => {
    const points = curve([3, 1, null, 2]);
    expect(thinPoints(points, 2)).toEqual(points);
    expect(thinPoints([], 2)).toEqual([]);
    expect(thinPoints(curve([5]), 2)).toEqual(curve([5]));
  });

  test('keeps the lowest and the highest of each bucket, in their order, and both ends', () => {
    const points = curve([5, 1, 9, 5, 5, 5, 7, 2, 5, 5]);
    expect(thinPoints(points, 2).map(({ atMicros, value }) => [atMicros / 1000, value])).toEqual([
      [0, 5],
      [1, 1],
      [2, 9],
      [6, 7],
      [7, 2],
      [9, 5],
    ]);
  });

  test('keeps gaps open', () => {
    const points = curve([1, 1, 1, 1, null, null, null, null, null, 1, 1, 1]);
    const values = thinPoints(points, 2).map(({ value }) => value);
    expect(values.indexOf(null)).toBeGreaterThan(0);
    expect(values.at(-1)).toBe(1);
  });

  test('is a part of the curve, small, with its extremes and ends, whatever the curve', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 2000 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 60 }), (of, buckets) => {
        const points = curve(of);
        const thin = thinPoints(points, buckets);
        const kept = thin.map(({ value }) => value!);
        expect(thin.length).toBeLessThanOrEqual(2 * buckets + 2);
        expect(thin.every((point) => points.includes(point))).toBe(true);
        expect(thin.every((point, at) => at === 0 || point.atMicros > thin[at - 1]!.atMicros)).toBe(true);
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...of), Math.max(...of)]);
        expect([kept[0], kept.at(-1)]).toEqual([of[0], of.at(-1)]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { CompensatedSum } from '../../sim/measures/compensated-sum.js';
import { weightedMean, weightedQuantile, type Weighted } from '../../sim/measures/statistics.js';

const even = (...values: number[]): Weighted[] => values.map((value) => ({ value, weight: 1 }));

test('means and quantiles by weight', () => {
  const all = [
    { value: 10, weight: 1 },
    { value: 0, weight: 3 },
    { value: 99, weight: 0 },
  ];
  expect(weightedMean(all)).toBe(2.5);
  expect(weightedQuantile(all, 75)).toBe(0);
  expect(weightedQuantile(all, 76)).toBe(10);
  // A value without weight never occurred.
  expect(weightedQuantile(all, 100)).toBe(10);
  expect(weightedMean([])).toBeNull();
  expect(weightedQuantile([{ value: 1, weight: 0 }], 50)).toBeNull();
  expect(() => weightedQuantile(all, 101)).toThrow(/percentage/);
});

test('ranks are exact where the share of the total is whole', () => {
  // In floating point 0.95 * 100 and its like may land beside the rank.
  for (let size = 20; size <= 2000; size += 20) {
    const values = Array.from({ length: size }, (_, at) => at + 1);
    expect(weightedQuantile(even(...values), 95)).toBe((size / 20) * 19);
  }
});

test('quantiles equal those of the list in which each value stands as often as it weighs', () => {
  const weighted = fc.record({ value: fc.integer({ min: -50, max: 50 }), weight: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(weighted, { maxLength: 20 }), fc.integer({ min: 0, max: 100 }), (all, percent) => {
      const list = all.flatMap(({ value, weight }) => Array<number>(weight).fill(value)).sort((a, b) => a - b);
      const rank = Math.max(1, Math.ceil((percent * list.length) / 100));
      expect(weightedQuantile(all, percent)).toBe(list[rank - 1] ?? null);
    }),
    { seed: 8 },
  );
});

test('a compensated sum forgets what was taken away again, where a plain one does not', () => {
  const compensated = new CompensatedSum();
  let plain = 0;
  const terms = Array.from({ length: 10_000 }, (_, at) => (1 + (at % 997)) / (3 + (at % 1009)));
  for (const sign of [1, -1]) {
    for (const term of terms) {
      compensated.add(sign * term);
      plain += sign * term;
    }
  }
  compensated.add(1 / 3);
  expect(Math.abs(compensated.value - 1 / 3)).toBeLessThan(1e-16);
  expect(Math.abs(plain)).toBeGreaterThan(1e-13);
});

test('a compensated sum survives a term larger than all before it', () => {
  const sum = new CompensatedSum();
  for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
  expect(sum.value).toBe(2);
  sum.reset();
  expect(sum.value).toBe(0);
});

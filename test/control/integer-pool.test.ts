import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntegerPool, rangesOf } from '../../sim/control/integer-pool.js';

test('ranges of ascending integers', () => {
  expect(rangesOf([600, 601, 602, 700])).toEqual([
    { first: 600, last: 602 },
    { first: 700, last: 700 },
  ]);
  expect(rangesOf([])).toEqual([]);
});

test('the next one is always the first free in the order of the ranges', () => {
  const ranges = [
    { first: 50, last: 53 },
    { first: 10, last: 12 },
  ];
  const order = [50, 51, 52, 53, 10, 11, 12];
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (steps) => {
      const pool = new IntegerPool(ranges);
      const taken = new Set<number>();
      for (const step of steps) {
        const expected = order.find((value) => !taken.has(value)) ?? null;
        expect(pool.peek()).toBe(expected);
        const back = [...taken][step];
        if (back !== undefined) {
          pool.release(back);
          taken.delete(back);
        } else if (expected !== null) {
          pool.take(expected);
          taken.add(expected);
        }
        expect(pool.used).toBe(taken.size);
      }
    }),
    { seed: 3 },
  );
});

test('taking out of order and giving back what was not taken fail', () => {
  const pool = new IntegerPool([{ first: 1, last: 3 }]);
  expect(() => pool.take(2)).toThrow(/out of order/);
  expect(() => pool.release(1)).toThrow(/was not taken/);
  expect(() => pool.release(9)).toThrow(/in none of the ranges/);
});

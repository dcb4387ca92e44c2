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

test('any free one can be taken; the next offered is still the first free', () => {
  const pool = new IntegerPool([{ first: 1, last: 4 }]);
  pool.take(3);
  expect([pool.peek(), pool.isFree(3), pool.includes(5), pool.used]).toEqual([1, false, false, 1]);
  pool.take(1);
  pool.take(2);
  expect(pool.peek()).toBe(4);
  pool.release(2);
  pool.release(3);
  pool.take(3);
  pool.release(3);
  pool.take(2);
  expect([pool.peek(), pool.used]).toEqual([3, 2]);
});

test('any order of taking and giving back leaves the pool as a plain set would be', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (values) => {
      const pool = new IntegerPool([
        { first: 5, last: 9 },
        { first: 0, last: 3 },
      ]);
      const order = [5, 6, 7, 8, 9, 0, 1, 2, 3];
      const taken = new Set<number>();
      for (const value of values.filter((one) => pool.includes(one))) {
        expect(pool.isFree(value)).toBe(!taken.has(value));
        if (taken.delete(value)) pool.release(value);
        else {
          pool.take(value);
          taken.add(value);
        }
        expect(pool.used).toBe(taken.size);
        expect(pool.peek()).toBe(order.find((one) => !taken.has(one)) ?? null);
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('taking what is taken and giving back what was not fail', () => {
  const pool = new IntegerPool([{ first: 1, last: 3 }]);
  pool.take(2);
  expect(() => pool.take(2)).toThrow(/is taken/);
  expect(() => pool.release(1)).toThrow(/was not taken/);
  expect(() => pool.release(9)).toThrow(/in none of the ranges/);
});

/** The treap against a sorted list: any changes, any questions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RankedIndex } from '../../sim/control/ranked-index.js';

const FIRST = 5;
const COUNT = 40;
const change = fc.record({
  id: fc.integer({ min: FIRST, max: FIRST + COUNT - 1 }),
  ...{ a: fc.nat(6), b: fc.nat(3), x: fc.nat(9), y: fc.nat(9) },
  remove: fc.constantFrom(false, false, false, true),
});

test('first and order are those of a sorted list', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 120 }), fc.nat(9), fc.nat(9), (changes, x, y) => {
      const index = new RankedIndex(FIRST, COUNT);
      const held = new Map<number, { id: number; a: number; b: number; x: number; y: number }>();
      for (const { remove, ...one } of changes) {
        if (remove) {
          index.remove(one.id);
          held.delete(one.id);
        } else {
          index.set(one.id, one.a, one.b, one.x, one.y);
          held.set(one.id, one);
        }
        const sorted = [...held.values()].sort((p, q) => p.a - q.a || p.b - q.b || p.id - q.id);
        expect([...index.ids()]).toEqual(sorted.map(({ id }) => id));
        const odd = (id: number): boolean => id % 3 !== 0;
        const wanted = sorted.find((each) => each.x >= x && each.y >= y && odd(each.id));
        expect(index.first(x, y, odd)).toBe(wanted?.id ?? -1);
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('ids outside of its range are an error', () => {
  const index = new RankedIndex(FIRST, COUNT);
  expect(() => index.set(FIRST - 1, 0, 0, 0, 0)).toThrow(/no id 4/);
  expect(() => index.remove(FIRST + COUNT)).toThrow(/no id 45/);
});

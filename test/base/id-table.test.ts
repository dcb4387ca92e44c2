/** A table of numbered records does what a Map does, in order of the numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdTable } from '../../sim/base/id-table.js';

test('as a Map whose numbers come in ascending order, through any course of sets and deletes', () => {
  const step = fc.record({ add: fc.boolean(), skip: fc.nat(300), at: fc.nat(2000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = new IdTable<{ id: number }>();
      const map = new Map<number, { id: number }>();
      let next = 0;
      for (const { add, skip, at } of steps) {
        if (add) {
          next += skip;
          table.set(next, { id: next });
          map.set(next, { id: next });
          next++;
        } else expect(table.delete(at % (next + 1))).toBe(map.delete(at % (next + 1)));
        expect(table.size).toBe(map.size);
        expect(table.get(at)).toEqual(map.get(at));
        expect(table.has(at)).toBe(map.has(at));
      }
      expect([...table.values()]).toEqual([...map.values()]);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a number that stands already is written over; one that is none is refused', () => {
  const table = new IdTable<{ id: number }>();
  table.set(700, { id: 1 });
  table.set(700, { id: 2 });
  expect([table.size, table.get(700), table.get(1), table.get(-1)]).toEqual([1, { id: 2 }, undefined, undefined]);
  for (const wrong of [-1, 0.5, 2 ** 32]) expect(() => table.set(wrong, { id: 0 })).toThrow('no number of a record');
});

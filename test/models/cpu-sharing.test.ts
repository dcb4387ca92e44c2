import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairLevel, sharedCpu, type CpuShare } from '../../models/workload/cpu-sharing.js';

const shares = (...pairs: [weight: number, demand: number][]): CpuShare[] =>
  pairs.map(([weight, demand]) => ({ weight, demand }));

test('all get what they ask for while there is enough', () => {
  expect(sharedCpu(10, shares([1, 4], [1, 6]))).toEqual([4, 6]);
  expect(fairLevel(10, shares([1, 4], [1, 6]))).toBe(Infinity);
});

test('who asks for little gets it, the others share the rest by weight', () => {
  // 10 - 1 are left for weights of 1 and 2.
  expect(sharedCpu(10, shares([1, 1], [1, 8], [2, 9]))).toEqual([1, 3, 6]);
  expect(sharedCpu(10, shares([1, 9], [2, 9]))).toEqual([10 / 3, 20 / 3]);
  expect(sharedCpu(0, shares([1, 9], [2, 9]))).toEqual([0, 0]);
  expect(sharedCpu(5, [])).toEqual([]);
});

/** Water poured drop by drop into those who still ask, by their weight: slow, and nothing in common with the other. */
function poured(capacity: number, all: readonly CpuShare[], drops: number): number[] {
  const got = all.map(() => 0);
  const drop = capacity / drops;
  for (let n = 0; n < drops; n++) {
    let left = drop;
    while (left > 1e-12) {
      const thirsty = all.flatMap(({ demand }, at) => (demand - got[at]! > 1e-12 ? [at] : []));
      if (thirsty.length === 0) return got;
      const weights = thirsty.reduce((sum, at) => sum + all[at]!.weight, 0);
      const poured = left;
      for (const at of thirsty) {
        const more = Math.min((poured * all[at]!.weight) / weights, all[at]!.demand - got[at]!);
        got[at] = got[at]! + more;
        left -= more;
      }
    }
  }
  return got;
}

test('it is what water poured drop by drop comes to', () => {
  const vm = fc.record({
    weight: fc.integer({ min: 1, max: 16 }),
    demand: fc.double({ min: 0, max: 16, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 60, noNaN: true }), fc.array(vm, { maxLength: 12 }), (capacity, all) => {
      const got = sharedCpu(capacity, all);
      const asked = all.reduce((sum, { demand }) => sum + demand, 0);
      expect(got.reduce((sum, one) => sum + one, 0)).toBeCloseTo(Math.min(capacity, asked), 9);
      poured(capacity, all, 3000).forEach((share, at) => expect(Math.abs(share - got[at]!)).toBeLessThan(1e-6));
    }),
    { numRuns: 40, seed: 5 },
  );
});

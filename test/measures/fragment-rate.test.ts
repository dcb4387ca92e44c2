import { expect, test } from 'vitest';
import fc from 'fast-check';
import { fragmentRate, slots } from '../../sim/measures/fragment-rate.js';
import { FragmentRateTracker } from '../../sim/measures/fragment-rate-tracker.js';

test('what no 16-core VM can use', () => {
  expect(fragmentRate(16, [32_000, 8_000])).toBe(0.2);
  expect(slots(16, [32_000, 8_000, 15_999])).toBe(2);
  expect(fragmentRate(16, [15_999])).toBe(1);
  // Nothing free: nothing fragmented, and no figure.
  expect(fragmentRate(16, [0, 0])).toBeNull();
});

test('free CPU is slots of x cores and what is left over', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(88_000), { minLength: 1 }), fc.integer({ min: 1, max: 64 }), (free, cores) => {
      const sum = free.reduce((total, millis) => total + millis, 0);
      const useless = sum - slots(cores, free) * cores * 1000;
      expect(fragmentRate(cores, free)).toBe(sum === 0 ? null : useless / sum);
    }),
    { seed: 8 },
  );
});

test('the tracker equals the plain formula after every change, hosts out of service left out', () => {
  const change = fc.record({ after: fc.nat(100), node: fc.nat(5), free: fc.option(fc.nat(44_000), { freq: 4 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), fc.nat(500), (changes, warmUp) => {
      const tracker = new FragmentRateTracker(16, 6, warmUp);
      const free = new Map<number, number>();
      let at = 0;
      let integral = 0;
      let time = 0;
      let last: number | null = null;
      for (const { after, node, free: millis } of changes) {
        const counted = Math.max(0, at + after - Math.max(at, warmUp));
        if (last !== null) integral += last * counted;
        if (last !== null) time += counted;
        at += after;
        tracker.set(at, node, millis);
        if (millis === null) free.delete(node);
        else free.set(node, millis);
        last = fragmentRate(16, free.values());
        expect(tracker.now).toBe(last);
      }
      if (time > 0) expect(tracker.mean(at)).toBeCloseTo(integral / time, 12);
      else expect(tracker.mean(at)).toBe(last);
    }),
    { seed: 9 },
  );
});

test('more used than there is, or a node that is not there, is an error', () => {
  const tracker = new FragmentRateTracker(16, 1);
  expect(() => tracker.set(0, 0, -1)).toThrow(/free/);
  expect(() => tracker.set(0, 1, 1)).toThrow(/no NUMA node/);
});

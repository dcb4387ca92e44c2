/** Packing against a plain sum over pieces of time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergePacking, PackingTracker } from '../../sim/measures/packing-tracker.js';

test('two hosts of 8 and 4 cores: one half full all the time, the other full for half of it', () => {
  const packing = new PackingTracker([8000, 4000, null]);
  packing.set(0, 0, 4000);
  packing.set(5, 1, 4000);
  packing.set(7, 2, 1000);
  const result = packing.result(10);
  expect(result).toEqual({
    hostsInService: 2,
    hostsInUse: 1.5,
    cpuDensity: (4000 + 2000) / (8000 + 2000),
    weight: 10_000,
  });
  expect(new PackingTracker([1000]).result(10).cpuDensity).toBeNull();
  const other = { hostsInService: 1, hostsInUse: 1, cpuDensity: 1, weight: 10_000 };
  expect(mergePacking([result, other])).toEqual({
    hostsInService: 3,
    hostsInUse: 2.5,
    cpuDensity: 0.8,
    weight: 20_000,
  });
});

test('any changes, with a warm-up: as summed piece by piece', () => {
  const change = fc.record({ after: fc.nat(5), host: fc.nat(3), used: fc.nat(4000) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.nat(20), (changes, warmUp) => {
      const hosts = [4000, 6000, null, 5000];
      const packing = new PackingTracker(hosts, warmUp);
      const used = [0, 0, 0, 0];
      let now = 0;
      const sums = { hosts: 0, used: 0, capacity: 0 };
      const pass = (until: number): void => {
        const length = Math.max(0, until - Math.max(now, warmUp));
        hosts.forEach((cpu, host) => {
          if (cpu === null || used[host] === 0) return;
          sums.hosts += length;
          sums.used += used[host]! * length;
          sums.capacity += cpu * length;
        });
        now = until;
      };
      for (const { after, host, used: amount } of changes) {
        pass(now + after);
        used[host] = amount;
        packing.set(now, host, amount);
      }
      const end = Math.max(now, warmUp) + 7;
      pass(end);
      const { hostsInUse, cpuDensity } = packing.result(end);
      expect(hostsInUse).toBeCloseTo(sums.hosts / (end - warmUp), 9);
      if (sums.capacity === 0) expect(cpuDensity).toBeNull();
      else expect(cpuDensity).toBeCloseTo(sums.used / sums.capacity, 9);
    }),
    { seed: 5, numRuns: 200 },
  );
});
